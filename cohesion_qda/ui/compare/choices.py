"""Which chips each kind of answer has, what they offer, and what choosing does to what is asked. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.query import Having, either
from cohesion_qda.model.table import OF, QUESTION, SOURCE
from cohesion_qda.ui.compare.asking import Offer
from cohesion_qda.ui.retrieve.filters import name_in_words, plain_name

ALL = "all"  # of codes: the whole codebook
CHOOSE = "choose"  # of codes: tick some


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the things that can be chosen. `value` None with `words`: a title over those that follow."""

    words: str
    value: Hashable = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A chip. `is_many`: some of many are ticked; otherwise one of a few is chosen. `is_on`: it narrows, and can be cleared."""

    key: str
    name: str
    words: str
    picks: tuple[Pick, ...]
    chosen: tuple[Hashable, ...] = ()
    is_many: bool = False
    is_on: bool = False


CHIPS = {
    "crosstab": ("by", "then", "unit", "share", "codes", "branch", "coders", "settled", "test", "correction"),
    "frequencies": ("question", "unit", "branch", "coders", "settled"),
    "cooccurrence": ("how", "turns", "least", "codes", "branch", "coders", "settled"),
    "dynamics": ("group", "asked", "agrees", "example", "dissents", "dissenting", "coders", "settled"),
    "portrait": ("whose", "codes", "branch", "coders", "settled"),
    "timeline": ("date", "codes", "unit", "branch", "coders", "settled"),
    "saturation": ("things", "order", "base", "run", "threshold", "codes", "branch", "coders", "settled"),
    "agreement": ("who", "over", "codes", "branch"),
    "framework": ("cases", "codes", "branch"),
}  # fmt: skip


def choices(asked: Asked, offer: Offer) -> list[Choice]:
    """The chips of what is asked, in order; without those in which there is nothing to choose."""
    made = (_MAKERS[key](asked, offer) for key in CHIPS[asked.kind])
    return [choice for choice in made if choice is not None]


def chosen(asked: Asked, key: str, values: Sequence[Hashable]) -> Asked:
    """What is asked when these are chosen by the chip `key`; none: what it was without it."""
    value: Any = values[0] if values else None
    if key in ("by", "then"):
        return _by(asked, key, value or "")
    if key in ("coders", "who"):
        return replace(asked, coders=tuple(str(v) for v in values if v)).with_option(settled=None)
    if key == "settled":
        return replace(asked, coders=() if value else asked.coders).with_option(settled=True if value else None)
    if key == "codes":
        return replace(asked, codes=tuple(values))  # type: ignore[arg-type]
    if key in ("unit", "share"):
        return replace(asked, **{key: value or ("participants" if key == "unit" else "")})
    if key == "branch":
        return replace(asked, branch=bool(value))
    if key == "group":
        return asked.with_option(source=value or None)
    if key == "asked":
        return asked.with_option(question=value or None)
    if key == "whose":
        return asked.with_option(**{"source": None, "case": None, **({value[0]: value[1]} if value else {})})
    if key in ("agrees", "example", "dissents", "dissenting"):
        return asked.with_option(**{key: tuple(values) or None})  # type: ignore[dict-item,arg-type]
    if key == "test" and not value:
        return asked.with_option(test=None, correction=None)
    is_kept = key == "date"  # the day of the import is a choice, not the lack of one
    return asked.with_option(**{key: value if value != "" or is_kept else None})


def _by(asked: Asked, key: str, name: str) -> Asked:
    if key == "then":
        return replace(asked, by=(*asked.by[:1], name) if name and asked.by else asked.by[:1])
    second = tuple(other for other in asked.by[1:] if other != name)
    return replace(asked, by=(name, *second) if name else ())


# -- what each chip offers ------------------------------------------------------------------------------------------------


def capital(words: str) -> str:
    """With a capital letter, as an entry in a menu begins."""
    return words[:1].upper() + words[1:]


def _attributes(offer: Offer, but: str = "") -> Iterator[Pick]:
    for title, about in ((_("Of sources"), "source"), (_("Of people"), "participant")):
        names = [name for name in offer.choices.names(about) if name != but]
        if names:
            yield Pick(title)
            yield from (Pick(capital(name_in_words(name)), name) for name in names)
    if offer.choices.names("section") and but != QUESTION:
        yield Pick(_("Of the talk"))
        yield Pick(capital(name_in_words(QUESTION)), QUESTION)


def _first_by(asked: Asked, offer: Offer) -> Choice:
    by = asked.by[0] if asked.by else ""
    words = _("By {attribute}").format(attribute=name_in_words(by)) if by else _("Whole study")
    return Choice("by", _("Compared by"), words, (Pick(_("Whole study"), ""), *_attributes(offer)), (by,))


def _second_by(asked: Asked, offer: Offer) -> Choice | None:
    if not asked.by:
        return None
    by = asked.by[1] if len(asked.by) > 1 else ""
    words = _("then {attribute}").format(attribute=name_in_words(by)) if by else _("then by …")
    picks = (Pick(_("Nothing more"), ""), *_attributes(offer, asked.by[0]))
    return Choice("then", _("And within that by"), words, picks, (by,), is_on=bool(by)) if len(picks) > 1 else None


def _units() -> tuple[Pick, ...]:
    return (
        Pick(_("People"), "participants"), Pick(_("Groups"), "groups"), Pick(_("Mentions"), "mentions"),
        Pick(_("Turns"), "turns"), Pick(_("Words"), "words"),
    )  # fmt: skip


def _shares() -> tuple[Pick, ...]:
    return (
        Pick(_("Counts"), ""), Pick(_("Share of the row"), "row"), Pick(_("Share of the column"), "column"),
        Pick(_("Share of all"), "total"),
    )  # fmt: skip


def _one(key: str, name: str, picks: Sequence[Pick], value: Hashable, *, is_on: bool = False) -> Choice:
    """A chip that shows the one that is chosen."""
    words = next((pick.words for pick in picks if pick.value == value), str(value))
    return Choice(key, name, words, tuple(picks), (value,), is_on=is_on)


def _codes(asked: Asked, offer: Offer) -> Choice:
    tree, n = offer.tree, len(asked.codes)
    under = {code.id: branch_of(offer, code.id) for code in tree.children() if tree.children(code.id)}
    same = next((code for code, codes in under.items() if codes == asked.codes), None)
    if not n:
        words, now = _("All codes"), (ALL,)
    elif same is not None:
        words, now = tree[same].name, (same,)
    else:
        words, now = ngettext("{n} code", "{n} codes", n).format(n=n), (CHOOSE,)
    picks = [
        Pick(_("All codes"), ALL),
        *(Pick(tree[code].name, code) for code in under),
        Pick(_("Choose codes …"), CHOOSE),
    ]
    return Choice("codes", _("Codes"), words, tuple(picks), now, is_on=bool(n))


def branch_of(offer: Offer, code: Any) -> tuple[Any, ...]:
    """The codes under a question (or any code with others under it), in the codebook's order."""
    return tuple(one for one in offer.tree.branch(code) if one != code)


