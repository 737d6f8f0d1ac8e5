"""The reading and coding room."""
