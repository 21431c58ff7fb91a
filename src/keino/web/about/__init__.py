"""About the site: methods, sources, accessibility, privacy, feedback."""