def code_picks(offer: Offer) -> tuple[Pick, ...]:
    """Every code, to be ticked; with those over it, so that two of one name are told apart."""
    tree = offer.tree
    return tuple(Pick(code.name, code.id, tree.path(code.id).rpartition("/")[0].replace("/", " › ")) for code in tree)


def _question(asked: Asked, offer: Offer) -> Choice | None:
    roots = [code for code in offer.tree.children() if offer.tree.children(code.id)]
    if len(roots) < 2:
        return _codes_of_frequencies(asked, offer)
    picks = (Pick(_("All codes"), None), *(Pick(code.name, code.id) for code in roots))
    now = asked.option("question")
    words = offer.tree[now].name if now in offer.tree else _("All codes")
    return Choice("question", _("Research question"), words, picks, (now,), is_on=now is not None)


def _codes_of_frequencies(asked: Asked, offer: Offer) -> Choice | None:
    return _codes(asked, offer) if len(offer.tree) > 1 else None


def _branch(asked: Asked, offer: Offer) -> Choice | None:
    if not any(offer.tree.children(code.id) for code in offer.tree):
        return None
    picks = (Pick(_("Each code alone"), False), Pick(_("Codes with those under them"), True))
    return _one("branch", _("Codes under a code"), picks, asked.branch)


def _coders(asked: Asked, offer: Offer) -> Choice | None:
    names = offer.choices.coders
    if not asked.coders and (len(names) < 2 or offer.only is not None):
        return None
    words = either(asked.coders) if asked.coders else _("All coders")
    picks = tuple(Pick(name, name) for name in names)
    return Choice("coders", _("Coders"), words, picks, asked.coders, is_many=True, is_on=bool(asked.coders))


def _settled(asked: Asked, offer: Offer) -> Choice | None:
    is_on = bool(asked.option("settled"))
    if not is_on and not offer.has_settled:
        return None
    picks = (Pick(_("As every coder coded"), False), Pick(_("As settled"), True))
    return _one("settled", _("Where coders differed"), picks, is_on, is_on=is_on)


