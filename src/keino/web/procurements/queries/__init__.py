"""What pages and services ask of procurements."""
