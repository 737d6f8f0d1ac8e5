"""The exchange standard of qualitative programs, REFI-QDA (QDA-XML 1.0)."""
