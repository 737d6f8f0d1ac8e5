"""A word with what people said on from it, or before it, as a tree whose branches are as thick as the number of participants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cohesion_qda.analysis.collocations import Collocation, Concordance
from cohesion_qda.analysis.lines import Node
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Key
from cohesion_qda.report import style, words
from cohesion_qda.report.drawing import INCH, Drawing, Point
from cohesion_qda.report.drawn import bars
from cohesion_qda.report.drawn.bars import Bar
from cohesion_qda.report.drawn.reading import Told, alt, line_of
from cohesion_qda.report.numbers import decimal
from cohesion_qda.report.sheet import BODY, MARGIN, SMALL, Sheet

WIDE = 6.5  # inches
MOST = 14, 5, 3  # branches drawn from the word, from those, and from each farther on; the others are one line together
LEVELS = 3  # of branches, beyond which their words stand on one line
_ROW = 16.0
_WAY = 26.0  # points between the end of a branch's words and those that follow
_THICKEST = 7.0
_ROOT = 13.0
_REST = "rest"


@dataclass(frozen=True, slots=True)
class _Row:
    """A branch as it is drawn. `path` finds it again: the numbers of the branches from the word to it, with _REST at the end for
    those that are drawn as one.
    """

    node: Node
    path: tuple[str, ...]
    children: tuple[_Row, ...] = ()

    @property
    def is_rest(self) -> bool:
        return self.path[-1:] == (_REST,)

    @property
    def height(self) -> float:
        return max(_ROW, sum(child.height for child in self.children))


def tree(found: Concordance, toward: str = "after", width: float = WIDE, *, head: bool = True) -> Drawing:
    """What follows the word (`after`), or goes `before` it. The key of a branch is ("branch", toward, path), see `places`.
    Raises BadInput where the word was not said.
    """
    root = found.after if toward == "after" else found.before
    if not root.places:
        raise BadInput(
            _("Nobody said “{word}” here.").format(word=found.lines.word), _("Choose another word, or more talk.")
        )
    sheet = Sheet(width * INCH, toward)
    title = headline(found, toward)
    y = sheet.head(title, subtitle(found)) if head else MARGIN
    grown = _Row(root, (), _grown(root, (), 0))
    painter = _Tree(sheet, found, toward)
    painter.lay(grown, y)
    bottom = y + grown.height
    if not grown.children:
        bottom = sheet.note(
            bottom,
            _("It always stands at the end of a sentence.")
            if toward == "after"
            else _("It always stands at the beginning of a sentence."),
        )
    bottom = sheet.note(
        bottom,
        _(
            "The thickness of a branch is in proportion to the number of participants who said it (one is a hairline at least); from two on the number stands beside it. Case, and um and er, part no branches."
        ),
    )
    numbers = tuple(line_of(row.node.said, [_people(row.node)]) for row in grown.children if not row.is_rest)
    return sheet.drawing(bottom + MARGIN, title, alt(Told(_("Tree of lines"), numbers, bottom), title, subtitle(found)))


def near(found: Concordance, width: float = WIDE, *, head: bool = True) -> Drawing:
    """What is said near the word, as bars of logDice; the key of one is ("near", its number). Raises BadInput where there is nothing."""
    if not found.near:
        raise BadInput(
            _("Nothing was said near “{word}” by two people.").format(word=found.lines.word),
            _("Choose another word, or more talk."),
        )
    sheet = Sheet(width * INCH, "near")
    title = _("What is said near “{word}”").format(word=found.lines.word)
    y = sheet.head(title, subtitle(found)) if head else MARGIN
    shown = [
        Bar(
            one.term,
            one.score,
            14.0,
            _("{score}; {people}").format(score=decimal(one.score, 1), people=_turns(one)),
            key=("near", n),
        )
        for n, one in enumerate(found.near)
    ]
    y = bars.lay(sheet, y, shown, is_ranking=False)
    y = sheet.note(
        y,
        _(
            "Within five words of it, in the same turn, by at least two participants. The bar is logDice (Rychlý 2008), counted over turns: 14 when the two are always said together, and one less for half as often."
        ),
    )
    numbers = tuple(line_of(bar.label, [bar.said]) for bar in shown)
    return sheet.drawing(y + MARGIN, title, alt(Told(_("Bar chart"), numbers, y), title, subtitle(found)))


def _turns(one: Collocation) -> str:
    if not one.count.participants:
        return words.mentions(one.count.mentions)
    return words.participants(one.count.participants)


def headline(found: Concordance, toward: str) -> str:
    """What stands over the tree."""
    if toward == "after":
        return _("What follows “{word}”").format(word=found.lines.word)
    return _("What goes before “{word}”").format(word=found.lines.word)


def subtitle(found: Concordance) -> str:
    """How often and how widely the word was said."""
    return words.how_widely(found.lines.count, found.lines.base)


def places(found: Concordance, key: Key) -> tuple[int, ...]:
    """The lines of a branch, or those with something said near, by the key of its spot. Raises KeyError for another key."""
    if key[0] == "near":
        return found.near[int(key[1])].places
    if key[0] != "branch":
        raise KeyError(key)
    toward, path = str(key[1]), str(key[2])
    node = found.after if toward == "after" else found.before
    depth = 0
    for step in path.split("."):
        if step == _REST:
            shown = _Shown.of(node, depth)
            return tuple(sorted(place for child in shown.rest for place in child.places))
        if step:
            node = node.children[int(step)]
            depth += 1
    return node.places


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which branches are drawn each for itself, and which as one."""

    own: tuple[tuple[int, Node], ...]
    rest: tuple[Node, ...]

    @classmethod
    def of(cls, node: Node, depth: int) -> _Shown:
        most = MOST[min(depth, len(MOST) - 1)]
        children = list(enumerate(node.children))
        if len(children) <= most:
            return cls(tuple(children), ())
        return cls(tuple(children[: most - 1]), tuple(child for _n, child in children[most - 1 :]))


