"""One module for each kind of file that a transcript comes in: `from_bytes(path, data, how)`."""
