"""Reading 100 transcripts of 8,000 words, .txt and .docx, in watched processes: CPU time of all of them, and wall time.

The floor is measured in the same run: opening and decoding, or unpacking and parsing, and nothing else.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from xml.parsers import expat
from xml.sax.saxutils import escape

from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from cohesion_qda.project.sources import Sources

T = TypeVar("T")
FILES, WORDS = 100, 8_000
BARS = {".txt": 5.0, ".docx": 15.0}  # CPU seconds
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
NAMES = ("Asha", "Ben", "Carol", "Dev", "Ewa", "Femi", "Gill")
SPEECH = """well I think people round here look out for each other when the buses stop at six you see who is left waiting
and somebody always offers a lift it is not the council doing that it is us because the park the school gate and the
market are where you meet and since the library shut on a Friday there is nowhere warm to sit with the little ones so we
started a Tuesday group upstairs with seven machines and now there are forty of us from all over the valley"""


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        for ending, write, floor in ((".txt", _write_txt, _decode), (".docx", _write_docx, _parse)):
            chance = random.Random(7)
            inside = folder / ending[1:]
            inside.mkdir()
            for n in range(FILES):
                write(inside / f"group {n}{ending}", _talk(chance))
            reading(inside, ending, floor)
        adding(folder / "txt", folder / "import.cqda")


def reading(folder: Path, ending: str, floor: Callable[[Path], None]) -> None:
    """Read a folder of transcripts."""
    paths = sorted(folder.iterdir())
    least = min(_cpu_of(lambda: [floor(path) for path in paths])[0] for _again in range(3))
    cpu, wall, drafts = _cpu_of(lambda: Sources.read_files([folder]))
    turns = sum(len(draft.turns) for draft in drafts if isinstance(draft, SourceDraft))
    assert len(drafts) == FILES and turns > FILES * 100, (len(drafts), turns)
    print(
        f"reading {FILES} {ending} of {WORDS:,} words ({turns:,} turns): {cpu:.1f} CPU s in all processes (bar "
        f"{BARS[ending]:.0f}), {wall:.1f} s; {cpu / least:.0f} x the floor of {least * 1000:.0f} CPU ms"
    )


def adding(folder: Path, path: Path) -> None:
    """Add what was read to a project, search index included."""
    drafts = [draft for draft in Sources.read_files([folder]) if isinstance(draft, SourceDraft)]
    with Project.create(path, coder="B") as project:
        cpu, wall, result = _cpu_of(lambda: project.sources.add(drafts))
        words = sum(source.words for source in result.added)
    print(
        f"adding and indexing {len(result.added)} of them, {words:,} words: {cpu:.1f} CPU s (bar 5), {wall:.1f} s; "
        f"file {path.stat().st_size / 1e6:.0f} MB"
    )


def _cpu_of(task: Callable[[], T]) -> tuple[float, float, T]:
    """CPU seconds of this process and those that ended in the meantime, wall seconds, and what came of it."""
    before, own, start = os.times(), time.process_time(), time.perf_counter()
    found = task()
    after, wall = os.times(), time.perf_counter() - start
    children = sum(after[2:4]) - sum(before[2:4])
    return children + time.process_time() - own, wall, found


def _talk(chance: random.Random) -> list[tuple[str, str]]:
    """Who says what, about as long as in real groups."""
    said: list[tuple[str, str]] = []
    left = WORDS
    while left > 0:
        n = min(left, chance.choice((4, 12, 25, 40, 60, 120)))
        words = chance.choices(SPEECH.split(), k=n)
        is_question = len(said) % 6 == 0
        text = " ".join(words).capitalize() + ("?" if is_question else ".")
        said.append(("Moderator" if is_question else chance.choice(NAMES), text))
        left -= n
    return said


def _write_txt(path: Path, talk: list[tuple[str, str]]) -> None:
    path.write_text("".join(f"{name}: {text}\n\n" for name, text in talk), encoding="utf-8")


def _write_docx(path: Path, talk: list[tuple[str, str]]) -> None:
    """As Word writes it: a run for the name in bold, and the speech in a few runs with properties of their own."""
    font = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
    parts = []
    for number, (name, text) in enumerate(talk):
        pieces = [text[at : at + 90] for at in range(0, len(text), 90)]
        runs = "".join(
            f'<w:r w:rsidRPr="00A{number % 97:05}"><w:rPr>{font}</w:rPr><w:t xml:space="preserve">{escape(p)}</w:t></w:r>'
            '<w:proofErr w:type="spellStart"/>'
            for p in pieces
        )
        parts.append(
            f'<w:p w:rsidR="00B{number % 89:05}" w:rsidRDefault="00C00001"><w:pPr><w:spacing w:after="120"/></w:pPr>'
            f"<w:r><w:rPr><w:b/>{font}</w:rPr><w:t>{name}:</w:t></w:r>"
            f'<w:r><w:rPr>{font}</w:rPr><w:t xml:space="preserve"> </w:t></w:r>{runs}</w:p>'
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("_rels/.rels", f'<R xmlns="r"><Relationship Type="{OFFICE}" Target="word/document.xml"/></R>')
        file.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{"".join(parts)}</w:body></w:document>'
        )


def _decode(path: Path) -> None:
    path.read_bytes().decode("utf-8")


def _parse(path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = lambda tag, attributes: None
        parser.CharacterDataHandler = lambda text: None
        parser.Parse(file.read("word/document.xml"), True)


if __name__ == "__main__":
    main()
