"""Development programmes up to the choice: editions, calls, discussions, applications, selection."""
