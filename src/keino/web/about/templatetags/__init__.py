"""Template filters of the pages and mail about the site."""
