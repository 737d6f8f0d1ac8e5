"""Verbs on codings: apply and remove codes, and read back what was coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.coding import Coding, Passage
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.quotation import who_speaks
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

    def apply_new(
        self, source: SourceId, span: Span, name: str, parent: CodeId | None = None, also: Iterable[CodeId] = ()
    ) -> Change:
        """Make a code and use it on `span`, with the codes `also`, in one act."""
        place, _words = self._place(source, span)
        with self._s.act(
            "add-and-apply-code", focus=(source, place), code=" ".join(name.split()), source=self._s.source(source).name
        ) as action:
            self.apply_inside(source, place, [self._codebook.add_inside(name, parent), *also])
        return action.change

    def apply_inside(self, source: SourceId, span: Span, codes_: Iterable[CodeId], suggestion: str = "") -> int:
        """Code a span, as part of an action under way. Gives how many codings are new."""
        coder = self._s.coder_inside()
        segment = codings.find_or_add_segment(self._s.db, source, span)
        return sum(codings.add(self._s.db, segment, code, coder, now(), suggestion) for code in codes_)

    def apply_many(
        self,
        places: Sequence[tuple[SourceId, Span]],
        codes_: Iterable[CodeId],
        kind: str = "apply-code-many",
        *,
        new: tuple[str, CodeId | None] | None = None,
        **details: Any,
    ) -> Change:
        """Code many places (without white space at their ends) with each code, as the current coder, in one act; with a
        `new` one too (its name, and the code it is to stand under), which is made in it.

        `kind` and `details` are what the trail tells of it; `n`, the number of places that were coded anew, `code` and
        `source` (a name, or a list of them) are added. Raises as `apply`; then nothing is coded.
        """
        wanted = list(codes_)
        if not wanted and new is None:
            raise BadInput(_("No code was chosen."), _("Choose the code to apply."))
        if not places:
            raise BadInput(_("No passage was chosen."), _("Choose the passages to code."))
        names = [self._s.code_name(code) for code in wanted] + ([] if new is None else [" ".join(new[0].split())])
        texts = {source: self._text(source) for source in dict.fromkeys(source for source, _span in places)}
        chosen = dict.fromkeys((source, _inside(*texts[source], span)) for source, span in places)
        told = [name for name, _text in texts.values()]
        given = {"code": names, "source": told[0] if len(told) == 1 else told} | details
        with self._s.act(kind, focus=next(iter(chosen)), **given) as action:
            wanted += [] if new is None else [self._codebook.add_inside(*new)]
            action.details["n"] = sum(bool(self.apply_inside(source, span, wanted)) for source, span in chosen)
        return action.change

    def remove(self, wanted: Sequence[CodingId]) -> Change:
        """Take one's own codings away; those that are gone already are passed over. Raises BadInput for others'."""
        found = self._own(wanted)
        with self._s.act("remove-codings", focus=_focus(found), n=len(found), **self._about(found)) as action:
            codings.delete(self._s.db, [coding.id for coding in found])
        return action.change

    def set_weight(self, wanted: Sequence[CodingId], weight: int | None) -> Change:
        """Say how strongly the code fits each of one's own codings, 0 to 100; None: that is not said.

        Weights given within a minute are one act. Raises BadInput for another number, and for others' codings.
        """
        if weight is not None and not 0 <= weight <= 100:
            raise BadInput(
                _("{weight} is no weight.").format(weight=weight), _("Give a number from 0 to 100, or none.")
            )
        found = self._some(wanted)
        ids = [coding.id for coding in found]
        with self._s.act(
            "clear-weight" if weight is None else "set-weight",
            focus=_focus(found),
            merge_key="" if weight is None else f"weight:{','.join(map(str, ids))}",
            n=len(found),
            weight=weight,
            **self._about(found),
        ) as action:
            codings.set_weight(self._s.db, ids, weight)
        return action.change

    def move_ends(self, wanted: Sequence[CodingId], span: Span) -> Change:
        """Let one's own codings cover `span` (without white space at its ends) of their source instead.

        Memos on the codings go with them; what else is held by the old place, such as the codings of others, stays
        there. Where one has used the code on `span` already, one coding remains. Raises BadInput for a span that holds
        no text, for others' codings, and for codings of several sources.
        """
        found = self._some(wanted)
        source = found[0].source
        if any(coding.source != source for coding in found):
            raise BadInput(
                _("These passages stand in several sources."), _("Change the ends of one passage at a time.")
            )
        place, words = self._place(source, span)
        with self._s.act("move-ends", focus=(source, place), n=words, **self._about(found)) as action:
            segment = codings.find_or_add_segment(self._s.db, source, place)
            codings.move(self._s.db, [coding.id for coding in found], segment)
        return action.change

    def recode(self, wanted: Sequence[CodingId], into: CodeId) -> Change:
        """Let one's own codings be of the code `into`. Memos and weights stay with them; where one has used `into` on
        the passage already, one coding remains. Raises BadInput for others' codings, NotFound for a code that is gone.
        """
        name = self._s.code_name(into)
        found = self._some(wanted)
        about = self._about(found)
        with self._s.act("recode", focus=_focus(found), n=len(found), into=name, **about) as action:
            codings.recode_these(self._s.db, [coding.id for coding in found], into)
        return action.change

    def of_source(self, source: SourceId, only: str | None = None) -> list[Coding]:
        """All coders' codings of a source, or those of the coder named `only`, by start, the longest first."""
        return codings.of_source(self._s.db, source, self._s.whose(only))

    def uses(self) -> dict[CodeId, int]:
        """How often the current coder has used each code, where they have; the code used last first."""
        return codings.uses(self._s.db, self._s.coder.id)

    def get(self, wanted: Sequence[CodingId], only: str | None = None) -> list[Coding]:
        """These codings, or those among them of the coder named `only`, in the order given; those that are gone are
        left out.
        """
        found, coder = codings.by_ids(self._s.db, wanted), self._s.whose(only)
        return found if coder is None else [coding for coding in found if coding.coder == coder]

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
        with self._s.reading():
            return self._passages(codings.of_codes(self._s.db, wanted, self._s.whose(coder), sources))

    def passages(self, wanted: Sequence[CodingId]) -> list[Passage]:
        """These codings with their words and speakers, in the order given; those that may not be seen are left out."""
        return self._passages(self.get(wanted))

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
        name, text = self._text(source)
        place = _inside(name, text, span)
        return place, count_words(place.of(text))

    def _text(self, source: SourceId) -> tuple[str, str]:
        found = self._s.source(source)
        return found.name, sources.text(self._s.db, found.id)

    def _some(self, wanted: Sequence[CodingId]) -> list[Coding]:
        """At least one coding, all of the current coder. Raises BadInput."""
        found = self._own(wanted)
        if not found:
            raise BadInput(_("There is no such coding any more."), _("Choose a coded passage."))
        return found

    def _own(self, wanted: Sequence[CodingId]) -> list[Coding]:
        """Those of the codings that are there, all of the current coder. Raises BadInput when one is another's."""
        found = codings.by_ids(self._s.db, wanted)
        me = self._s.coder
        others = {coding.coder for coding in found} - {me.id}
        if others:
            names = sorted(coder.name for coder in cases.coders(self._s.db) if coder.id in others)
            raise BadInput(
                _("{coder} coded this passage; only they can change that.").format(coder=", ".join(names)),
                _("Code it yourself, or say that {coder} is coding.").format(coder=names[0]),
            )
        return found

    def _about(self, found: Sequence[Coding]) -> dict[str, Any]:
        """What the trail tells about codings: the names of their codes and of their sources."""
        tree = codes.tree(self._s.db)
        names = list(dict.fromkeys(tree[coding.code].name for coding in found))
        told = [self._s.source(source).name for source in dict.fromkeys(coding.source for coding in found)]
        return {
            "code": names[0] if len(names) == 1 else names,
            "source": told[0] if len(told) == 1 else told,
        }

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
        self._turns = sources.turns(session.db, source)
        self._speakers = {speaker.id: speaker for speaker in sources.speakers(session.db, source)}

    def who(self, span: Span) -> tuple[tuple[str, ...], int]:
        """The names of those who speak in `span`, in order, and the number of the first turn it touches."""
        return who_speaks(self._turns, self._speakers, span)


def _inside(name: str, text: str, span: Span) -> Span:
    """`span` of the source `name` without white space at its ends. Raises BadInput when it holds no text."""
    if span.end > len(text):
        raise BadInput(
            _("The text of “{source}” ends at {length}.").format(source=name, length=len(text)),
            _("Give positions inside it, as START:END."),
        )
    place = trimmed(text, span)
    if not len(place):
        raise BadInput(_("There are no words in that place."), _("Select some words first."))
    return place


def _focus(found: Sequence[Coding]) -> tuple[SourceId, Span] | None:
    return (found[0].source, found[0].span) if found else None


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
