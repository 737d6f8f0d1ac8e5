"""The words that made transcripts are made of."""

WORDS = [
    "the",
    "park",
    "and",
    "a",
    "bus",
    "that",
    "nobody",
    "takes",
    "after",
    "six",
    "because",
    "people",
    "say",
    "they",
    "keep",
    "to",
    "themselves",
    "here",
]
