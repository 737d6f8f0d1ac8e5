"""What a language pipeline says of a text, line by line: kept as bytes, so that every text is read once.

A line (a turn or a paragraph) is read by itself, whoever speaks it. So a line that was read in one text is known in another,
and a correction of a transcript costs its changed lines only.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from cohesion_qda.analysis.names import ORGANISATION, OTHER, PERSON, PLACE, Name, find, in_small_letters, lowered
from cohesion_qda.analysis.talknoise import FILLERS
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.text import without_stage_notes

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from spacy.tokens import Doc

    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.pipelines import PipelineInfo

    Cells = npt.NDArray[np.int32]

UPOS = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB", "X",
)  # fmt: skip
NAMES = ("", PERSON, PLACE, ORGANISATION, OTHER)
BEGINS = 128  # added to the number of a name at its first token

_VERSION = 2
_MAGIC = b"CQDAparse"
_DIGEST = 16
_LONG = 20_000  # code points of a line that are read at once
_BATCH = 100
_EVEN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"'})
# the columns of a token as they are worked out, and as they are kept
_START, _SIZE, _OPENS, _POS, _NAME, _FILLER, _FORM, _LEMMA = range(8)
_KEPT = "<u4", "<u4", "u1", "u1", "u1", "u1", "<u4", "<u4"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tokens of one text, in order; the arrays are parallel.

    `start` and `end` are code points of the text, `line` the number of the line and `opens` whether a sentence begins.
    `pos` is a number of UPOS (0 where no pipeline told), `name` one of NAMES, with BEGINS added at the first token of a name.
    `filler` says that it belongs to a filler of several words ("you know"). `form` and `lemma` are numbers of `forms` (as
    written, with straight apostrophes) and of `lemmas` (in small letters). `keys` knows each line of the text again.
    """

    start: Ints
    end: Ints
    line: Ints
    opens: Bools
    filler: Bools
    pos: Ints
    name: Ints
    form: Ints
    lemma: Ints
    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    keys: npt.NDArray[np.uint64]
    begins: Ints  # where each line begins, in code points

    def __len__(self) -> int:
        return len(self.start)

    def to_bytes(self, content: str) -> bytes:
        """As it is kept for the text whose hash is `content`."""
        import numpy as np

        per_line = np.bincount(self.line, minlength=len(self.keys))
        columns = (
            self.start, self.end - self.start, self.opens, self.pos, self.name, self.filler, self.form, self.lemma
        )  # fmt: skip
        strings = "\0".join(self.forms).encode(), "\0".join(self.lemmas).encode()
        parts = [np.asarray(column).astype(kind).tobytes() for column, kind in zip(columns, _KEPT, strict=True)]
        parts += [
            self.keys.astype("<u8").tobytes(),
            self.begins.astype("<u4").tobytes(),
            per_line.astype("<u4").tobytes(),
        ]
        sizes = {"of": content, "tokens": len(self), "lines": len(self.keys), "forms": len(strings[0])}
        head = json.dumps(sizes).encode()
        body = struct.pack("<I", len(head)) + head + zlib.compress(b"".join((*parts, *strings)), 1)
        return _MAGIC + blake2b(body, digest_size=_DIGEST).digest() + body

    @classmethod
    def from_bytes(cls, data: bytes, content: str) -> Parsed:
        """What was kept for the text whose hash is `content`. Raises ValueError when it is damaged or another text's."""
        import numpy as np

        at = len(_MAGIC) + _DIGEST
        body = data[at:]
        if data[:at] != _MAGIC + blake2b(body, digest_size=_DIGEST).digest():
            raise ValueError("damaged")
        size = struct.unpack_from("<I", body)[0]
        head = json.loads(body[4 : 4 + size])
        if head["of"] != content:
            raise ValueError("of another text")
        raw, at = zlib.decompress(body[4 + size :]), 0
        columns: list[Any] = []
        for kind, n in [
            *((kind, head["tokens"]) for kind in _KEPT),
            *((k, head["lines"]) for k in ("<u8", "<u4", "<u4")),
        ]:
            columns.append(np.frombuffer(raw, kind, n, at))
            at += n * np.dtype(kind).itemsize
        start, long, opens, pos, name, filler, form, lemma = (c.astype(np.int64) for c in columns[:8])
        forms, lemmas = raw[at : at + head["forms"]], raw[at + head["forms"] :]
        return cls(
            start, start + long, np.repeat(np.arange(head["lines"]), columns[10]), opens > 0, filler > 0, pos, name, form, lemma,
            _split(forms), _split(lemmas), columns[8], columns[9].astype(np.int64),
        )  # fmt: skip


