"""Commands for whoever keeps the site."""
