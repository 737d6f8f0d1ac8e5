"""The findings report: what will be in it, and writing it."""
