"""From the lines of pages to paragraphs, by what can be seen: gaps, indents, lines that end early, labels, bold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cohesion_qda.formats.pages.lines import Line
from cohesion_qda.formats.raw import Paragraph
from cohesion_qda.formats.talk import heads as talk
from cohesion_qda.formats.talk.labels import INITIALS, SURE, WEAK, is_particular

_GAP = 1.3  # usual distances of lines: a wider one is between paragraphs
_INDENT = 0.6  # of the size of the letters
_OTHER_SIZE = 1.12
_NARROWEST = 15  # of the size: no text is set in less
_HEADING = 1.12  # times the size of most letters
_LONGEST_HEADING = 200
_LEVELS = 6
_LABELLED = 0.2  # of the lines, where hardly anything sets labels apart
_MIRRORED = 3  # added to the column of lines that are written from right to left, whose places are turned round
_SENTENCE_ENDS = tuple('.?!…:)]”"’')
_ITEM = re.compile(r"[•●○▪■◦‣➢✓·]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)] ")
_DASH = re.compile(r"[-–—*o] ")
_NOTE = re.compile(r"\([^()]+\)\Z|\[[^\[\]]+\]\Z")  # all of a line
_DIVIDED = re.compile(r"([^\W\d_]+)[-‐]\Z")
_LONGEST_HALF = 40
_OWN_HYPHEN = frozenset(("self", "well", "non", "half", "cross", "multi", "anti", "semi", "mid", "co", "part"))
_STAYS_WHOLE = re.compile(r"\d[-‐–]\Z")
_BEGINS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


@dataclass(slots=True)
class _Seen:
    """A line and what can be seen of it: its `column`, how far it is set in there, where the column's `edge` is."""

    text: str
    bold: int
    page: int
    y: float
    left: float
    right: float
    size: float
    first_word: float
    column: int = 0
    indent: float = 0.0
    edge: float = 0.0
    is_labelled: bool = False
    is_single: bool = False
    heading: int = 0

    @classmethod
    def of(cls, line: Line) -> _Seen:
        first = line.words[0].right
        for word in line.words[1:2]:
            first = first if any(char.isalnum() for char in word.text) else word.right  # “yes …” is not divided
        return cls(
            line.text(), line.bold(), line.page, line.y, line.left, line.right, line.size, first - line.words[0].left
        )

    def would_hold(self, word: float) -> bool:
        """Whether a first word so wide would still have had room at the end of this line."""
        return self.right + 0.25 * self.size + word < self.edge - 0.3 * self.size

    def is_beside(self, other: _Seen) -> bool:
        """Whether `other` is a later line of the same column."""
        return (self.page, self.column) == (other.page, other.column) and other.y > self.y


@dataclass(frozen=True, slots=True)
class _Habits:
    """How paragraphs are set off in a document: the usual distance of lines, and whether their first lines hang out,
    so that a line that is set in goes on with the one before, which is full; otherwise it begins a paragraph.
    """

    pitch: float
    hangs: bool

    @classmethod
    def of(cls, seen: Sequence[_Seen]) -> _Habits:
        pairs = [(a, b) for a, b in pairwise(seen) if a.is_beside(b)]
        distances = Counter(round(2 * (b.y - a.y)) for a, b in pairs if b.y - a.y > 0.6 * b.size)
        common = [distance for distance, n in distances.items() if n >= max(2, 0.05 * len(pairs))]
        set_off = [(a, b) for a, b in pairs if abs(b.indent - a.indent) > _INDENT * b.size and not b.is_labelled]
        hanging = sum(1 for a, b in set_off if (b.indent > a.indent) != a.would_hold(b.first_word))
        hangs = 2 * hanging > len(set_off)
        return cls(min(common or distances or [0]) / 2, hangs)

    def part(self, block: Sequence[_Seen], one: _Seen) -> bool:
        """Whether `one` begins a new paragraph after those of `block`."""
        before = block[-1]
        if one.heading or before.heading:
            return not _is_one_heading(before, one)
        if one.is_labelled or before.is_single or _is_item(one, block):
            return True
        if (one.column < _MIRRORED) != (before.column < _MIRRORED):
            return True
        if not 1 / _OTHER_SIZE < one.size / before.size < _OTHER_SIZE:
            return True
        if before.is_beside(one) and one.y - before.y > max(_GAP * self.pitch, one.size):
            return True
        is_note = _NOTE.match(one.text) is not None and before.text.endswith(_SENTENCE_ENDS)
        return is_note or before.would_hold(one.first_word) or self._is_set_off(block, one)

    def _is_set_off(self, block: Sequence[_Seen], one: _Seen) -> bool:
        before = block[-1]
        inwards = one.indent - before.indent
        if abs(inwards) <= _INDENT * one.size:
            return False
        if inwards > 0:
            hangs = self.hangs or block[0].is_labelled or _is_item(block[0], block)
            return not (hangs and len(block) == 1)
        return self.hangs or len(block) > 1


