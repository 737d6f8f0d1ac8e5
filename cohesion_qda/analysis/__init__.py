"""Counting, agreement and suggestions: no files, no database, no window."""
