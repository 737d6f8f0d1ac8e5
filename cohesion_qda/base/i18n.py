"""Words for people, through gettext: one catalogue, whole sentences with named holes.

English is in the program itself and loads nothing. Another language is a compiled catalogue among the program's files,
`locale/<language>/LC_MESSAGES/cohesion_qda.mo`, made from the `.po` beside it by `python -m tests.tools.catalogue`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gettext as _gettext  # loaded only where another language is spoken

ENGLISH = "en"
LANGUAGES = ("en", "cy")  # those the program speaks
NAMES = {"en": "English", "cy": "Cymraeg"}  # as their speakers write them
DRAFTED = ("cy",)  # by a machine, and not reviewed yet
DOMAIN = "cohesion_qda"
SYSTEM = "system"
VARIABLE = "COHESION_QDA_LANGUAGE"  # tells the processes that the program starts which language is spoken

_catalogue: _gettext.NullTranslations | None = None
_language = ENGLISH


def use(catalogue: _gettext.NullTranslations | None, language: str = ENGLISH) -> None:
    """Speak with `catalogue` from now on; None is the English of the program."""
    global _catalogue, _language
    _catalogue, _language = catalogue, language


def speak(wanted: str = SYSTEM) -> str:
    """Speak a language of LANGUAGES from now on; `system` is the computer's where we have it and somebody has reviewed it,
    else English: a machine's draft has to be chosen. The environment's LANGUAGE, where it names one of ours, has the last
    word. Gives the one that is spoken.
    """
    language = chosen(wanted)
    catalogue = None if language == ENGLISH else _load(language)
    use(catalogue, ENGLISH if catalogue is None else language)
    os.environ[VARIABLE] = _language
    return _language


def chosen(wanted: str) -> str:
    """The language that `wanted` (a language, or `system`) means on this computer."""
    named = os.environ.get("LANGUAGE", "")
    for place in named.split(":"):
        if place and _known(place):
            return _known(place)
    if wanted in LANGUAGES:
        return wanted
    reviewed = (_known(name) for name in _of_system() if _known(name) not in DRAFTED)
    return next((found for found in reviewed if found), ENGLISH)


def language() -> str:
    """The language that is spoken: `en`, `cy`."""
    return _language


def locale() -> str:
    """The name by which dates and numbers are written: `en_GB`, `cy_GB`."""
    return f"{_language}_GB"


def named(language: str) -> str:
    """A language of LANGUAGES by its name, with a word about one that nobody has reviewed."""
    if language not in DRAFTED:
        return NAMES[language]
    return _("{language} (machine-drafted, awaiting review)").format(language=NAMES[language])


def _(sentence: str) -> str:
    return sentence if _catalogue is None else _catalogue.gettext(sentence)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for `n` things."""
    if _catalogue is None:
        return one if n == 1 else many
    return _catalogue.ngettext(one, many, n)


def _known(name: str) -> str:
    """Ours for a name like `cy_GB.UTF-8`; empty when we have none."""
    code = name.replace("-", "_").partition("_")[0].partition(".")[0].casefold()
    return code if code in LANGUAGES else ""


def _of_system() -> list[str]:
    """What the computer is said to speak, in order."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if sys.platform in ("win32", "darwin") and not any(named):
        import locale as _locale

        named.append(_locale.getlocale()[0] or "")
    return [name for name in named if name][:1]


def _load(language: str) -> _gettext.NullTranslations | None:
    import gettext

    from cohesion_qda.base.resources import resource

    try:
        with resource(f"locale/{language}/LC_MESSAGES/{DOMAIN}.mo").open("rb") as file:
            return gettext.GNUTranslations(file)
    except OSError:
        return None


if os.environ.get(VARIABLE, ENGLISH) != ENGLISH:  # a process that the program started
    speak(os.environ[VARIABLE])