def maker(info: PipelineInfo) -> str:
    """What a parse made with a pipeline is kept under: another pipeline, or another way to read, is another maker."""
    return f"{info.key} parse{_VERSION}.{zlib.crc32(FILLERS.pattern.encode()):08x}"


def evened(text: str) -> str:
    """`text` with stage notes blanked and quotation marks straight; the same length."""
    return without_stage_notes(text).translate(_EVEN)


def parse(
    texts: Mapping[str, str], info: PipelineInfo, job: Job | None = None, known: Iterable[Parsed] = ()
) -> dict[str, bytes]:
    """What the pipeline says of each text, by its hash, as bytes; lines that are `known` are not read again.

    Raises UserError when the pipeline cannot be read, and Cancelled.
    """
    job = job or Job()
    strings = _Strings()
    split = {content: evened(text).split("\n") for content, text in texts.items()}
    keys: dict[str, list[int]] = {}
    wanted: dict[int, tuple[str, bool]] = {}
    for content, lines in split.items():
        small = in_small_letters(lines)
        keys[content] = [_key(line, small) for line in lines]
        wanted.update(zip(keys[content], ((line, small) for line in lines), strict=True))
    read = _reread(wanted, known, strings)
    fresh = {key: line for key, line in wanted.items() if key not in read and line[0].strip()}
    if fresh:
        read.update(_read(fresh, info, strings, job))
    return {
        content: _assembled(lines, keys[content], read, strings).to_bytes(content) for content, lines in split.items()
    }


def _split(joined: bytes) -> tuple[str, ...]:
    return tuple(joined.decode().split("\0")) if joined else ()


def _key(line: str, small: bool) -> int:
    """What a line is known by; the same words are read otherwise in a text without capitals (`small`)."""
    return int.from_bytes(blake2b(line.encode(), digest_size=8, person=b"small" if small else b"").digest(), "little")