def _grown(node: Node, path: tuple[str, ...], depth: int) -> tuple[_Row, ...]:
    if depth >= LEVELS:
        return ()
    shown = _Shown.of(node, depth)
    rows = [
        _Row(child, (*path, str(n)), _grown(child, (*path, str(n)), depth + 1)) for n, child in shown.own
    ]  # fmt: skip
    if shown.rest:
        rows.append(_Row(node, (*path, _REST)))
    return tuple(rows)


class _Tree:
    """Lays branches out: to the right of the word, or to its left."""

    def __init__(self, sheet: Sheet, found: Concordance, toward: str) -> None:
        self._sheet, self._found, self._toward = sheet, found, toward
        self._most = 1

    def lay(self, root: _Row, y: float) -> None:
        """Lay everything out from `y` down."""
        self._sheet.widen(self._reach(root) + 2 * MARGIN)
        self._most = max((self._people(row) for row in root.children), default=1)
        middle = y + root.height / 2
        wide = style.text_width(root.node.said, _ROOT, 600)
        at = MARGIN if self._toward == "after" else self._sheet.width - MARGIN
        align = "left" if self._toward == "after" else "right"
        for row, child_middle in self._rows(root, y):
            self._branch(row, (self._on(at, wide + 4), middle), child_middle)
        self._sheet.said(at, middle, root.node.said, _ROOT, style.STRONG, 600, align)  # type: ignore[arg-type]
        self._spot(root, at, middle, wide, 16.0)

    def _on(self, x: float, by: float) -> float:
        """A place farther from the word."""
        return x + by if self._toward == "after" else x - by

    @staticmethod
    def _rows(row: _Row, y: float) -> Iterator[tuple[_Row, float]]:
        """The branches of a branch, each with the middle of its height."""
        y += (row.height - sum(child.height for child in row.children)) / 2
        for child in row.children:
            yield child, y + child.height / 2
            y += child.height

    def _branch(self, row: _Row, start: Point, middle: float) -> None:
        x = self._on(start[0], _WAY)
        thick = max(0.75, _THICKEST * self._people(row) / self._most)
        self._sheet.line(_curve(start, (x, middle)), style.TIE, thick)
        words_, number = self._words(row)
        align = "left" if self._toward == "after" else "right"
        long = style.text_width(words_, BODY)
        colour = style.TEXT2 if row.is_rest else style.TEXT
        self._sheet.said(self._on(x, 4), middle, words_, BODY, colour, align=align)  # type: ignore[arg-type]
        end = self._on(x, 4 + long + 3)
        self._sheet.said(end, middle, number, SMALL, style.TEXT2, align=align)  # type: ignore[arg-type]
        wide = long + 7 + style.text_width(number, SMALL)
        self._spot(row, x, middle, wide, _ROW - 2)
        after = self._on(x, wide + 5)
        for child, child_middle in self._rows(row, middle - row.height / 2):
            self._branch(child, (after, middle), child_middle)

    def _words(self, row: _Row) -> tuple[str, str]:
        if row.is_rest:
            n = self._rest(row)
            return ngettext("and {n} other way", "and {n} other ways", n).format(n=words.number(n)), ""
        people = self._people(row)
        return row.node.said, words.number(people) if people > 1 or row.children else ""

    def _rest(self, row: _Row) -> int:
        return len(_Shown.of(row.node, len(row.path) - 1).rest)

    def _people(self, row: _Row) -> int:
        if row.is_rest:
            return 1
        return row.node.count.participants or row.node.count.mentions

    def _spot(self, row: _Row, x: float, middle: float, wide: float, high: float) -> None:
        left = x if self._toward == "after" else x - wide
        said = self._words(row)[0] if row.is_rest else line_of(row.node.said, [_people(row.node)])
        key: Key = ("branch", self._toward, ".".join(row.path))
        self._sheet.spot(left, middle - high / 2, wide, high, key, said)

    def _reach(self, row: _Row, is_root: bool = True) -> float:
        """How far a branch and those from it reach."""
        words_, number = self._words(row) if not is_root else (row.node.said, "")
        own = style.text_width(words_, _ROOT if is_root else BODY, 600 if is_root else 400) + 4
        own += 0.0 if is_root else _WAY + 8 + style.text_width(number, SMALL)
        return own + max((self._reach(child, False) for child in row.children), default=0.0)


def _curve(start: Point, end: Point) -> list[Point]:
    """From one place to another, level at both ends."""
    (x1, y1), (x2, y2) = start, end
    steps = 12
    points = []
    for n in range(steps + 1):
        t = n / steps
        points.append((x1 + (x2 - x1) * t, y1 + (y2 - y1) * (3 * t * t - 2 * t**3)))
    return points


def _people(node: Node) -> str:
    if not node.count.participants:
        return words.mentions(node.count.mentions)
    return _("{participants}, {mentions}").format(
        participants=words.participants(node.count.participants), mentions=words.mentions(node.count.mentions)
    )
