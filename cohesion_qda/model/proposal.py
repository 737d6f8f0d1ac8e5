"""Codes proposed for what is not coded yet: what they stand on, and how far they can be trusted in this study."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.text import Span

TEN = 10  # how many proposals the plain sentence speaks of
KEY = "proposed-code"  # what the key of every proposal begins with


@dataclass(frozen=True, slots=True)
class Described:
    """A code as it describes itself: `words` are its name, definition and when to use it, with full stops between, and `example` is
    its example, which is mostly a passage coded with it. `branch` are the code and those under it. `is_offered` is false for codes
    set aside and for research questions.
    """

    code: CodeId
    name: str
    words: str
    branch: frozenset[CodeId]
    is_offered: bool = True
    example: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """What is learnt from, and all that travels to be ranked by: the codebook, the codings that may be seen as
    (coding, source, start, end, code, coder), and the places passed over as (source, start, end, code).
    """

    codes: tuple[Described, ...]
    codings: tuple[tuple[int, int, int, int, int, int], ...]
    passed_over: tuple[tuple[int, int, int, int], ...] = ()


def bases(coded: Coded) -> dict[CodeId, Hashable]:
    """Of each code that is offered what its honesty hangs on: its codings, what was passed over for it, and how it describes itself.
    Equal as long as measuring it again would say the same, but for how other codes are used.
    """
    own: dict[int, list[tuple[int, ...]]] = {}
    for row in coded.codings:
        own.setdefault(row[4], []).append(row[1:4])
    gone: dict[int, list[tuple[int, ...]]] = {}
    for place in coded.passed_over:
        gone.setdefault(place[3], []).append(place)
    return {
        d.code: (
            hash(tuple(own.get(d.code, ()))), len(own.get(d.code, ())), hash(tuple(gone.get(d.code, ()))), d.words, d.example,
        )
        for d in coded.codes
        if d.is_offered
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """A coded passage that is like the one proposed; `cosine` is 1 for the same words."""

    coding: CodingId
    source: SourceId
    span: Span
    cosine: float


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a proposal: words of the passage with their weight (the heaviest first; may be empty), the coded passages
    nearest to it, and whether it stands on what the code says of itself alone, for want of examples.
    """

    words: tuple[tuple[str, float], ...] = ()
    nearest: tuple[Near, ...] = ()
    by_definition: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """That `code` probably belongs to a passage. `score` orders the proposals of one code (higher is likelier); `chance` is the
    share of passages with such a score that turned out right when codings were held back, None where that is not known.
    `of` is the hash of the text it was found in, empty where the place is sure.
    """

    code: CodeId
    source: SourceId
    span: Span
    score: float
    why: Why
    chance: float | None = None
    tier: str = "words"
    of: str = ""

    @property
    def key(self) -> str:
        """What the coding keeps when the proposal is accepted: which code, and by which means it was proposed."""
        return f"{KEY}:{self.code}:{self.tier}"


@dataclass(frozen=True, slots=True)
class Honesty:
    """How the proposals of a code fare where the researcher's own codings were held back.

    `examples` are the coded passages and `participants` those who said them; `tested` is how many were held back and looked for, by
    `split` ("source", "participant" or, in a document, "passage"), a part at a time. `precision` is the share that was right among
    the first ten (or as many as were held back, where that are fewer), `recall` the share found of all held back where as many are
    proposed as there are, `average_precision` that of the parts on average. `expected` of the next `of` proposals should be right, four times in five between `low` and `high`. `curve` gives for rising scores the share that was right.
    Where there are not enough examples (`lacking` passages more, by at least two participants) there are no such figures.
    `floor` is the precision of proposing at random. What was not coded may yet belong to the code, so all figures err downwards.
    """

    code: CodeId
    examples: int
    participants: int
    tested: int = 0
    split: str = ""
    parts: int = 0
    precision: float | None = None
    recall: float | None = None
    average_precision: float | None = None
    floor: float | None = None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    of: int = TEN
    lacking: int = 0
    curve: tuple[tuple[float, float], ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there were enough examples to hold some back."""
        return self.expected is not None

    @property
    def is_weak(self) -> bool:
        """Whether fewer than half of the next proposals should be right."""
        return self.expected is not None and self.expected < self.of / 2

    @property
    def sentence(self) -> str:
        """What to expect, in plain words."""
        return said(self)

    def chance(self, score: float) -> float | None:
        """The share of passages with about this score that was right; None where that is not known."""
        if not self.curve:
            return None
        return next((share for least, share in reversed(self.curve) if score >= least), self.curve[0][1])


@dataclass(frozen=True, slots=True)
class Ranked:
    """The likeliest passages of one code, the likeliest first, out of `candidates` that are not coded with it yet; `examples` are
    the coded passages it learnt from. `tier` is how meaning was compared: "minilm", or "words" without sentence vectors.
    """

    code: CodeId
    proposals: tuple[Proposal, ...]
    candidates: int
    examples: int
    tier: str


def with_chances(ranked: Ranked, honesty: Honesty) -> Ranked:
    """The same proposals, each with its chance."""
    return replace(ranked, proposals=tuple(replace(p, chance=honesty.chance(p.score)) for p in ranked.proposals))


def said(found: Honesty) -> str:
    """The honesty of one code as a plain sentence."""
    if found.expected is None:
        return _lacking(found)
    if not found.of:
        return _("There is nothing left to suggest for this code.")
    n = round(found.expected)
    numbers = _numbers()
    values = {"of": numbers[found.of], "n": numbers[n]}
    if not n:
        return _("Of the {of} it would suggest next, expect none to be right. Code more passages first.").format(
            **values
        )
    if n == found.of:
        return _("Of the {of} it would suggest next, expect all to be right.").format(**values)
    return ngettext(
        "Of the {of} it would suggest next, expect {n} to be right.",
        "Of the {of} it would suggest next, expect {n} to be right.", n,
    ).format(**values)  # fmt: skip


def likely(found: Honesty) -> str:
    """Between which numbers the truth likely lies, as a sentence; empty where nothing could be measured."""
    if found.low is None or found.high is None or not found.of:
        return ""
    return ngettext(
        "Between {low} and {high} is likely; {tested} coded passage was held back to measure it.",
        "Between {low} and {high} is likely; {tested} coded passages were held back to measure it.",
        found.tested,
    ).format(low=round(found.low), high=round(found.high), tested=found.tested)


def _lacking(found: Honesty) -> str:
    if not found.lacking:
        return _("Not enough examples: code passages by at least two participants.")
    return ngettext(
        "Not enough examples: code at least {n} more passage by at least two participants.",
        "Not enough examples: code at least {n} more passages by at least two participants.",
        found.lacking,
    ).format(n=found.lacking)


def _numbers() -> Sequence[str]:
    return (
        _("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"), _("ten"),
    )  # fmt: skip