class _Strings:
    """Numbers for strings, the same for the same."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._number: dict[str, int] = {}

    def number(self, string: str) -> int:
        """The number of a string."""
        n = self._number.get(string)
        if n is None:
            n = self._number[string] = len(self.all)
            self.all.append(string)
        return n

    def numbers(self, strings: Iterable[str]) -> Cells:
        """The numbers of many."""
        import numpy as np

        return np.array([self.number(s) for s in strings], dtype=np.int32)

    def sorted(self, numbers: Ints) -> tuple[tuple[str, ...], Ints]:
        """The different strings that are numbered, in their order, and for each number which of them it is."""
        import numpy as np

        different, which = np.unique(numbers, return_inverse=True)
        strings = [self.all[n] for n in different.tolist()]
        order = sorted(range(len(strings)), key=strings.__getitem__)
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        return tuple(strings[n] for n in order), place[which]


def _reread(wanted: Collection[int], known: Iterable[Parsed], strings: _Strings) -> dict[int, Cells]:
    """The tokens of those lines that were read before."""
    import numpy as np

    found: dict[int, Cells] = {}
    for parsed in known:
        lines = [n for n, key in enumerate(parsed.keys.tolist()) if key in wanted and key not in found]
        if not lines:
            continue
        form, lemma = strings.numbers(parsed.forms), strings.numbers(parsed.lemmas)
        first = np.searchsorted(parsed.line, lines)
        last = np.searchsorted(parsed.line, lines, side="right")
        for n, a, b in zip(lines, first.tolist(), last.tolist(), strict=True):
            cut = slice(a, b)
            found[int(parsed.keys[n])] = np.stack((
                parsed.start[cut] - parsed.begins[n], parsed.end[cut] - parsed.start[cut], parsed.opens[cut], parsed.pos[cut],
                parsed.name[cut], parsed.filler[cut], form[parsed.form[cut]], lemma[parsed.lemma[cut]],
            ), axis=1).astype(np.int32)  # fmt: skip
    return found


def _assembled(lines: list[str], keys: list[int], read: Mapping[int, Cells], strings: _Strings) -> Parsed:
    """A text out of the tokens of its lines."""
    import numpy as np

    sizes = np.array([len(line) + 1 for line in lines], dtype=np.int64)
    begins = np.cumsum(sizes) - sizes
    none = np.zeros((0, 8), dtype=np.int32)
    cells = [read.get(key, none) for key in keys]
    line = np.repeat(np.arange(len(lines)), [len(c) for c in cells])
    column = np.concatenate(cells).astype(np.int64).T
    start = column[_START] + begins[line]
    forms, of_form = strings.sorted(column[_FORM])
    lemmas, of_lemma = strings.sorted(column[_LEMMA])
    return Parsed(
        start, start + column[_SIZE], line, column[_OPENS] > 0, column[_FILLER] > 0, column[_POS], column[_NAME],
        of_form, of_lemma, forms, lemmas,
        np.array(keys, dtype=np.uint64), begins,
    )  # fmt: skip


def _read(lines: Mapping[int, tuple[str, bool]], info: PipelineInfo, strings: _Strings, job: Job) -> dict[int, Cells]:
    """The tokens of lines, worked out by the pipeline; of each line goes with it whether its text is without capitals."""
    import numpy as np

    from cohesion_qda.analysis import pipelines

    nlp = pipelines.load(info)
    pieces = [_Piece(key, at, piece, small) for key, (line, small) in lines.items() for at, piece in _pieces(line)]
    pieces.sort(key=lambda piece: piece.small)
    whole, done = sum(len(piece.text) for piece in pieces), 0
    found: dict[int, list[Cells]] = {}
    for small, same in groupby(pieces, key=lambda piece: piece.small):
        some = list(same)
        for first in range(0, len(some), _BATCH):
            batch = some[first : first + _BATCH]
            texts = [lowered(piece.text) if small else piece.text for piece in batch]
            names = find(texts, info, small=small)
            for n, (piece, doc) in enumerate(zip(batch, nlp.pipe(texts, batch_size=_BATCH), strict=True)):
                if n % 10 == 0:
                    job.step(done, whole)
                cells = _cells(doc, piece.text, names[n], strings)
                cells[:, _START] += piece.at
                found.setdefault(piece.key, []).append(cells)
                done += len(piece.text)
    job.step(whole, whole)
    return {key: np.concatenate(cells) for key, cells in found.items()}


class _Piece(NamedTuple):
    """A line, or a part of a very long one that begins at `at`."""

    key: int
    at: int
    text: str
    small: bool


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """A line that is very long in pieces, cut at a space after a sentence where there is one."""
    at = 0
    while len(line) - at > _LONG:
        window = line[at : at + _LONG]
        cut = max(window.rfind(mark) + 1 for mark in (". ", "? ", "! ", "。")) or window.rfind(" ") or _LONG
        cut = cut if cut > 0 else _LONG
        yield at, line[at : at + cut]
        at += cut
    yield at, line[at:]


def _cells(doc: Doc, text: str, names: Sequence[Name], strings: _Strings) -> Cells:
    """The tokens of a piece, white space left out and hyphened words in one."""
    import numpy as np

    rows: list[list[Any]] = []
    opens = False
    for token in doc:
        opens = opens or bool(token.is_sent_start)
        if token.is_space:
            continue
        written = text[token.idx : token.idx + len(token.text)]  # captions in capitals are read in small letters
        lemma = (token.lemma_ or written).lower()
        rows.append([token.idx, len(written), opens, _POS_OF.get(token.pos_, 0), 0, 0, written, lemma])
        opens = False
    rows = _hyphened(rows, text)
    cells = np.array([[*row[:6], strings.number(row[6]), strings.number(row[7])] for row in rows], dtype=np.int32)
    cells = cells.reshape(-1, 8)
    start, end = cells[:, _START], cells[:, _START] + cells[:, _SIZE]
    for name in names:
        inside = np.flatnonzero((start >= name.span.start) & (end <= name.span.end))
        cells[inside, _NAME] = NAMES.index(name.kind)
        cells[inside[:1], _NAME] += BEGINS
    for match in FILLERS.finditer(text):
        cells[(start >= match.start()) & (end <= match.end()), _FILLER] = 1
    return cells


def _hyphened(rows: list[list[Any]], text: str) -> list[list[Any]]:
    """`well - being` that was written without spaces is one word; its part of speech is that of its last part."""
    found: list[list[Any]] = []
    n = 0
    while n < len(rows):
        row = rows[n]
        if (
            row[6] == "-" and found and n + 1 < len(rows) and found[-1][0] + found[-1][1] == row[0]
            and rows[n + 1][0] == row[0] + 1 and found[-1][6][-1:].isalnum() and rows[n + 1][6][:1].isalnum()
        ):  # fmt: skip
            before, after = found[-1], rows[n + 1]
            size = after[0] + after[1] - before[0]
            pos = after[_POS] if after[_POS] in _ENDS else _POS_OF["NOUN"] if after[_POS] else 0
            lemma = f"{before[6].lower()}-{after[7]}"
            found[-1] = [before[0], size, before[2], pos, 0, 0, text[before[0] : before[0] + size], lemma]
            n += 2
        else:
            found.append(row)
            n += 1
    return found


_POS_OF = {name: n for n, name in enumerate(UPOS)}
_ENDS = frozenset(_POS_OF[name] for name in ("NOUN", "PROPN", "ADJ", "VERB", "NUM"))
