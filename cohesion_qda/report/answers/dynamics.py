"""Group dynamics: how much each says, who follows whom, and how each responds to a question (see
`analysis.dynamics`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cohesion_qda.analysis.dynamics import Follows, GroupTalk, Spoken, follows, is_counted, talk_of
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.report.answers import responses, said
from cohesion_qda.report.answers.material import Material
from cohesion_qda.report.answers.scene import Scene, scene
from cohesion_qda.report.numbers import percent
from cohesion_qda.report.words import number

NOBODY = CaseId(0)  # in a key: everybody together
KINDS = ("among", "answers", "asks", "other")  # who after whom, where there are several groups


def answer(material: Material, asked: Asked) -> Answer:
    """Talk shares, who follows whom, responses. Options: `source` (none: every focus group), `question` (a section's
    title; "": the whole talk), and for the responses `agrees`, `example`, `dissents`, `dissenting`, each some codes.
    Raises NotFound for a source, question or code that is not there, BadInput where nobody speaks.
    """
    s = scene(material, asked)
    follow = _matrix(s, asked) if s.is_one else _kinds(s, asked)
    parts = (_shares(s, asked), follow, *responses.parts(s, asked))
    title = _("Group dynamics: {group}").format(group=s.sources[0].name) if s.is_one else _("Group dynamics")
    return Answer(asked, title, parts, made=said.made(material, asked, s.looked_at, tuple(_counted(s))))


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The turns, or the codings, behind a cell."""
    s = scene(material, asked)
    if part == "shares":
        return _turns(s, key)
    if part == "follows":
        return _next_turns(s, key)
    return responses.behind(s, asked, key)


def _counted(s: Scene) -> Iterator[str]:
    yield _("Participants are counted; who moderates or observes has no share of the talk.")
    if s.question:
        yield _("Only what is said under the question “{question}”.").format(question=s.question)
    yield _(
        "Somebody follows another where the next turn is theirs; turns of one person in a row are no change of speaker."
    )


# -- how much each says ------------------------------------------------------------------------------------------------


def _talk(s: Scene) -> list[GroupTalk]:
    return [talk_of(s.data, f.id, s.turns.get(f.id, ()), s.people[f.id], s.words) for f in s.sources]


def _shares(s: Scene, asked: Asked) -> Part:
    talks = _talk(s)
    heads = [
        Head(_("Share of the words"), "share", unit="words"), Head(_("Words"), unit="words"), Head(_("Turns"), unit="turns"),
        Head(_("Longest turn, in words"), "number"), Head(_("Words a turn"), "number", note=_("The mean."), places=1),
    ]  # fmt: skip
    lines = tuple(_share_line(s, talk, person) for talk in talks for person in talk.people)
    foot, sums = None, tuple[Sum, ...]()
    if s.is_one:
        foot = _share_foot(talks[0])
        sums = tuple(Sum(tuple((n, m) for n in range(len(lines))), (-1, m)) for m in (1, 2))
    else:
        heads.insert(0, Head(_("Group"), "text"))
    return Part(
        "shares", _("Who says how much"), _("Participant"), tuple(heads), lines, foot, figures=("bars",), names_people=True,
        headline=_headline(s, talks),
        subtitle=said.subtitle(asked, _("Share of the words, {where}").format(where=s.where()), s.data),
        notes=tuple(_share_notes(s, talks)), sums=sums,
    )  # fmt: skip


def _share_line(s: Scene, talk: GroupTalk, person: Spoken) -> Line:
    at: Key = (talk.source, person.case)
    longest = None if person.longest is None else person.words_of[person.longest]
    cells = [
        Cell(talk.share(person), talk.words, ("share", *at)), Cell(person.words, talk.words, ("words", *at)),
        Cell(len(person.turns), talk.turns, ("turns", *at)), Cell(longest, None, ("longest", *at)),
        Cell(_mean(person.words, len(person.turns))),
    ]  # fmt: skip
    if not s.is_one:
        cells.insert(0, Cell(s.group(talk.source)))
    note = "" if person.turns else _("says nothing here")
    name = s.name_in(talk.source, person.case)
    path = name if s.is_one else f"{s.group(talk.source)}/{name}"
    return Line(name, tuple(cells), path=path, key=("person", *at), note=note)


def _share_foot(talk: GroupTalk) -> Line:
    at: Key = (talk.source, NOBODY)
    longest = max((words for person in talk.people for words in person.words_of), default=None)
    cells = (
        Cell(1.0 if talk.words else None, talk.words, ("share", *at)), Cell(talk.words, talk.words, ("words", *at)),
        Cell(talk.turns, talk.turns, ("turns", *at)), Cell(longest, None, ("longest", *at)),
        Cell(_mean(talk.words, talk.turns)),
    )  # fmt: skip
    return Line(_("All participants"), cells)


