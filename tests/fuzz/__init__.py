"""Coverage-guided fuzzing of the parsers written here, and what it found, kept as tests."""
