"""Figures: a module for each of `model.answer.FIGURES`, laid out on a `Sheet` from the values alone."""