def _is_item(one: _Seen, block: Sequence[_Seen]) -> bool:
    """Whether `one` begins an item of a list; a dash also stands between two halves of a sentence."""
    if _ITEM.match(one.text):
        return True
    is_list = _DASH.match(block[0].text) is not None or block[-1].text.endswith((":", ";", *_SENTENCE_ENDS))
    return is_list and _DASH.match(one.text) is not None


def in_paragraphs(pages: Sequence[list[Line]]) -> Iterator[Paragraph]:
    """The paragraphs of the lines of each page, in order. A line's end within one is a space; words that were divided
    are whole again; a paragraph may go on over a page's end.
    """
    seen = [one for page in pages for one in _in_columns(page)]
    if not seen:
        return
    _find_edges(seen)
    _find_headings(seen)
    _find_labels(seen)
    words = _words(seen)
    habits = _Habits.of(seen)
    block = seen[:1]
    for one in seen[1:]:
        if habits.part(block, one):
            yield _paragraph(block, words)
            block = []
        block.append(one)
    yield _paragraph(block, words)


def _words(seen: Sequence[_Seen]) -> Counter[str]:
    """The words of the document, without the halves of those that are divided at the end of a line."""
    words: Counter[str] = Counter()
    is_half = False
    for one in seen:
        found = [word.casefold() for word in _WORD.findall(one.text)]
        divided = _DIVIDED.search(one.text[-_LONGEST_HALF:]) is not None
        words.update(found[is_half : len(found) - divided])
        is_half = divided
    return words


def _in_columns(page: list[Line]) -> list[_Seen]:
    """The lines of a page; where most stand clear of a gap down the middle, those left and right of it are told apart."""
    seen = [_Seen.of(line) for line in page]
    if not seen:
        return []
    left, right = min(one.left for one in seen), max(one.right for one in seen)
    for part in range(35, 70, 5):
        middle = left + (right - left) * part / 100
        beside = [1 if one.right < middle else 2 if one.left > middle else 0 for one in seen]
        if min(beside.count(1), beside.count(2)) > max(3, 0.25 * len(seen)) and beside.count(0) < 0.25 * len(seen):
            for one, column in zip(seen, beside, strict=True):
                one.column = column
            break
    for one, line in zip(seen, page, strict=True):
        if line.runs_left:
            one.column += _MIRRORED
            one.left, one.right = -one.right, -one.left
    for column in {one.column for one in seen}:
        inside = [one for one in seen if one.column == column]
        margin = min(one.left for one in inside)
        for one in inside:
            one.indent = one.left - margin
    return seen


