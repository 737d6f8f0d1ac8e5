"""How a coding is named, coloured and shaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId
from cohesion_qda.ui.theme import CodeColour, current_theme


class Looks:
    """The codebook and the coders of the moment, as the transcript shows them."""

    def __init__(self, tree: CodeTree | None = None, coders: Mapping[CoderId, str] | None = None) -> None:
        self._tree, self._coders = tree or CodeTree(), coders or {}
        self._known: dict[CodeId, tuple[CodeColour, str]] = {}

    def forget_colours(self) -> None:
        """The theme has changed."""
        self._known = {}

    def colour_name(self, coding: Coding) -> str:
        """The name of the code's colour in the palette."""
        return self._tree[coding.code].colour

    def colour(self, coding: Coding) -> CodeColour:
        """The code's colours in the theme of the moment."""
        return self._look(coding.code)[0]

    def of_code(self, code: CodeId) -> CodeColour:
        """The colours of a code in the theme of the moment."""
        return self._look(code)[0]

    def shape(self, coding: Coding) -> str:
        """The shape of the code's question."""
        return self._look(coding.code)[1]

    def words(self, coding: Coding) -> str:
        """The code's name; with the coder's initials when several people's codings are there."""
        name = self._tree[coding.code].name
        who = self.coder(coding) if len(self._coders) > 1 else ""
        return f"{name} · {''.join(word[0] for word in who.split())}" if who else name

    def coder(self, coding: Coding) -> str:
        """Who coded it."""
        return self._coders.get(coding.coder, "")

    def tip(self, codings: Iterable[Coding]) -> str:
        """A line for each coding: its whole path and who coded it."""
        said = []
        for coding in codings:
            path = self._tree.path(coding.code).replace("/", " › ")
            who = self.coder(coding)
            said.append(_("{code} (coded by {coder})").format(code=path, coder=who) if who else path)
        return "\n".join(said)

    def _look(self, code: CodeId) -> tuple[CodeColour, str]:
        if code not in self._known:
            self._known[code] = (current_theme().code_colour(self._tree[code].colour), self._tree.shape(code))
        return self._known[code]
