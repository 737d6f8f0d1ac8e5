"""The passages that fit a query of codes and filters."""
