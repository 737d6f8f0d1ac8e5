"""Bringing sources in, and what is known about each."""
