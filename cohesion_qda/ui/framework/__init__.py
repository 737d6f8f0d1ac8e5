"""The framework matrix: cases by codes, with the researcher's summaries."""
