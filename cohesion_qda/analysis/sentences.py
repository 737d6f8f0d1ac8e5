"""Sentence vectors: what is said as 384 numbers, near each other where it is about the same.

They come from a network that ships with the program (all-MiniLM-L6-v2, `resources/vectors/minilm`). Where it is missing or
damaged, or this computer cannot run it, everything works from words alone: the second tier.

A line of a text (a turn or a paragraph) has one vector, a long line several, cut at its sentences. A vector hangs on the words
of its piece alone: pieces are worked out one by one, because the rounding inside the network would let those that
are worked out together change each other. So what was worked out once is never worked out again, in whatever order it came.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.resources import resource
from cohesion_qda.model.extent import all_sentences
from cohesion_qda.model.text import Span, trimmed, without_stage_notes

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.model.ids import SourceId

    Vectors = npt.NDArray[np.float32]

SIZE = 384
LANGUAGE = "en"
PIECE = 80  # words of a line that share a vector
TOKENS = 256  # of a piece that are looked at
FOLDER = "vectors/minilm"
_LIBRARIES = "onnxruntime", "tokenizers"
_FORMAT = 2
_MAGIC = b"CQDAlines"
_DIGEST = 16
_WORD = re.compile(r"\w")
_STRETCH = re.compile(r"\S+")
_HESITATION = re.compile(r"\b(?:u+m+|u+h+|e+r+m*|m+h*m+|h+m+)\b[,.…]*", re.IGNORECASE)


# -- which tier --------------------------------------------------------------------------------------------------------


def tier(language: str = "en") -> Literal["minilm", "words"]:
    """What suggestions on talk of a language stand on here: sentence vectors, or words alone."""
    return "words" if missing(language) else "minilm"


def missing(language: str = "en") -> str:
    """Why there are no sentence vectors for talk of a language, as a sentence; empty when there are."""
    if language != LANGUAGE:
        return _("Sentence vectors know English only.")
    if any(find_spec(library) is None for library in _LIBRARIES):
        return _("The libraries that read sentence vectors (onnxruntime and tokenizers) are not installed.")
    folder = _folder()
    if folder is None:
        return _("The file of sentence vectors is not there. Install the program again to bring it back.")
    if not _is_whole(folder, _stamps(folder)):
        return _("The file of sentence vectors is damaged. Install the program again to bring it back.")
    return _("This computer cannot run the sentence vectors.") if folder in _REFUSED else ""


def maker(language: str = "en") -> str:
    """What vectors are kept under; empty in the second tier. Another network or another way to cut lines is another maker."""
    folder = _folder()
    if folder is None or missing(language):
        return ""
    return f"minilm {_manifest(folder)['files']['model.onnx'][:16]} {_FORMAT}.{PIECE}"


_REFUSED: set[Path] = set()  # folders whose network could not be loaded in this process


def _folder() -> Path | None:
    try:
        return resource(FOLDER)
    except FileNotFoundError:
        return None


def _manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def _stamps(folder: Path) -> tuple[tuple[int, int], ...]:
    """Another one when a file was changed."""
    try:
        found = [(folder / name).stat() for name in ("model.onnx", "tokenizer.json", "manifest.json")]
    except OSError:
        return ()
    return tuple((status.st_size, status.st_mtime_ns) for status in found)


@lru_cache(maxsize=4)
def _is_whole(folder: Path, stamps: tuple[tuple[int, int], ...]) -> bool:
    """Whether every file is the one that shipped."""
    try:
        files = _manifest(folder)["files"]
        return bool(stamps) and all(
            sha256((folder / name).read_bytes()).hexdigest() == wanted for name, wanted in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


# -- encoding ----------------------------------------------------------------------------------------------------------


def encode(texts: Sequence[str], job: Job | None = None) -> Vectors:
    """The vectors of texts, (n, 384) of length one; of each its first 256 tokens are looked at. The same text always has the
    same vector. Raises RuntimeError in the second tier, and Cancelled.
    """
    import numpy as np

    job = job or Job()
    reads, session = _network()
    found = np.zeros((len(texts), SIZE), dtype=np.float32)
    for n, text in enumerate(texts):
        if n % 20 == 0:
            job.step(n, len(texts))
        ids = np.array([reads.encode(text).ids], dtype=np.int64)
        found[n] = session.run(None, {"ids": ids})[0][0]
    job.step(len(texts), len(texts))
    return found


def _network() -> tuple[Any, Any]:
    """The tokeniser and the network, loaded once a process."""
    folder = _folder()
    if folder is None or missing():
        raise RuntimeError(missing() or "no folder")
    return _loaded(folder, _stamps(folder))


@lru_cache(maxsize=1)
def _loaded(folder: Path, _stamps: tuple[tuple[int, int], ...]) -> tuple[Any, Any]:
    try:
        from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events
        from tokenizers import Tokenizer

        disable_telemetry_events()  # the Windows builds of the library send events to their makers otherwise
        options = SessionOptions()
        options.intra_op_num_threads = 1  # the other core is the window's
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # which makes it a fifth slower
        )  # fmt: skip
        reads = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # a library that cannot be loaded here, in one of many ways
        _REFUSED.add(folder)
        raise RuntimeError(str(error)) from error
    reads.no_padding()
    reads.enable_truncation(TOKENS)
    return reads, session


# -- the pieces of a text ----------------------------------------------------------------------------------------------


def cut(text: str) -> Iterator[tuple[Span, str]]:
    """The pieces of a text that have a vector, in order, with the words that are looked at: every line that has any, without
    stage notes and hesitation (um, er), and longer lines in pieces of up to 80 words, cut between sentences where that can be.
    """
    spoken = without_stage_notes(text)
    at = 0
    for line in spoken.split("\n"):
        if _WORD.search(line):
            whole = trimmed(spoken, Span(at, at + len(line)))
            for span in (whole,) if len(line.split()) <= PIECE else _cut_line(spoken, whole):
                if words := " ".join(_HESITATION.sub("", span.of(spoken)).split()):
                    yield span, words
        at += len(line) + 1


def _cut_line(text: str, line: Span) -> Iterator[Span]:
    """Sentences joined as long as they have no more than PIECE words."""
    start, end, size = line.start, line.start, 0
    for sentence in all_sentences(text, line):
        for part, words in _short(text, sentence):
            if size and size + words > PIECE:
                yield Span(start, end)
                start, size = part.start, 0
            end, size = part.end, size + words
    if size:
        yield Span(start, end)


def _short(text: str, sentence: Span) -> Iterator[tuple[Span, int]]:
    """A sentence, in equal parts where it has more than PIECE words."""
    words = [(found.start(), found.end()) for found in _STRETCH.finditer(text, sentence.start, sentence.end)]
    parts = -(-len(words) // PIECE)
    for n in range(parts):
        some = words[len(words) * n // parts : len(words) * (n + 1) // parts]
        yield Span(some[0][0], some[-1][1]), len(some)


def embed(texts: Mapping[str, str], job: Job | None = None, known: Iterable[bytes] = ()) -> dict[str, bytes]:
    """The vectors of the pieces of each text, by its hash, as bytes; pieces that are `known` from others are not worked
    out again. Nothing in the second tier. Raises Cancelled.
    """
    import numpy as np

    if not texts or missing():
        return {}
    pieces = {content: list(cut(text)) for content, text in texts.items()}
    keys = {content: [_key(words) for _span, words in found] for content, found in pieces.items()}
    wanted = {
        key: words for content, found in pieces.items() for key, (_s, words) in zip(keys[content], found, strict=True)
    }
    rows = {key: row for data in known for key, row in _rows_of(data) if key in wanted}
    fresh = [key for key in wanted if key not in rows]
    try:
        for key, vector in zip(fresh, encode([wanted[key] for key in fresh], job) if fresh else (), strict=True):
            rows[key] = _row(vector)
    except RuntimeError:  # the network cannot be run here, whatever the reason
        return {}
    none = np.zeros(0, dtype=_ROW)
    made = {}
    for content, found in pieces.items():
        table = np.array([rows[key] for key in keys[content]], dtype=_ROW) if found else none.copy()
        table["key"] = keys[content]
        table["start"] = [span.start for span, _words in found]
        table["end"] = [span.end for span, _words in found]
        made[content] = _packed(content, table)
    return made


_ROW = [("key", "<u8"), ("start", "<u4"), ("end", "<u4"), ("scale", "<f4"), ("vector", "i1", SIZE)]


def _key(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "little")


def _row(vector: Vectors) -> Any:
    """A vector as whole numbers of one byte and what a one is worth (the cosine to the exact one is .9999)."""
    import numpy as np

    row = np.zeros((), dtype=_ROW)
    row["scale"] = float(np.abs(vector).max()) / 127
    row["vector"] = np.rint(vector / row["scale"])
    return row


def _packed(content: str, table: Any) -> bytes:
    body: bytes = struct.pack("<I", len(content)) + content.encode() + table.tobytes()
    return _MAGIC + blake2b(body, digest_size=_DIGEST).digest() + body


def _table(data: bytes) -> tuple[str, Any]:
    """The text's hash, and its rows. Raises ValueError when they are damaged."""
    import numpy as np

    at = len(_MAGIC) + _DIGEST
    body = data[at:]
    if data[:at] != _MAGIC + blake2b(body, digest_size=_DIGEST).digest():
        raise ValueError("damaged")
    size = struct.unpack_from("<I", body)[0]
    return body[4 : 4 + size].decode(), np.frombuffer(body, dtype=_ROW, offset=4 + size)


