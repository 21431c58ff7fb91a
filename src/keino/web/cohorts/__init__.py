"""Development programmes after the choice: assignments, deliverables, sparring, peers, alumni, effect."""
