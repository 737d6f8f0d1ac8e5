"""Verbs on codings: apply and remove codes, and read back what was coded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.coding import Coding, Passage
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.source import Speaker, Turn
from cohesion_qda.model.text import Span, count_words, trimmed
from cohesion_qda.project.codebook import Codebook
from cohesion_qda.project.session import Session, now
from cohesion_qda.store import cases, codes, codings, sources


class Codings:
    """`project.codings`."""

    def __init__(self, session: Session) -> None:
        self._s = session
        self._codebook = Codebook(session)

    def apply(self, source: SourceId, span: Span, codes_: Iterable[CodeId], suggestion: str = "") -> Change:
        """Code `span` of `source` (without white space at its ends) with each code, as the current coder.

        A coding that is already there is left as it is. Raises BadInput when the span holds no text, NotFound for a
        source or code that is not there.
        """
        wanted = list(codes_)
        if not wanted:
            raise BadInput(_("No code was chosen."), _("Choose the code to apply."))
        names = [self._s.code_name(code) for code in wanted]
        place, words = self._place(source, span)
        with self._s.act(
            "apply-code", focus=(source, place), code=names, source=self._s.source(source).name, n=words
        ) as action:
            self.apply_inside(source, place, wanted, suggestion)
        return action.change

    def apply_new(self, source: SourceId, span: Span, name: str, parent: CodeId | None = None) -> Change:
        """Make a code and use it on `span`, in one act."""
        place, _words = self._place(source, span)
        with self._s.act(
            "add-and-apply-code", focus=(source, place), code=" ".join(name.split()), source=self._s.source(source).name
        ) as action:
            self.apply_inside(source, place, [self._codebook.add_inside(name, parent)])
        return action.change

    def apply_inside(self, source: SourceId, span: Span, codes_: Iterable[CodeId], suggestion: str = "") -> int:
        """Code a span, as part of an action under way. Gives how many codings are new."""
        coder = self._s.coder_inside()
        segment = codings.find_or_add_segment(self._s.db, source, span)
        return sum(codings.add(self._s.db, segment, code, coder, now(), suggestion) for code in codes_)

    def remove(self, wanted: Sequence[CodingId]) -> Change:
        """Take codings away. Undoable."""
        found = self.passages(wanted)
        first = found[0] if found else None
        with self._s.act(
            "remove-codings",
            focus=(first.coding.source, first.coding.span) if first else None,
            n=len(found),
            code=first.code_path.rpartition("/")[2] if first else "",
            source=first.source_name if first else "",
        ) as action:
            codings.delete(self._s.db, [passage.coding.id for passage in found])
        return action.change

    def of_source(self, source: SourceId) -> list[Coding]:
        """All coders' codings of a source, by start, the longest first."""
        return codings.of_source(self._s.db, source)

    def get(self, wanted: Sequence[CodingId]) -> list[Coding]:
        """These codings, in the order given; those that are gone are left out."""
        return codings.by_ids(self._s.db, wanted)

    def retrieve(
        self,
        code: CodeId | None = None,
        *,
        branch: bool = True,
        coder: str | None = None,
        sources: Iterable[SourceId] | None = None,
    ) -> list[Passage]:
        """The passages coded with `code` (and, with `branch`, the codes under it), or all, by source and position."""
        wanted = None
        if code is not None:
            self._s.code_name(code)
            wanted = codes.tree(self._s.db).branch(code) if branch else [code]
        who = None
        if coder is not None:
            found = cases.find_coder(self._s.db, coder)
            if found is None:
                raise NotFound(_("coder"), coder, [c.name for c in cases.coders(self._s.db)])
            who = found.id
        with self._s.reading():
            return self._passages(codings.of_codes(self._s.db, wanted, who, sources))

    def passages(self, wanted: Sequence[CodingId]) -> list[Passage]:
        """These codings with their words and speakers, in the order given."""
        return self._passages(codings.by_ids(self._s.db, wanted))

    def import_quotes(self, path: Path | str) -> Change:
        """Add codings from a .csv sheet with the columns source, coder, code and quote, in one act.

        Each quote must stand exactly once in its source. Raises BadInput naming the first row that does not fit, NotFound for
        a source or code that is not there; then nothing is added.
        """
        from cohesion_qda.formats.codings import read_codings

        rows = read_codings(Path(path))
        tree = codes.tree(self._s.db)
        texts: dict[SourceId, str] = {}
        with self._s.act("import-codings", coders=sorted({row.coder for row in rows})) as action:
            new = 0
            for row in rows:
                source = self._s.source(row.source).id
                text = texts.setdefault(source, sources.text(self._s.db, source))
                span = find_quote(text, row.quote, row.source)
                coder = cases.find_coder(self._s.db, row.coder) or cases.add_coder(self._s.db, row.coder)
                segment = codings.find_or_add_segment(self._s.db, source, span)
                new += codings.add(self._s.db, segment, tree.get(row.code).id, coder.id, now())
            action.details["n"] = new
        return action.change

    def find_quote(self, source: SourceId, quote: str) -> Span:
        """Where `quote` stands in a source. Raises BadInput when it stands nowhere or more than once."""
        return find_quote(sources.text(self._s.db, source), quote, self._s.source(source).name)

    def _place(self, source: SourceId, span: Span) -> tuple[Span, int]:
        text = sources.text(self._s.db, self._s.source(source).id)
        if span.end > len(text):
            raise BadInput(
                _("The text of “{source}” ends at {length}.").format(
                    source=self._s.source(source).name, length=len(text)
                ),
                _("Give positions inside it, as START:END."),
            )
        place = trimmed(text, span)
        if not len(place):
            raise BadInput(_("There are no words in that place."), _("Select some words first."))
        return place, count_words(place.of(text))

    def _passages(self, found: Sequence[Coding]) -> list[Passage]:
        db = self._s.db
        tree = codes.tree(db)
        coders = {coder.id: coder.name for coder in cases.coders(db)}
        readings = {source: _Talk(self._s, source) for source in {coding.source for coding in found}}
        return [
            Passage(
                coding,
                readings[coding.source].name,
                coding.span.of(readings[coding.source].text),
                *readings[coding.source].who(coding.span),
                coders[coding.coder],
                tree.path(coding.code),
            )
            for coding in found
        ]


