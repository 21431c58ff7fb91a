"""What ``programmes`` holds of people: one module for each part."""
