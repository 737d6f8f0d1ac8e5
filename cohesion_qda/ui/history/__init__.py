"""The trail of what was done, and undoing back to a place in it."""
