"""Log-in, sessions, tokens, and what a person may ask of their own data."""
