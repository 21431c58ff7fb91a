"""The keino command."""
