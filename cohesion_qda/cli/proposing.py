"""`suggest PROJECT codes` and `evaluate PROJECT`: passages proposed for codes, and how far such proposals can be trusted here."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, note, reporting_job
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.proposal import TEN, Honesty, Near, Proposal, Ranked, likely, with_chances
from cohesion_qda.model.speaking import no_talk
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project

WIDEST = 160


def show_codes(project: Project, options: Namespace) -> int:
    """Print the likeliest passages for one code, or for every code that is offered for coding."""
    verbs, job, tree = project.proposed_codes, reporting_job(), project.codebook.tree()
    wanted = [tree.get(options.code).id] if options.code else [d.code for d in verbs.coded().codes if d.is_offered]
    if not wanted:
        raise BadInput(_("There is no code to propose passages for."), _("Add a code first."))
    if not options.json and _is_silent(project):
        return 0
    trust = verbs.honesty(wanted, branch=options.branch, job=job)
    found = [
        with_chances(verbs.ranked(code, options.number or TEN, branch=options.branch, job=job), honesty)
        for code, honesty in zip(wanted, trust, strict=True)
    ]
    tell_tier(project, found[0].tier)
    if not options.branch and options.code and len(tree.branch(wanted[0])) > 1:
        note(_("Only what is coded with “{code}” itself counts here; --branch takes the codes under it, too.").format(
            code=tree[wanted[0]].name
        ))  # fmt: skip
    if options.json:
        emit({"tier": found[0].tier, "codes": _Document(project, tree).all(found, trust)})
    else:
        _print(_Document(project, tree), found, trust)
    return 0


def tell_tier(project: Project, tier: str) -> None:
    """Where words alone were compared for want of sentence vectors, a note says why there are none."""
    from cohesion_qda.analysis import sentences

    if tier == "words" and (lacking := sentences.missing(project.wording.get().language)):
        note(lacking)


def evaluate(options: Namespace) -> int:
    """Print how far the proposals of each code can be trusted, measured on codings held back."""
    with reading(options.project) as project:
        tree = project.codebook.tree()
        if not options.json and list(tree) and _is_silent(project):
            return 0
        trust = project.proposed_codes.evaluate(reporting_job())
        if options.json:
            emit({"how": how(), "codes": [{"code": tree.path(one.code), **measured(one)} for one in trust]})
            return 0
        for one in trust:
            line(tree.path(one.code))
            line(f"    {one.sentence}")
            if one.is_enough:
                line(f"    {likely(one)}")
                line(f"    {_in_figures(one)}")
        if trust:
            note(how())
        else:
            line(_("There is no code to measure."))
    return 0


def _is_silent(project: Project) -> bool:
    """Whether there is nothing to learn from or to propose; that is said then."""
    silent = not any(u.role == "participant" or u.case is None for u in project.tables.talk().utterances)
    if silent:
        line(no_talk())
    return silent


def how() -> str:
    """How all of this is measured, in one paragraph."""
    return _(
        "Part of the codings of each code is held back, a fifth at a time, by whole sources (by participants where there is one "
        "source, by passages in a document or where codings run over several people’s turns), and looked for from the rest. No coding "
        "is cut, the example given with a code does not help, and sources that are hardly coded are left out. "
        "Passages that nobody has coded count as wrong, though some may belong to the code: the figures err downwards. What to "
        "expect is worked out from all that was held back, the precision from its first ten alone: with few examples they may "
        "differ. A passage with several codings counts once, and what moderators said not at all."
    )


def measured(one: Honesty) -> dict[str, Any]:
    """The honesty of one code as a document says it."""
    return {
        "sentence": one.sentence,
        "likely": likely(one),
        "is_enough": one.is_enough,
        "is_weak": one.is_weak,
        "examples": one.examples,
        "participants": one.participants,
        "lacking": one.lacking,
        "held_back": one.tested,
        "held_back_by": one.split,
        "parts": one.parts,
        "precision_at_10": _short(one.precision),
        "recall": _short(one.recall),
        "average_precision": _short(one.average_precision),
        "by_chance": _short(one.floor),
        "expected": _short(one.expected),
        "expected_low": one.low,
        "expected_high": one.high,
        "of": one.of,
    }


def _short(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


def _in_figures(one: Honesty) -> str:
    return ngettext(
        "Learnt from {n} passage; held back: precision at 10 {precision:.2f}, recall {recall:.2f} (by chance {floor:.2f}).",
        "Learnt from {n} passages; held back: precision at 10 {precision:.2f}, recall {recall:.2f} (by chance {floor:.2f}).",
        one.examples,
    ).format(n=one.examples, precision=one.precision, recall=one.recall, floor=one.floor)


class _Document:
    """Proposals with their words; the text of each source is read once."""

    def __init__(self, project: Project, tree: CodeTree) -> None:
        self._project = project
        self._tree = tree
        self._names = {source.id: source.name for source in project.sources.list()}
        self._texts: dict[SourceId, str] = {}

    def all(self, found: Sequence[Ranked], trust: Sequence[Honesty]) -> list[dict[str, Any]]:
        """Every code with its proposals."""
        return [
            {
                "code": self.path(ranked.code),
                "examples": ranked.examples,
                "candidates": ranked.candidates,
                "honesty": measured(honesty),
                "proposals": [self._proposal(proposal) for proposal in ranked.proposals],
            }
            for ranked, honesty in zip(found, trust, strict=True)
        ]

    def path(self, code: CodeId) -> str:
        """A code by its name and those it stands under."""
        return self._tree.path(code)

    def quote(self, source: SourceId, span: Span) -> str:
        """The words in a place."""
        if source not in self._texts:
            self._texts[source] = self._project.sources.text(source)
        return span.of(self._texts[source])

    def name(self, source: SourceId) -> str:
        """What a source is called."""
        return self._names[source]

    def _proposal(self, one: Proposal) -> dict[str, Any]:
        return {
            **self._place(one.source, one.span),
            "score": round(one.score, 4),
            "chance": _short(one.chance),
            "why": {
                "words": [{"word": word, "weight": round(weight, 4)} for word, weight in one.why.words],
                "nearest": [self._near(near) for near in one.why.nearest],
                "by_definition": one.why.by_definition,
            },
        }

    def _near(self, near: Near) -> dict[str, Any]:
        return {"coding": near.coding, "cosine": round(near.cosine, 4), **self._place(near.source, near.span)}

    def _place(self, source: SourceId, span: Span) -> dict[str, Any]:
        return {
            "source": self.name(source), "start": span.start, "end": span.end, "quote": self.quote(source, span)
        }  # fmt: skip


def _print(document: _Document, found: Sequence[Ranked], trust: Sequence[Honesty]) -> None:
    for ranked, honesty in zip(found, trust, strict=True):
        line(_("{code}: {sentence}").format(code=document.path(ranked.code), sentence=honesty.sentence))
        for one in ranked.proposals:
            words = shorten(document.quote(one.source, one.span), WIDEST, placeholder=" …")
            line(f"    “{words}” – {document.name(one.source)}")
            line(f"        {_reason(document, one)}")
    line(_("Suggested, not yet checked by a person."))


def _reason(document: _Document, one: Proposal) -> str:
    words = ", ".join(word for word, _weight in one.why.words)
    if one.why.nearest:
        near = one.why.nearest[0]
        like = shorten(document.quote(near.source, near.span), WIDEST // 2, placeholder=" …")
        if words:
            return _("Speaking for it: {words}. Like “{quote}”, which is coded so.").format(words=words, quote=like)
        return _("Like “{quote}”, which is coded so.").format(quote=like)
    if words:
        return _("By what the code says of itself. Speaking for it: {words}.").format(words=words)
    return _("By what the code says of itself.")
