from __future__ import annotations

import pytest

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.codings import CodingRow, read_codings


def test_rows_are_codings(tmp_path):
    path = tmp_path / "codings.csv"
    path.write_text(
        'source,coder,code,quote\nBatley 1,Asha,What divides/Cuts,"They shut it, ""just"" like\nthat."\n',
        encoding="utf-8",
    )
    assert read_codings(path) == [
        CodingRow("Batley 1", "Asha", "What divides/Cuts", 'They shut it, "just" like\nthat.')
    ]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("source,coder,quote\na,b,c\n", "c.csv has no column called code. Its first row must be: source, coder, code,"),
        ("a,b\n", "c.csv has no column called source, coder, code, quote."),
        ("source,coder,code,quote\na,b,c,d\na,b,c,\n", "Row 3 of c.csv has no quote. Every row needs a source, a code"),
        ("", "c.csv is empty: it has 0 bytes."),
    ],
)
def test_codings_that_cannot_be_read(tmp_path, written, sentence):
    path = tmp_path / "c.csv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(CannotReadSource) as raised:
        read_codings(path)
    assert sentence in str(raised.value)
