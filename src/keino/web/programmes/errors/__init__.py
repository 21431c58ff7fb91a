"""What can go wrong with programmes, one module for each part."""
