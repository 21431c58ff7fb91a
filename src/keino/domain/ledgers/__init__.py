"""What a purchase line is, how it is cleaned and which category it gets."""
