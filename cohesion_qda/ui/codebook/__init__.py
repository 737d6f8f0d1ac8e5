"""The codebook beside the transcript."""
