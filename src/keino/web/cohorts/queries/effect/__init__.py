"""What is read of many organisations to say what a programme brought about."""
