"""Input: organisations, people, filters."""
