"""Themes: what the researcher builds from codes and passages."""