def _who(asked: Asked, offer: Offer) -> Choice | None:
    names = asked.coders
    if len(offer.choices.coders) < 2 or offer.only is not None:
        return None
    if len(names) > 1:
        words = _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
    else:
        words = _("Choose coders") if names else _("All coders")
    return Choice("who", _("Coders"), words, tuple(Pick(name, name) for name in offer.choices.coders), names, True)


def _test(asked: Asked, _offer: Offer) -> Choice | None:
    if not asked.by:
        return None
    picks = (Pick(_("No test of differences"), ""), Pick(_("Fisher’s exact test"), "fisher"), Pick(_("Chi-squared test"), "chi-squared"))  # fmt: skip
    now = asked.option("test", "")
    return _one("test", _("Test of differences"), picks, now, is_on=bool(now))


def _correction(asked: Asked, _offer: Offer) -> Choice | None:
    if not asked.option("test"):
        return None
    picks = (Pick(_("Corrected by Holm"), "holm"), Pick(_("Corrected by Benjamini–Hochberg"), "benjamini-hochberg"))
    return _one("correction", _("Correction for many tests"), picks, asked.option("correction", "holm"))


def _how(asked: Asked, _offer: Offer) -> Choice:
    picks = (
        Pick(_("In overlapping passages"), "overlap"), Pick(_("In the same turn"), "turn"),
        Pick(_("By the same person"), "participant"), Pick(_("In the same group"), "group"),
        Pick(_("Near each other"), "near"),
    )  # fmt: skip
    return _one("how", _("What counts as together"), picks, asked.option("how", "overlap"))


def _turns(asked: Asked, _offer: Offer) -> Choice | None:
    if asked.option("how", "overlap") != "near":
        return None
    picks = [Pick(ngettext("within {n} turn", "within {n} turns", n).format(n=n), n) for n in (1, 2, 3, 5, 10)]
    return _one("turns", _("How near"), picks, asked.option("turns", 1))


def _least(asked: Asked, _offer: Offer) -> Choice:
    picks = [Pick(_("Every pair of codes"), 1)]
    picks += [Pick(_("Pairs that meet {n} times or more").format(n=n), n) for n in (2, 3, 5, 10)]
    return _one("least", _("Pairs that are shown"), picks, asked.option("least", 1))


def _group(asked: Asked, offer: Offer) -> Choice:
    picks = (Pick(_("Every group"), ""), *(Pick(source.name, source.id) for source in offer.sources))
    now = asked.option("source") or ""
    if now and all(pick.value != now for pick in picks):
        picks = (
            *picks,
            Pick((asked.called or {}).get(f"source {now}", str(now)), now),
        )  # it is gone, which the page says
    return _one("group", _("Group"), picks, now, is_on=bool(now))


def _asked(asked: Asked, offer: Offer) -> Choice | None:
    titles = next((values for _name, about, values in offer.choices.attributes if about == "section"), ())
    if not titles:
        return None
    picks = (Pick(_("The whole talk"), ""), *(Pick(title, title) for title in titles))
    now = asked.option("question") or ""
    return _one("asked", _("Question asked"), picks, now, is_on=bool(now))


def _response(key: str) -> Callable[[Asked, Offer], Choice]:
    def made(asked: Asked, offer: Offer) -> Choice:
        name = {
            "agrees": _("Agrees"), "example": _("Gives an example"),
            "dissents": _("Dissents"), "dissenting": _("Gives a dissenting example"),
        }[key]  # fmt: skip
        codes = tuple(code for code in asked.option(key, ()) if code in offer.tree)
        named = either([offer.tree[code].name for code in codes])
        words = _("{response}: {codes}").format(response=name, codes=named) if codes else name
        return Choice(
            key, _("Codes for “{response}”").format(response=name), words, code_picks(offer), codes, True, bool(codes)
        )

    return made


def _whose(asked: Asked, offer: Offer) -> Choice | None:
    picks = [Pick(_("Transcripts")), *(Pick(source.name, ("source", source.id)) for source in offer.sources)]
    if offer.people:
        picks += [Pick(_("People")), *(Pick(case.name, ("case", case.id)) for case in offer.people)]
    now = next(((name, asked.option(name)) for name in ("case", "source") if asked.option(name) is not None), None)
    words = next((pick.words for pick in picks if pick.value == now and now is not None), _("Choose a transcript"))
    return Choice("whose", _("Transcript or person"), words, tuple(picks), (now,))


def _date(asked: Asked, offer: Offer) -> Choice | None:
    now = asked.option("date", offer.dates[0] if offer.dates else "")
    if not offer.dates and not now:
        return None
    picks = [Pick(_("By the day of the import"), "")]
    picks += [Pick(_("By {attribute}").format(attribute=name_in_words(name)), name) for name in offer.dates]
    return _one("date", _("Date"), picks, now)


