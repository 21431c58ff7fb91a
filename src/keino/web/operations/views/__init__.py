"""Pages that keep the site running, mail choices, health and metrics."""
