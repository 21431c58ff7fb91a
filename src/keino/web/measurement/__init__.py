"""Ledgers in, how they were read, and the footprints made of them."""
