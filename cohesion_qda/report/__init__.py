"""Findings reports: figures, tables and documents made from plain values; no database, no window."""
