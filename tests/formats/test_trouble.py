"""What is advised for a file that a reader could not come to an end with."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.formats import trouble

ANEW = "Open it in the program it was made with, copy the text into a new document and save that."


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("survey.XLSX", "Split it into several smaller sheets, each with the same first row."),
        ("survey.csv", "Split it into several smaller sheets, each with the same first row."),
        ("meeting.json", "Split it into several smaller files."),
        ("meeting.vtt", "Split it into several smaller files."),
        ("talk.docx", ANEW),
        ("talk", ANEW),
    ],
)
def test_what_is_too_large_is_split_where_that_is_how_it_is_made_smaller(name, advice):
    assert trouble.too_long(Path(name), 20.0).hint == advice
    assert trouble.too_much_memory(Path(name)).hint == advice