def _mean(words: int, turns: int) -> float | None:
    return round(words / turns, 1) if turns else None


def _headline(s: Scene, talks: list[GroupTalk]) -> str:
    if not s.is_one:
        shares = [talk.share(talk.people[0]) or 0.0 for talk in talks if talk.words]
        if not shares:
            return _("No participant says anything here.")
        least, most = percent(min(shares)), percent(max(shares))
        if least == most:
            return _("In each group the one who says most has {share} of its words.").format(share=most)
        told = _("In each group the one who says most has {least} to {most} of its words.")
        return told.format(least=least, most=most)
    (talk,) = talks
    share = talk.share(talk.people[0]) if talk.people else None
    if share is None:
        return _("No participant says anything here.")
    name = s.name(talk.people[0].case)
    return _("{name} says most: {share} of the participants’ words.").format(name=name, share=percent(share))


def _share_notes(s: Scene, talks: list[GroupTalk]) -> Iterator[str]:
    if s.is_one and talks[0].people:
        n = len(talks[0].people)
        yield ngettext(
            "{n} participant is counted; an even share would be {even}.",
            "{n} participants are counted; an even share would be {even}.", n,
        ).format(n=n, even=percent(1 / n))  # fmt: skip
    silent = sum(1 for talk in talks for person in talk.people if not person.turns)
    if silent:
        yield ngettext(
            "{n} participant says nothing here: they are shown as silent.",
            "{n} participants say nothing here: they are shown as silent.", silent,
        ).format(n=silent)  # fmt: skip
    words = sum(person.words for talk in talks for person in talk.others)
    every = words + sum(talk.words for talk in talks)
    if words:
        yield _(
            "Besides, who moderates or observes says {words} words, {share} of all that is said here; they are in no share."
        ).format(words=number(words), share=percent(words / every))


def _turns(s: Scene, key: Key) -> Behind:
    what, source, case = str(key[0]), SourceId(int(key[1])), CaseId(int(key[2]))
    wanted = set(s.people.get(source, ())) if case == NOBODY else {case}
    found = [(source, span) for who, span in s.turns.get(source, ()) if who in wanted]
    if what == "longest" and found:
        words = s.words(source, [span for _source, span in found])
        return [found[max(range(len(found)), key=lambda n: (words[n], -n))]]
    return found


# -- who follows whom --------------------------------------------------------------------------------------------------


def _following(s: Scene, source: SourceId) -> Follows:
    return follows(s.data, source, s.every.get(source, ()), s.turns.get(source, ()), s.people[source])


def _matrix(s: Scene, asked: Asked) -> Part:
    source = s.sources[0].id
    found = _following(s, source)
    people = found.order
    heads = [Head(s.name(case), over=_("Speaks next"), unit="turns", note=s.role(case)) for case in people]
    heads.append(Head(_("Any other speaker next"), unit="turns", note="total"))
    lines = tuple(_next_line(s, found, first) for first in people)
    sums = [Sum(tuple((n, m) for m in range(len(people)) if m != n), (n, len(people))) for n in range(len(people))]
    sums += [Sum(tuple((n, m) for n in range(len(people)) if n != m), (-1, m)) for m in range(len(people))]
    sums.append(Sum(tuple((n, len(people)) for n in range(len(people))), (-1, len(people))))
    totals = [sum(found.count(first, then) for first in people) for then in people]
    cells = [Cell(n, None, ("next", source, NOBODY, then)) for n, then in zip(totals, people, strict=True)]
    foot = Line(_("After anybody else"), (*cells, Cell(sum(totals), None, ("next", source, NOBODY, NOBODY))))
    return Part(
        "follows", _("Who follows whom"), _("Speaks first"), tuple(heads), lines, foot,
        figures=("talk", "heat map"), headline=_headline_of_kinds([_by_kind(s, found)]),
        subtitle=said.subtitle(asked, _("Changes of speaker, {where}").format(where=s.where()), s.data),
        notes=tuple(_next_notes(s, found)), sums=tuple(sums), names_people=True,
    )  # fmt: skip


def _next_line(s: Scene, found: Follows, first: CaseId) -> Line:
    counts = [None if then == first else found.count(first, then) for then in found.order]
    cells = [
        Cell(n) if n is None else Cell(n, None, ("next", found.source, first, then))
        for n, then in zip(counts, found.order, strict=True)
    ]
    cells.append(Cell(sum(n or 0 for n in counts), None, ("next", found.source, first, NOBODY)))
    return Line(s.name(first), tuple(cells), key=("person", found.source, first), note=s.role(first))


def _next_notes(s: Scene, found: Follows) -> Iterator[str]:
    yield _("A line is who spoke, a column who speaks next. Two turns of one person in a row are not counted.")
    others = [f"{s.name(case)} ({s.role(case)})" for case in found.order if s.role(case)]
    if others:
        yield _("Shown because answers to them matter, and in no share of the talk: {names}.").format(
            names=", ".join(others)
        )