class _Talk:
    """One source, for finding who speaks where."""

    def __init__(self, session: Session, source: SourceId) -> None:
        self.name = session.source(source).name
        self.text = sources.text(session.db, source)
        self._turns: list[Turn] = sources.turns(session.db, source)
        self._starts = [turn.span.start for turn in self._turns]
        self._speakers: dict[int, Speaker] = {s.id: s for s in sources.speakers(session.db, source)}

    def who(self, span: Span) -> tuple[tuple[str, ...], int]:
        """The names of those who speak in `span`, in order, and the number of the first turn it touches."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        touched = []
        for turn in self._turns[first:]:
            if turn.span.start >= span.end:
                break
            if turn.span.overlaps(span):
                touched.append(turn)
        names = dict.fromkeys(self._speakers[turn.speaker].case_name for turn in touched)
        return tuple(names), touched[0].number if touched else 0


def find_quote(text: str, quote: str, source_name: str) -> Span:
    """Where `quote` stands in `text`. Raises BadInput when it stands nowhere or more than once."""
    quote = quote.strip()
    at = text.find(quote) if quote else -1
    if at < 0:
        raise BadInput(
            _("“{quote}” does not stand in “{source}”.").format(quote=quote[:60], source=source_name),
            _("Copy the words exactly as they stand in the transcript."),
        )
    if text.find(quote, at + 1) >= 0:
        raise BadInput(
            _("“{quote}” stands more than once in “{source}”.").format(quote=quote[:60], source=source_name),
            _("Give more of the words around it, or its position with --span START:END."),
        )
    return Span(at, at + len(quote))
