"""What people write into plans."""
