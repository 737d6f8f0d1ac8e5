"""Search: words in all transcripts, each in its line, and coding what was found."""
