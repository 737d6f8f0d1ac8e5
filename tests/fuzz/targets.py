"""What is fuzzed: each target takes any bytes and must give a sound result or `CannotReadSource`, nothing else.

Zip containers are put around the bytes here, so that a fuzzer works on the XML inside and not on checksums.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.raw import Paragraph, RawDocument
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import AS_FOUND, HowToRead, SourceDraft
from cohesion_qda.model.text import canonical

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
FORMS = (
    "", "colon", "bracket", "bold", "stamped", "alone", "tab", "dash", "none", "pattern", "paren", "stop", "plain", "asked",
)  # fmt: skip


def sound(draft: SourceDraft) -> None:
    """Raise AssertionError unless `draft` holds what every draft promises."""
    assert canonical(draft.text) == draft.text
    at = 0
    for turn in draft.turns:
        assert at <= turn.span.start < turn.span.end <= len(draft.text), turn
        assert turn.label.strip() == turn.label != "", turn
        assert turn.at is None or 0 <= turn.at < float("inf"), turn
        at = turn.span.end
    assert set(draft.roles) == {turn.label for turn in draft.turns}
    starts = [section.start for section in draft.sections]
    assert starts == sorted(set(starts)) and all(0 <= start <= len(draft.text) for start in starts)
    labels = set(draft.roles)
    assert all(pair.is_joined or {pair.label, pair.into} <= labels for pair in draft.alike)
    joined = draft.joined({pair.label: pair.into for pair in draft.alike if not pair.is_joined})
    assert [turn.span for turn in joined.turns] == [turn.span for turn in draft.turns]


def _read(module: str, name: str, data: bytes, how: HowToRead = AS_FOUND) -> None:
    reader = import_module(f"cohesion_qda.formats.readers.{module}")
    try:
        found = reader.from_bytes(Path(name), data, how)
        drafts = (segment(found, "a", how),) if isinstance(found, RawDocument) else found
    except CannotReadSource:
        return
    for draft in drafts:
        sound(draft)


def _zipped(entries: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


def docx(data: bytes) -> None:
    """The main part of a Word document, and its styles after a zero byte."""
    main, _zero, styles = data.partition(b"\0")
    entries: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<R xmlns="r"><Relationship Type="{OFFICE}" Target="word/document.xml"/></R>',
        "word/document.xml": main,
    }
    if styles:
        entries["word/styles.xml"] = styles
    _read("docx", "a.docx", _zipped(entries))


def odt(data: bytes) -> None:
    """The content of an OpenDocument text."""
    mime = "application/vnd.oasis.opendocument.text"
    _read("odt", "a.odt", _zipped({"mimetype": mime, "content.xml": data}))


def ods(data: bytes) -> None:
    """The content of an OpenDocument sheet, as a transcript or survey."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    _read("table", "a.ods", _zipped({"mimetype": mime, "content.xml": data}))


def archive(data: bytes) -> None:
    """A whole zip file."""
    _read("docx", "a.docx", data)
    _read("odt", "a.odt", data)


def rtf(data: bytes) -> None:
    _read("rtf", "a.rtf", b"{\\rtf1" + data)


def html(data: bytes) -> None:
    _read("html", "a.html", data)


def captions(data: bytes) -> None:
    _read("captions", "a.vtt", b"WEBVTT\n\n" + data)
    _read("captions", "a.srt", data)


def json(data: bytes) -> None:
    _read("spoken_json", "a.json", data)


def csv(data: bytes) -> None:
    """A sheet, read in each of the ways there are."""
    way = ("", "transcript", "respondents", "questions")[data[0] % 4 if data else 0]
    _read("table", "a.csv", data[1:], HowToRead(convention=way))


def doc(data: bytes) -> None:
    _read("doc", "a.doc", data)


def text(data: bytes) -> None:
    _read("text", "a.txt", data)
    _read("text", "a.md", data)


def talk(data: bytes) -> None:
    """Speakers, with the first byte choosing what the person said about them, and bold beginnings."""
    form = FORMS[data[0] % len(FORMS)] if data else ""
    written = canonical(data[1:].decode("utf-8", "replace"))
    pattern, _bell, rest = written.partition("~~")
    how = HowToRead(convention=form, pattern=pattern or "NAME:")
    parts = tuple(
        Paragraph(line.lstrip("\x1b^"), (len(line) // 4,) if line.startswith("^") else ())
        for line in (rest or written).split("\n")
        if line.strip("^ ")
    )
    from cohesion_qda.base.errors import BadInput

    try:
        draft = segment(RawDocument(parts), "a", how)
    except BadInput:
        return
    sound(draft)


def pages(data: bytes) -> None:
    """Words on printed pages: five bytes each say where a word stands and how, the rest of a line what it is."""
    from cohesion_qda.formats.pages.furniture import without_furniture
    from cohesion_qda.formats.pages.lines import Word, in_lines
    from cohesion_qda.formats.pages.paragraphs import in_paragraphs

    sheets: list[list[Word]] = [[]]
    for line in data.split(b"\n")[:400]:
        where, text = line[:5], "".join(canonical(line[5:].decode("utf-8", "replace")).split())
        if len(where) == 5 and text:
            left, size = where[0] * 3.0, 6.0 + where[2] % 16
            bold = min(len(text), where[3] % 8)
            sheets[-1].append(Word(text, left, left + size * len(text) / 2, where[1] * 3.0, size, bold))
        else:
            sheets.append([])
    lines, _left_out = without_furniture([in_lines(words, number) for number, words in enumerate(sheets)])
    parts = tuple(in_paragraphs(lines))
    assert all(part.text.strip() == part.text != "" for part in parts)
    sound(segment(RawDocument(parts), "a"))


def qdc(data: bytes) -> None:
    """A codebook of the exchange standard, whose names are apart and whose texts are clean."""
    from cohesion_qda.formats.refi import codebook
    from cohesion_qda.model.codebook import CodeDraft
    from cohesion_qda.model.text import comparable

    def check(drafts: tuple[CodeDraft, ...]) -> None:
        assert len({comparable(draft.name) for draft in drafts}) == len(drafts)
        for draft in drafts:
            assert draft.name and canonical(draft.definition) == draft.definition
            check(draft.children)

    with suppress(CannotReadSource):
        check(tuple(codebook.read(Path("a.qdc"), data)[0]))


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (docx, odt, ods, archive, rtf, html, captions, json, csv, doc, text, talk, pages, qdc)
}