def _find_edges(seen: Sequence[_Seen]) -> None:
    """How far lines reach: those of a column, or of an indented stretch that has an edge of its own."""
    for column in {one.column for one in seen}:
        inside = [one for one in seen if one.column == column]
        rights = sorted(one.right for one in inside)
        edge = rights[len(rights) * 97 // 100]
        for one in inside:
            one.edge = max(edge, one.left - one.indent + _NARROWEST * one.size)
    run: list[_Seen] = []
    for one in seen:
        if run and not (run[-1].is_beside(one) and abs(run[-1].left - one.left) < 1 and run[-1].size == one.size):
            _set_edge_of_run(run)
            run = []
        run.append(one)
    _set_edge_of_run(run)


def _set_edge_of_run(run: Sequence[_Seen]) -> None:
    reach = max(one.right for one in run)
    first = run[0]
    is_set_in = first.indent > _INDENT * first.size
    if len(run) >= 3 and is_set_in and reach - first.left > 0.5 * (first.edge - first.left + first.indent):
        for one in run:
            one.edge = min(one.edge, reach)


def _find_headings(seen: Sequence[_Seen]) -> None:
    """Lines in clearly larger letters than most are headings, the largest of the first level."""
    letters: Counter[float] = Counter()
    for one in seen:
        letters[_rounded(one.size)] += len(one.text)
    usual = letters.most_common(1)[0][0]
    larger = sorted((size for size in letters if size >= _HEADING * usual), reverse=True)
    if sum(letters[size] for size in larger) > 0.3 * letters.total():
        return
    levels = {size: min(level, _LEVELS) for level, size in enumerate(larger, 1)}
    for one in seen:
        one.heading = levels.get(_rounded(one.size), 0)


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def _is_one_heading(before: _Seen, one: _Seen) -> bool:
    """Whether two lines are one heading: the first is full, or both stand in the middle."""
    if before.heading != one.heading or not before.is_beside(one) or one.y - before.y > 1.6 * one.size:
        return False
    centred = abs(before.left + before.right - one.left - one.right) < one.size and before.indent > one.size
    is_full = centred or not before.would_hold(one.first_word)
    return is_full and not _is_item(one, [before]) and len(before.text) + len(one.text) < _LONGEST_HEADING


def _find_labels(seen: Sequence[_Seen]) -> None:
    """Lines that begin with a speaker's label begin a paragraph; a label with a time, or a name that recurs, on a line
    of its own is one. A label that is only a word with a colon must recur, or follow the end of a sentence.
    """
    for one in seen:
        before, colon, _after = one.text[:80].partition(":")
        one.is_labelled = bool(colon) and len(before.split()) <= 3 and before[:1].isupper() and is_particular(before)
    found = talk.heads([talk.Line(one.text, bold=one.bold) for one in seen])
    for form, some in found.items():
        times = Counter(head.key for head in some)
        if form in talk.BARE and sum(n for n in times.values() if n > 1) < _LABELLED * len(seen):
            continue
        for head in some:
            one = seen[head.line]
            recurs = times[head.key] > (2 if form == talk.ALONE else 1)
            if head.shape > WEAK or not (recurs or form == talk.STAMPED or _is_likely(head, seen)):
                continue
            one.is_labelled, one.heading = True, 0
            one.is_single = form in (talk.STAMPED, talk.ALONE)


def _is_likely(head: talk.Head, seen: Sequence[_Seen]) -> bool:
    """Whether a label that stands only once is one."""
    if head.form not in (talk.COLON, talk.BRACKET):
        return False
    follows_an_end = head.line == 0 or seen[head.line - 1].text.endswith(_SENTENCE_ENDS)
    return head.shape in SURE or (head.shape <= INITIALS and follows_an_end)


def _paragraph(block: Sequence[_Seen], words: Counter[str]) -> Paragraph:
    pieces, length, bold = [block[0].text], len(block[0].text), block[0].bold
    for one in block[1:]:
        is_bold = bold == length
        length -= len(pieces[-1])
        pieces[-1] = _ended(pieces[-1], one.text, words)
        length += len(pieces[-1])
        bold = length + one.bold if is_bold else bold
        pieces.append(one.text)
        length += len(one.text)
    return Paragraph("".join(pieces), (min(bold, length),) if bold else (), block[0].heading)


def _ended(line: str, following: str, words: Counter[str]) -> str:
    """`line` so that `following` can be put after it: with a space, or with a word that goes on. A hyphen at its end is
    taken out where it only divides a word: when the rest begins small, and the hyphen is not the word's own as far as
    the document's other words tell.
    """
    divided, rest = _DIVIDED.search(line[-_LONGEST_HALF:]), _BEGINS.match(following)
    if not divided or not rest:
        return line if _STAYS_WHOLE.search(line[-2:]) and following[:1].isdigit() else f"{line} "
    first, second = divided[1].casefold(), rest[0].casefold()
    whole, hyphened = words[first + second], words[f"{first}-{second}"]
    are_words = first in _OWN_HYPHEN or (words[first] > 0 and words[second] > 0)
    keeps = not rest[0][0].islower() or hyphened > whole or (not whole and are_words)
    return line if keeps else line[:-1]