def _things(asked: Asked, _offer: Offer) -> Choice:
    picks = (Pick(_("Group by group"), "groups"), Pick(_("Source by source"), "sources"))
    return _one("things", _("What is counted up"), picks, asked.option("things", "groups"))


def _order(asked: Asked, offer: Offer) -> Choice:
    picks = [Pick(_("In order of names"), "name"), Pick(_("In the order of the import"), "imported")]
    picks += [Pick(_("In order of {attribute}").format(attribute=name_in_words(name)), name) for name in offer.dates]
    return _one("order", _("Order"), picks, asked.option("order", "name"))


def _base(asked: Asked, _offer: Offer) -> Choice:
    picks = [Pick(_("Base of {n}").format(n=n), n) for n in (2, 3, 4, 5, 6, 8, 10)]
    return _one("base", _("Base size: what the new codes are measured against"), picks, asked.option("base", 4))


def _run(asked: Asked, _offer: Offer) -> Choice:
    picks = [Pick(_("Run of {n}").format(n=n), n) for n in (1, 2, 3, 4)]
    return _one("run", _("Run length: how many are looked at for new codes"), picks, asked.option("run", 2))


def _threshold(asked: Asked, _offer: Offer) -> Choice:
    picks = [Pick(_("At most {n}% new").format(n=n), n / 100) for n in (0, 5, 10)]
    return _one("threshold", _("Threshold: how little new counts as saturated"), picks, asked.option("threshold", 0.05))


def _over(asked: Asked, _offer: Offer) -> Choice:
    picks = (Pick(_("Letter by letter"), "characters"), Pick(_("Turn by turn"), "turns"),
             Pick(_("Sentence by sentence"), "sentences"), Pick(_("Source by source"), "sources"))  # fmt: skip
    return _one("over", _("What is compared"), picks, asked.option("over", "turns"))


def _cases(asked: Asked, _offer: Offer) -> Choice:
    picks = (Pick(_("A row for each person"), "participants"), Pick(_("A row for each group"), "groups"))
    return _one("cases", _("Cases"), picks, asked.option("cases", "participants"))


_MAKERS: dict[str, Callable[[Asked, Offer], Choice | None]] = {
    "by": _first_by, "then": _second_by, "codes": _codes, "question": _question, "branch": _branch, "coders": _coders,
    "settled": _settled,
    "who": _who, "test": _test, "correction": _correction, "how": _how, "turns": _turns, "least": _least,
    "group": _group, "asked": _asked, "whose": _whose, "date": _date, "things": _things, "order": _order, "base": _base,
    "run": _run, "threshold": _threshold, "over": _over, "cases": _cases,
    "unit": lambda asked, _offer: _one("unit", _("Unit"), _units(), asked.unit),
    "share": lambda asked, _offer: _one("share", _("Shares"), _shares(), asked.share, is_on=bool(asked.share)),
    **{key: _response(key) for key in ("agrees", "example", "dissents", "dissenting")},
}  # fmt: skip


# -- filters --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow: sources, people or the talk (`about`) by an attribute."""

    about: str
    name: str
    words: str
    values: tuple[str, ...]


def facets(offer: Offer) -> list[Facet]:
    """The ways to narrow that there is something to choose in."""
    made = []
    for name, about, values in offer.choices.attributes:
        own = QUESTION if about == "section" else _own_name(offer, name, about)
        made.append(Facet(about, own, capital(name_in_words(name)), values))
    if len(offer.sources) > 1:
        made.append(Facet("source", SOURCE, _("Transcript"), tuple(source.name for source in offer.sources)))
    return made


def _own_name(offer: Offer, name: str, about: str) -> str:
    """The name of an attribute without what tells it from that of the others, where there is one."""
    plain = plain_name(name, about)
    other = OF["source" if about == "participant" else "participant"].format(name=plain)
    return plain if any(other == known for known, _about, _values in offer.choices.attributes) else name


def narrowed(asked: Asked, about: str, name: str, values: Sequence[str]) -> Asked:
    """What is asked with these values asked for; none: it is not narrowed by that any more."""
    others = tuple(one for one in asked.where if (one.about, one.name) != (about, name))
    return replace(asked, where=(*others, Having(about, name, tuple(values))) if values else others)


def having_words(having: Having, offer: Offer) -> str:
    """A filter, for its chip: `Place: Luton or Dewsbury`."""
    words = next(
        (f.words for f in facets(offer) if (f.about, f.name) == (having.about, having.name)), capital(having.name)
    )
    return _("{attribute}: {values}").format(attribute=words, values=either(having.values))
