"""The start page: make, open or try a project."""
