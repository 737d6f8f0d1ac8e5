"""Memos: what was written about anything, to search, read and go on writing."""
