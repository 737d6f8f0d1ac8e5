"""What the reader of disagreements shows, read on the project thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.disagreement import Disagreement, settled
from cohesion_qda.model.ids import CodeId, CoderId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span, comparable, count_words
from cohesion_qda.report.answers.agreement_words import place
from cohesion_qda.ui.retrieve.cards import CodeLook, code_look

if TYPE_CHECKING:
    from cohesion_qda.project import Project

AROUND = 1  # turns before and after that are shown


@dataclass(frozen=True, slots=True)
class Row:
    """A disagreement in the list: its code, where it is, and how it was settled (empty: not yet)."""

    found: Disagreement
    code: CodeLook
    place: str
    settled: str = ""

    @property
    def key(self) -> tuple[int, int, int]:
        """What makes it the same one after reading again."""
        return self.found.code, self.found.source, self.found.span.start

    def told(self) -> str:
        """The line in words, for screen readers."""
        return ". ".join((self.code.path, self.place, self.settled or _("Not settled")))


@dataclass(frozen=True, slots=True)
class Found:
    """All disagreements. `coders` are those compared, `names` everybody's; `problem` says why there are none to show,
    and what to do. `together` is the name under which they are settled together: the one that was used last, or
    one proposed.
    """

    rows: tuple[Row, ...] = ()
    coders: tuple[CoderId, ...] = ()
    names: Mapping[CoderId, str] = field(default_factory=dict)
    me: str = ""
    together: str = ""
    problem: tuple[str, str] = ("", "")

    @property
    def is_third(self) -> bool:
        """Whether who codes now is none of those compared."""
        return comparable(self.me) not in {comparable(self.names[coder]) for coder in self.coders}

    @property
    def left(self) -> int:
        """How many are not settled."""
        return sum(not row.settled for row in self.rows)


@dataclass(frozen=True, slots=True)
class Passage:
    """A disagreement with the words around it: `pieces` are (who speaks, where) from the turns before it to those
    after. The code's `definition` is in paragraphs.
    """

    found: Disagreement
    code: CodeLook
    text: str
    pieces: tuple[tuple[str, Span], ...]
    definition: tuple[tuple[str, str], ...] = ()

    def words(self, spans: Sequence[Span]) -> int:
        """How many words lie in some places."""
        return sum(count_words(span.of(self.text)) for span in spans)


def look(project: Project, asked: Asked) -> Found:
    """Every disagreement, as a row. Runs on the project thread."""
    try:
        listed = project.agreement.disagreements(asked)
        compared = project.agreement.compared(asked)
    except UserError as error:
        return Found(problem=(error.message, error.hint))
    tree = project.codebook.tree()
    sources = {source.id: source.name for source in project.sources.list()}
    looks = {code: code_look(tree, code) for code in {d.code for d in listed}}
    rows = tuple(Row(d, looks[d.code], place(sources[d.source], d.turn)) for d in listed)
    return settled_now(project, Found(rows, tuple(coder.id for coder in compared)))


def settled_now(project: Project, found: Found) -> Found:
    """The same disagreements, as they are settled by now. A settlement changes nothing of what was compared, so that only
    it is read again, however many there are. Runs on the project thread.
    """
    try:
        settlements = project.agreement.settlements()
    except UserError as error:
        return Found(problem=(error.message, error.hint))
    names = {coder.id: coder.name for coder in project.coders()}
    now = settled([row.found for row in found.rows], settlements)
    rows = tuple(
        row
        if row.found is d and bool(d.settled) is bool(row.settled)
        else replace(row, found=d, settled=_settled(d, names))
        for row, d in zip(found.rows, now, strict=True)
    )
    together = names[settlements[0].coder] if settlements else _("Agreed")
    return replace(found, rows=rows, names=names, me=project.coder.name, together=together)


def passage(project: Project, row: Row) -> Passage:
    """The words around a disagreement. Runs on the project thread."""
    found = row.found
    reading = project.sources.reading(found.source)
    code = project.codebook.tree()[found.code]
    about = (("", code.definition), (_("Use it when"), code.use_when), (_("Not when"), code.not_when))
    return Passage(
        found, row.code, reading.text, tuple(_pieces(reading, found.span)), tuple((h, t) for h, t in about if t.strip())
    )


def _pieces(reading: Reading, span: Span) -> list[tuple[str, Span]]:
    places = reading.places
    touched = [n for n, place in enumerate(places) if place.overlaps(span)]
    if not touched:
        return [("", span)]
    first, last = max(0, touched[0] - AROUND), min(len(places) - 1, touched[-1] + AROUND)
    who = [reading.speakers[turn.speaker].label for turn in reading.turns] or [""] * len(places)
    return [(who[n], places[n]) for n in range(first, last + 1) if len(places[n])]


def _settled(found: Disagreement, names: Mapping[CoderId, str]) -> str:
    if found.settled is None:
        return ""
    said = _("Settled: it applies ({coder})") if found.settled.is_applied else _("Settled: it does not apply ({coder})")
    return said.format(coder=names.get(found.settled.coder, ""))


def used(found: Passage, spans: Sequence[Span]) -> str:
    """What a coder did in the place."""
    if not spans:
        return _("did not use the code here")
    n = found.words(spans)
    return ngettext("used it on {n} word", "used it on {n} words", n).format(n=f"{n:,}")


def codes_of(rows: Sequence[Row]) -> dict[CodeId, str]:
    """The codes that there are disagreements about, by their paths."""
    return {row.found.code: row.code.path for row in sorted(rows, key=lambda row: row.code.path)}
