"""What programmes change: numbers in words, charts and files of the effect."""
