"""What the values that the program keeps are called in the language of the moment: `interview` is kept, `Cyfweliad` is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Case
from cohesion_qda.model.codebook import COLOURS
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.text import comparable


def kinds() -> dict[str, str]:
    """The kinds of sources."""
    return {
        "focus group": _("Focus group"),
        "interview": _("Interview"),
        "document": _("Document"),
        "survey answer": _("Survey answer"),
        "field note": _("Field note"),
    }


def roles() -> dict[str, str]:
    """What a person does in a talk."""
    return {"participant": _("Participant"), "moderator": _("Moderator"), "observer": _("Observer")}


def colours() -> dict[str, str]:
    """The colours of codes."""
    words = (_("Navy"), _("Teal"), _("Plum"), _("Orange"), _("Charcoal"), _("Lilac"),
             _("Sky"), _("Leaf"), _("Ochre"), _("Rose"), _("Brick"), _("Indigo"))  # fmt: skip
    return dict(zip(COLOURS, words, strict=True))


def types() -> dict[str, str]:
    """What the values of an attribute are."""
    return {"category": _("category"), "number": _("number"), "date": _("date"), "text": _("text")}


def statuses() -> dict[str, str]:
    """How far a theme is."""
    return {"candidate": _("candidate"), "reviewed": _("reviewed"), "defined": _("defined")}


def states() -> dict[str, str]:
    """Whether a source has been read to its end."""
    return {"": _("not done"), "not done": _("not done"), "done": _("Done")}


def directions() -> dict[str, str]:
    """Which way a code points."""
    return {"": _("Neither way"), "for": _("For cohesion"), "against": _("Against cohesion")}


def plan_kinds() -> dict[str, str]:
    """What stands in a plan."""
    return {"date": _("Key date"), "step": _("Next step")}


def parts() -> dict[str, str]:
    """What the author of a report writes."""
    return {
        "title": _("Title"), "authors": _("Authors"), "summary": _("Summary"), "small numbers": _("Small numbers"),
        "date": _("Date"), "version": _("Version"), "attribution": _("Attribution of quotations"),
        "areas": _("Comparison of areas"),
    }  # fmt: skip


def in_sentence(value: str, called: Mapping[str, str]) -> str:
    """What `value` is called, inside a sentence; one that has no other name stays as it is."""
    name = called.get(value)
    return value if name is None else name[:1].lower() + name[1:]


def kind(value: str) -> str:
    """What a kind of source is called, inside a sentence."""
    return in_sentence(value, kinds())


def to_write(values: Iterable[str], called: Mapping[str, str]) -> str:
    """Values that have to be written as they are, each beside its name where that is another word: `interview (cyfweliad)`."""
    names = {value: in_sentence(value, called) for value in values}
    return ", ".join(
        value if name == value else _("{name} ({more})").format(name=value, more=name) for value, name in names.items()
    )


def cases(known: Iterable[Case]) -> dict[CaseId, str]:
    """A name for each person and group of a study that no other of them has: their own, or where several are called so the
    one with their group, `Zoë (03 New communities)`; with a number where that does not tell them apart either.
    """
    of = {case.id: case for case in known}
    names = {case.id: case.name for case in of.values()}
    shared, is_first = _shared(names), True
    while shared:
        nth = Counter[str]()
        for case in shared:
            name, group = names[case], of.get(of[case].group or CaseId(0)) if is_first else None
            nth[comparable(name)] += 1
            names[case] = _("{name} ({more})").format(name=name, more=group.name if group else nth[comparable(name)])
        shared, is_first = _shared(names), False
    return names


def _shared(names: Mapping[CaseId, str]) -> list[CaseId]:
    """Whose name another has too."""
    often = Counter(map(comparable, names.values()))
    return sorted(case for case, name in names.items() if often[comparable(name)] > 1)
