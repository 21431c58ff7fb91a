"""Questions that people ask one another: what a question is, what answers it, what may be told of many answers."""
