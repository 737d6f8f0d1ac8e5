"""Words for people, through gettext: one catalogue, whole sentences with named holes."""

from __future__ import annotations

import gettext as _gettext

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use(catalogue: _gettext.NullTranslations) -> None:
    """Speak with `catalogue` from now on."""
    global _catalogue
    _catalogue = catalogue


def _(sentence: str) -> str:
    return _catalogue.gettext(sentence)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for `n` things."""
    return _catalogue.ngettext(one, many, n)
