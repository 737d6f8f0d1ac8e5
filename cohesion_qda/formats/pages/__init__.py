"""What stands on printed pages: lines with their places, and what of them is speech."""