def _by_kind(s: Scene, found: Follows) -> Counter[str]:
    """How many changes of speaker there are of each of KINDS."""
    kinds = Counter[str]()
    for (first, then), places in found.places.items():
        kinds[_kind(s, first, then)] += len(places)
    return kinds


def _kind(s: Scene, first: CaseId, then: CaseId) -> str:
    one, other = s.data.cases[first], s.data.cases[then]
    if is_counted(one) and is_counted(other):
        return "among"
    if is_counted(other) and one.role == "moderator":
        return "answers"
    return "asks" if is_counted(one) and other.role == "moderator" else "other"


def _headline_of_kinds(groups: list[Counter[str]]) -> str:
    n = sum(groups, Counter[str]())
    total = n.total()
    if not total:
        return _("Nobody follows anybody here.")
    return ngettext(
        "{among} of {n} change of speaker goes from one participant to another, {answers} from the moderator to a participant.",
        "{among} of {n} changes of speaker go from one participant to another, {answers} from the moderator to a participant.",
        total,
    ).format(among=number(n["among"]), answers=number(n["answers"]), n=number(total))


def _kinds(s: Scene, asked: Asked) -> Part:
    following = [_following(s, fact.id) for fact in s.sources]
    groups = [(fact, _by_kind(s, found)) for fact, found in zip(s.sources, following, strict=True)]
    kinds = [kind for kind in KINDS if kind != "other" or any(found[kind] for _fact, found in groups)]
    called = {
        "among": _("A participant after another"), "answers": _("A participant after the moderator"),
        "asks": _("The moderator after a participant"), "other": _("Others"),
    }  # fmt: skip
    heads = (
        *(Head(called[kind], unit="turns") for kind in kinds),
        Head(_("Changes of speaker"), unit="turns", note="total"),
    )
    counts = [[found[kind] for kind in kinds] for _fact, found in groups]
    lines = tuple(
        _kinds_line(s, fact.name, fact.id, kinds, row, [one])
        for (fact, _found), row, one in zip(groups, counts, following, strict=True)
    )
    sums = [Sum(tuple((n, m) for m in range(len(kinds))), (n, len(kinds))) for n in (*range(len(lines)), -1)]
    sums += [Sum(tuple((n, m) for n in range(len(lines))), (-1, m)) for m in range(len(heads))]
    return Part(
        "follows", _("Who follows whom"), _("Group"), heads, lines,
        _kinds_line(s, _("All groups"), SourceId(0), kinds, [sum(column) for column in zip(*counts, strict=True)], following),
        figures=("stacked", "heat map"), headline=_headline_of_kinds([found for _fact, found in groups]),
        subtitle=said.subtitle(asked, _("Changes of speaker, {where}").format(where=s.where()), s.data),
        notes=(_("Choose one group to see who follows whom."),), sums=tuple(sums),
    )  # fmt: skip


def _kinds_line(
    s: Scene, label: str, source: SourceId, kinds: list[str], counts: list[int], following: list[Follows]
) -> Line:
    whole, every = ("kind", source, ""), _involved(s, following, "")
    cells = [
        Cell(
            n, sum(counts), ("kind", source, kind), people=_involved(s, following, kind), base=whole, base_people=every
        )
        for kind, n in zip([*kinds, ""], [*counts, sum(counts)], strict=True)
    ]
    return Line(label, tuple(cells))


def _involved(s: Scene, following: list[Follows], kind: str) -> int:
    """How many participants speak before or after a change of one of KINDS, or (without one) of any."""
    pairs = [pair for one in following for pair, places in one.places.items() if places]
    fits = [pair for pair in pairs if kind in ("", _kind(s, *pair))]
    return len({case for pair in fits for case in pair if is_counted(s.data.cases[case])})


def _of_kind(s: Scene, source: SourceId, kind: str) -> list[Span]:
    """The next turns of changes of one of KINDS, or (without one) of all."""
    places = _following(s, source).places.items()
    return sorted(span for (one, other), spans in places if kind in ("", _kind(s, one, other)) for span in spans)


def _next_turns(s: Scene, key: Key) -> Behind:
    if key[0] == "kind":
        chosen = [fact.id for fact in s.sources if key[1] in (0, fact.id)]
        return [(source, span) for source in chosen for span in _of_kind(s, source, str(key[2]))]
    source, first, then = SourceId(int(key[1])), CaseId(int(key[2])), CaseId(int(key[3]))
    places = _following(s, source).places.items() if source in s.people else ()
    fits = (spans for (one, other), spans in places if first in (NOBODY, one) and then in (NOBODY, other))
    return [(source, span) for span in sorted(span for spans in fits for span in spans)]
