"""Plain values and pure functions; the standard library and `base` only."""
