"""What ``cohorts`` holds of people: one module for each part."""