def _rows_of(data: bytes) -> Iterator[tuple[int, Any]]:
    try:
        _content, table = _table(data)
    except ValueError:
        return
    yield from zip(table["key"].tolist(), table, strict=True)


def pieces_of(
    contents: Mapping[SourceId, str], texts: Mapping[str, str], kept: Mapping[str, bytes], language: str, job: Job
) -> tuple[Pieces | None, dict[str, bytes]]:
    """The pieces of a study, and what of them is new: of texts whose vectors are not kept, or damaged. None in the second tier.
    What is kept must be of this `maker`. Raises Cancelled.
    """
    if missing(language):
        return None, {}
    wanted = set(contents.values())
    have = {content: kept[content] for content in wanted if content in kept and is_sound(content, kept[content])}
    new = embed({content: texts[content] for content in sorted(wanted - set(have))}, job, have.values())
    if not wanted <= set(have) | set(new):  # the network could not be run
        return None, {}
    return Pieces.of(contents, {**have, **new}), new


def is_sound(content: str, data: bytes) -> bool:
    """Whether what was kept is whole, and of the text whose hash is `content`."""
    try:
        return _table(data)[0] == content
    except ValueError:
        return False


# -- the pieces of a study ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """What has a vector in a study, sorted by source and start: lines, and parts of long ones (code points of the source).
    A vector is `rows` (whole numbers of one byte) times `scale`: a quarter of the room, since a study may have a million.
    """

    source: Ints
    start: Ints
    end: Ints
    rows: npt.NDArray[np.int8]
    scale: Vectors

    def __len__(self) -> int:
        return len(self.source)

    @classmethod
    def on_disk(cls, contents: Mapping[SourceId, str], kept: Mapping[str, bytes]) -> Pieces:
        """As `of`, with the vectors in a file of this computer's own for temporary ones: one text's at a time in memory."""
        import tempfile

        import numpy as np

        columns: list[Any] = []
        with tempfile.TemporaryFile(prefix="cohesion") as file:
            for source in sorted(contents):
                table = _table(kept[contents[source]])[1]
                file.write(table["vector"].tobytes())
                where = np.full(len(table), source, dtype=np.int64)
                begins, ends = (table[name].astype(np.int64) for name in ("start", "end"))
                columns.append((where, begins, ends, table["scale"].copy()))
            file.flush()
            number = sum(len(column[0]) for column in columns)
            if not number:
                return cls.of({}, {})
            rows = np.memmap(file, dtype=np.int8, mode="r", shape=(number, SIZE))
            at, start, end, scale = (np.concatenate(column) for column in zip(*columns, strict=True))
            return cls(at, start, end, rows, scale)

    @classmethod
    def of(cls, contents: Mapping[SourceId, str], kept: Mapping[str, bytes]) -> Pieces:
        """Those of the texts that sources have. Raises KeyError where a text's are missing, ValueError where they are damaged."""
        import numpy as np

        tables = [(source, _table(kept[contents[source]])[1]) for source in sorted(contents)]
        empty = np.zeros(0, dtype=_ROW)
        whole = np.concatenate([empty, *(table for _source, table in tables)])
        source = np.repeat(
            np.array([source for source, _table in tables], dtype=np.int64), [len(table) for _source, table in tables]
        )
        return cls(
            source, whole["start"].astype(np.int64), whole["end"].astype(np.int64),
            np.ascontiguousarray(whole["vector"]), np.ascontiguousarray(whole["scale"]),
        )  # fmt: skip

    def vectors(self, chosen: Ints | slice = slice(None)) -> Vectors:
        """The vectors of all pieces, or of those numbered, each of length one."""
        return _unit(self.rows[chosen] * self.scale[chosen, None])

    def around(self, source: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """For each stretch given, the range `[first, last)` of pieces that share a code point with it."""
        import numpy as np

        room = int(max(self.end.max(initial=0), end.max(initial=0))) + 1
        first = np.searchsorted(self.source * room + self.end, source * room + start, side="right")
        last = np.searchsorted(self.source * room + self.start, source * room + end, side="left")
        return first, np.maximum(first, last)

    def of_stretches(self, source: Ints, start: Ints, end: Ints) -> Vectors:
        """The vector of each of some stretches (parallel, in any order; code points): the mean of those of its pieces, weighted by
        how much of them it is, of length one; zero where it has none.
        """
        import numpy as np
        from scipy.sparse import csr_matrix

        from cohesion_qda.analysis.grid import ranges

        owner, piece = ranges(*self.around(source, start, end))
        shared = np.minimum(self.end[piece], end[owner]) - np.maximum(self.start[piece], start[owner])
        touched, place = np.unique(piece, return_inverse=True)  # all others may be many, and on disk
        weights = csr_matrix(
            ((shared * self.scale[piece]).astype(np.float32), (owner, place)), shape=(len(source), len(touched))
        )
        return _unit(weights @ self.rows[touched].astype(np.float32))


def _unit(rows: Any) -> Vectors:
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Vectors = np.divide(rows, lengths, out=np.zeros(rows.shape, dtype=np.float32), where=lengths > 1e-12)
    return found
