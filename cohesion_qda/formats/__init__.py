"""Reading and writing files: transcripts with their speakers, attribute sheets, codebooks, codings."""
