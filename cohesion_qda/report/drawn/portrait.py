"""Portraits: the codes of a text in their order, a lane for each, along the text from its first word to its last."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Line, Part
from cohesion_qda.report import style, words
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.numbers import percent
from cohesion_qda.report.sheet import BODY, MARGIN, NOTE, SMALL, Sheet, block_height, line_height

MOST_LANES = 40
_CODE, _SPEAKER, _FROM, _TO, _SOURCE = 0, 1, 3, 4, 6  # the columns of the portrait's part
_THICK = 9.0
_LEAST = 1.5  # points: a passage of one word can still be seen


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """A lane for each code in the order in which they first come; the longest-running forty where there are more."""
    passages = [line for line in part.lines if _span(line)]
    if not passages:
        raise reading.nothing()
    lanes: dict[str, list[Line]] = {}
    for line in passages:
        lanes.setdefault(line.path or _code(line), []).append(line)
    kept = set(sorted(lanes, key=lambda name: -len(lanes[name]))[:MOST_LANES])
    shown = [lines for path, lines in lanes.items() if path in kept]
    column = min(max(style.text_width(_code(lines[0]), BODY) for lines in shown), 0.36 * sheet.inner)
    room = max(style.text_width(words.number(len(lines)), SMALL) for lines in shown) + 6
    left, right = MARGIN + column + 10, sheet.width - MARGIN - room
    y = _sources(sheet, y, passages, left, right)
    top = y
    for lines in shown:
        y = _lane(sheet, y, _code(lines[0]), lines, column, (left, right))
    _bounds(sheet, passages, top, y, left, right)
    y = _axis(sheet, y, left, right)
    if len(shown) < len(lanes):
        y = sheet.note(y, _("The {n} codes with the most passages of {total} are drawn; the table has all.").format(n=len(shown), total=len(lanes)))  # fmt: skip
    numbers = [_("{label}: {said}").format(label=_code(lines[0]), said=_told(lines)) for lines in lanes.values()]
    return Told(_("Portrait of a text"), tuple(numbers), y)


def _code(line: Line) -> str:
    return str(line.cells[_CODE].value)


def _span(line: Line) -> tuple[float, float] | None:
    start, end = (reading.value(line.cells[n]) if len(line.cells) > n else None for n in (_FROM, _TO))
    return None if start is None or end is None else (start, end)


def _told(lines: Sequence[Line]) -> str:
    """How often a code comes, and where first and last."""
    spans = [span for line in lines if (span := _span(line))]
    return ngettext(
        "{n} passage, at {first} of the text", "{n} passages, from {first} to {last} of the text", len(lines)
    ).format(
        n=words.number(len(lines)), first=percent(spans[0][0]), last=percent(max(s[1] for s in spans))
    )  # fmt: skip


def _lane(sheet: Sheet, y: float, name: str, lines: Sequence[Line], column: float, ends: tuple[float, float]) -> float:
    left, right = ends
    label = style.wrap(name, column, BODY)
    height = max(16.0, block_height(label, BODY) + 4)
    sheet.text(MARGIN, y + (height - block_height(label, BODY)) / 2, label, BODY)
    middle = y + height / 2
    sheet.line(((left, middle), (right, middle)), style.LINE, 0.75)
    for line in lines:
        start, end = _span(line) or (0.0, 0.0)
        x, width = left + (right - left) * start, max(_LEAST, (right - left) * (end - start))
        x = min(x, right - width)
        sheet.box(x, middle - _THICK / 2, width, _THICK, style.STRONG)
        who = str(line.cells[_SPEAKER].value or "")
        said = _("{code}, {speaker}, at {place} of the text") if who else _("{code}, at {place} of the text")
        sheet.spot(
            x - 2, y, width + 4, height, reading.key_of(line),
            said.format(code=name, speaker=who, place=percent(start)),
        )  # fmt: skip
    sheet.said(right + 5, middle, words.number(len(lines)))
    return y + height


def _starts(passages: Sequence[Line]) -> list[tuple[str, float]]:
    """Where each source begins, as far as its first passage tells."""
    starts: dict[str, float] = {}
    for line in passages:
        if len(line.cells) > _SOURCE:
            starts.setdefault(str(line.cells[_SOURCE].value), (_span(line) or (0.0, 0.0))[0])
    return list(starts.items())


def _sources(sheet: Sheet, y: float, passages: Sequence[Line], left: float, right: float) -> float:
    """The names of the sources over where each begins, where there are several: a line each, so that none is cut."""
    starts = _starts(passages)
    if len(starts) < 2:
        return y
    for name, start in starts:
        x = left + (right - left) * start
        wide = style.text_width(name, NOTE)
        sheet.text(
            max(MARGIN, min(x, sheet.width - MARGIN - wide)), y, style.wrap(name, sheet.inner, NOTE), NOTE, style.TEXT2
        )
        y += block_height(style.wrap(name, sheet.inner, NOTE), NOTE)
    return y + 3


def _bounds(sheet: Sheet, passages: Sequence[Line], top: float, bottom: float, left: float, right: float) -> None:
    for _name, start in _starts(passages)[1:]:
        x = left + (right - left) * start
        sheet.line(((x, top), (x, bottom)), style.QUIET, 0.75, (2.0, 2.0))


def _axis(sheet: Sheet, y: float, left: float, right: float) -> float:
    sheet.line(((left, y + 1), (right, y + 1)), style.QUIET, 0.75)
    sheet.text(left, y + 3, [_("first word")], NOTE, style.TEXT2)
    sheet.text(right, y + 3, [_("last word")], NOTE, style.TEXT2, align="right")
    return y + 3 + line_height(NOTE)
