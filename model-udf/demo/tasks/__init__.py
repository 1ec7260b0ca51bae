"""What the demo model is taught, one concept per file."""
