"""Details: what in the words of a report may tell who somebody is, and what its author decided about each."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import Span

NAME, PLACE, ORGANISATION = "name", "place", "organisation"
ADDRESS, TELEPHONE, POSTCODE = "address", "telephone", "post code"
ATTRIBUTION, NUMBERS = "attribution", "numbers"
WORDS = (NAME, PLACE, ORGANISATION, ADDRESS, TELEPHONE, POSTCODE)
KINDS = (*WORDS, ATTRIBUTION, NUMBERS)
"""What a detail is: a name of a person, a place or an organisation, an e-mail or web address, a telephone number, a post code; what stands under
quotations from a source in which few people speak (`words` is the source's name); a table that shows numbers of few people (its title).
"""

KEEP, REPLACE, LEAVE_OUT = "keep", "replace", "leave out"
VERDICTS = (KEEP, REPLACE, LEAVE_OUT)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a detail stands: `where` in the report, the `text` around it and its span there (code points). `source` and `at` say where it was
    said; None for what its author wrote.
    """

    where: str
    text: str
    span: Span
    source: SourceId | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """`kind` is one of KINDS, `verdict` one of VERDICTS, or empty where nobody has settled it: then it is masked. `instead` are the author's
    words for one that is replaced; `masked` is what stands for one where that is not `mask(kind)`. `spots` are the places where it stands, in the report's order; `few` how many numbers of few people a table
    shows.
    """

    kind: str
    words: str
    verdict: str = ""
    instead: str = ""
    spots: tuple[Spot, ...] = ()
    few: int = 0
    masked: str = ""

    @property
    def is_settled(self) -> bool:
        return bool(self.verdict)

    @property
    def written(self) -> str:
        """What stands in the report in its place."""
        if self.verdict == KEEP:
            return self.words
        if self.verdict == LEAVE_OUT:
            return LEFT_OUT
        return self.instead or self.masked or mask(self.kind)


LEFT_OUT = "[…]"


def mask(kind: str) -> str:
    """What stands for words of a kind that nobody has settled."""
    return {
        NAME: _("[name]"), PLACE: _("[place]"), ORGANISATION: _("[organisation]"), ADDRESS: _("[address]"),
        TELEPHONE: _("[telephone number]"), POSTCODE: _("[post code]"),
    }[kind]  # fmt: skip


def kind_names() -> dict[str, str]:
    """What each kind is called over a list of its details."""
    return {
        NAME: _("Names of people"),
        PLACE: _("Names of places"),
        ORGANISATION: _("Names of organisations"),
        ADDRESS: _("E-mail and web addresses"),
        TELEPHONE: _("Telephone numbers"),
        POSTCODE: _("Post codes"),
        ATTRIBUTION: _("Sources with few speakers"),
        NUMBERS: _("Numbers of few people"),
    }


def verdict_names() -> dict[str, str]:
    """What each verdict is called; the empty one too."""
    return {"": _("not settled"), KEEP: _("kept"), REPLACE: _("replaced"), LEAVE_OUT: _("left out")}
