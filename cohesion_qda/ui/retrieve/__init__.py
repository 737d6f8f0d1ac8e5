"""The passages behind a code, and words found in all transcripts."""
