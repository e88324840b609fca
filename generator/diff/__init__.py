"""What the next publication changes for readers and subscribers."""
