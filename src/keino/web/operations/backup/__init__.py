"""Backup and restore: one file with the database, the uploaded files and the store, the same for both databases."""
