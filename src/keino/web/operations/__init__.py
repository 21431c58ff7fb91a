"""Running the site: backup, health, metrics, the demo."""
