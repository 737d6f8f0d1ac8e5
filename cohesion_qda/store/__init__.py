"""Keeping a project in one SQLite file. SQL appears here and nowhere else."""
