"""Parts of answers made by hand, as each kind makes them: what figures are drawn from in tests."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.model.answer import Answer, Cell, Head, Line, Made, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId

NAMES = (
    "Getting to know people", "Buses after six", "Parks and open spaces", "Tŷ cymunedol", "مرحبا بكم", "Costs 😀 & “so on” <b>",
    "A very long name of a code that goes on and on and on, since somebody wrote a sentence where others write a word",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "School gate", "Faith and food", "Trust in the police",
    "Housing", "Volunteering", "Rumours online", "Work",
)  # fmt: skip
MADE = Made("Getting on in Kirklees", "2026-11-21T10:00:00", "0.1.0", ("Participants.",), ("Only place: Batley.",))


def answered(
    part: Part, kind: str = "frequencies", unit: str = "participants", threshold: int = 0, **options: int
) -> Answer:
    """An answer that holds one part."""
    made = Made(MADE.study, MADE.at, MADE.version, MADE.counted, MADE.filters, (), threshold)
    return Answer(Asked(kind, unit=unit, options=options), part.title, (part,), made=made)


def name(n: int) -> str:
    """The name of a line; after the last, the names come again with a number."""
    return NAMES[n] if n < len(NAMES) else f"{NAMES[n % len(NAMES)]} {n}"


def count(value: int | None, of: int | None, *key: str | int, hidden: bool = False) -> Cell:
    """A count out of a denominator."""
    return Cell(None if hidden else value, of, key, is_hidden=hidden)


def frequencies(
    values: Sequence[int | None], of: int = 24, depths: Sequence[int] = (), hidden: Sequence[int] = ()
) -> Part:
    """Codes by participants and mentions."""
    lines = tuple(
        Line(
            name(n), (count(v, of, n, "p", hidden=n in hidden), Cell(3 * (v or 0), None, (n, "m"))),
            depths[n] if depths else 0, name(n), CodeId(n + 1),
        )
        for n, v in enumerate(values)
    )  # fmt: skip
    heads = (Head("Participants", "count", of=of, unit="participants"), Head("Mentions", "count", unit="mentions"))
    return Part("codes", "How widely", "Code", heads, lines, figures=("bars",),
                headline="Getting to know people was said most widely", subtitle="Participants who said it, of 24 in 4 groups; Kirklees, 2024 to 2025")  # fmt: skip


def crosstab(
    rows: Sequence[Sequence[int]], columns: Sequence[str], of: Sequence[int], over: Sequence[str] = (), hidden: Sequence[tuple[int, int]] = (),
    total: bool = True,
) -> Part:  # fmt: skip
    """Codes by the values of an attribute, with a total column."""
    heads = [
        Head(c, "count", over[n] if over else "", of[n], "participants") for n, c in enumerate(columns)
    ] + ([Head("Whole study", "count", of=sum(of), unit="participants", note="total")] if total else [])  # fmt: skip
    lines = []
    for r, row in enumerate(rows):
        cells = [count(v, of[c], r, c, hidden=(r, c) in hidden) for c, v in enumerate(row)]
        if total:
            cells.append(count(sum(row), sum(of), r, "total", hidden=any(h[0] == r for h in hidden)))
        lines.append(Line(name(r), tuple(cells), 0, name(r), CodeId(r + 1)))
    return Part("counts", "By place", "Code", tuple(heads), tuple(lines), figures=("heat map", "dumbbell", "bars"),
                headline="What was said, by place", subtitle="Participants who said it, of those who took part; 12 groups, 2024 to 2025")  # fmt: skip


def matrix(counts: Sequence[Sequence[int | None]], hidden: Sequence[tuple[int, int]] = ()) -> Part:
    """Codes by codes; the diagonal is each code's own number."""
    size = len(counts)
    heads = tuple(Head(name(n), "count", unit="mentions") for n in range(size))
    lines = tuple(
        Line(
            name(a),
            tuple(
                Cell(None if (min(a, b), max(a, b)) in hidden else counts[a][b], None, (min(a, b), max(a, b)), is_hidden=(min(a, b), max(a, b)) in hidden)
                for b in range(size)
            ),
            0, name(a), CodeId(a + 1),
        )
        for a in range(size)
    )  # fmt: skip
    return Part("matrix", "Which codes occur together", "Code", heads, lines, figures=("network", "heat map"),
                headline="Buses after six and Work come together most", subtitle="Overlapping mentions; 12 groups, 2024 to 2025")  # fmt: skip


def follows(counts: Sequence[Sequence[int]], people: Sequence[str], moderator: str = "") -> Part:
    """Who spoke (lines) and who came next (columns)."""
    notes = ["moderator" if person == moderator else "" for person in people]
    heads = [*(Head(p, unit="turns", note=m) for p, m in zip(people, notes, strict=True)), Head("Any other speaker next", unit="turns", note="total")]  # fmt: skip
    lines = tuple(
        Line(
            person,
            (*(Cell(None if a == b else counts[a][b], None, () if a == b else (a, b)) for b in range(len(people))), Cell(sum(counts[a]), None, (a, "all"))),
            note=notes[a],
        )
        for a, person in enumerate(people)
    )  # fmt: skip
    return Part("follows", "Who follows whom", "Who spoke", tuple(heads), lines, figures=("talk", "heat map"),
                headline="Amina and Carol answer each other most", subtitle="Changes of speaker; Women, Dewsbury, 12 March 2025")  # fmt: skip


def responses(rows: Sequence[tuple[str, Sequence[int | None], str]]) -> Part:
    """Participants by the kinds of answer."""
    heads = (*(Head(h, unit="mentions") for h in ("Agrees", "Gives an example", "Dissents", "Gives a dissenting example")), Head("In short", "text"))  # fmt: skip
    lines = tuple(
        Line(who, (*(Cell(v, None, (who, k) if v else ()) for k, v in enumerate(values)), Cell(told))) for who, values, told in rows
    )  # fmt: skip
    return Part("responses", "How each answered", "Participant", heads, lines, figures=("stacked",),
                headline="Five of nine agree, two dissent", subtitle="What gets in the way? Women, Dewsbury, 12 March 2025")  # fmt: skip


def divided(rows: Sequence[tuple[str, Sequence[int]]]) -> Part:
    """Groups by who comes after whom, in four kinds."""
    kinds = ("Participant after participant", "Participant after moderator", "Moderator after participant", "Others")
    heads = (*(Head(k, unit="turns") for k in kinds), Head("Changes of speaker", unit="turns", note="total"))
    lines = tuple(
        Line(who, (*(Cell(v, None, (who, k)) for k, v in enumerate(values)), Cell(sum(values), None, (who, "all")))) for who, values in rows
    )  # fmt: skip
    return Part("follows", "Who comes after whom", "Group", heads, lines, figures=("stacked",),
                headline="Participants answer each other in every group", subtitle="Changes of speaker; 4 groups, 2024 to 2025")  # fmt: skip


def curve(new: Sequence[int], band: bool = True) -> Part:
    """New codes and all so far, group by group."""
    total, so_far = sum(new), 0
    lines = []
    for n, found in enumerate(new):
        so_far += found
        mean = total * (1 - 0.6 ** (n + 1))
        last = n + 1 == len(new)
        orders = Cell(
            total if last else mean, low=total if last else mean * 0.85, high=total if last else min(total, mean * 1.12)
        )
        lines.append(Line(f"{n + 1:02} Group of {('women', 'young people', 'teachers', 'refugees')[n % 4]}", (
            Cell(found, total, (n, "new")), Cell(so_far, total, (n, "all")), orders if band else Cell(), Cell("Buses, Work"),
        )))  # fmt: skip
    heads = (Head("New codes", unit="codes"), Head("All codes so far", unit="codes"), Head("Mean over random orders", "number"), Head("Which codes are new", "text"))  # fmt: skip
    return Part("curve", "New codes group by group", "Group", heads, tuple(lines), figures=("curve",),
                headline="6+2: no new code in the last two groups", subtitle="Codes by group, in the order they were held; Kirklees, 2024 to 2025")  # fmt: skip


def portrait(passages: Sequence[tuple[int, float, float, str]], sources: bool = False) -> Part:
    """Codes along a text: (code, from, to, speaker)."""
    heads = [Head("Code", "text"), Head("Speaker", "text"), Head("Turn", "text"), Head("From", "share"), Head("To", "share"), Head("Words", unit="words")]  # fmt: skip
    if sources:
        heads.append(Head("Source", "text"))
    lines = tuple(
        Line(str(n + 1), (
            Cell(name(code)), Cell(who), Cell(str(n)), Cell(a), Cell(b), Cell(12), *([Cell(f"Women, Dewsbury {int(3 * a)}")] if sources else []),
        ), code=CodeId(code + 1), key=(n,))
        for n, (code, a, b, who) in enumerate(passages)
    )  # fmt: skip
    return Part("order", "The codes in order", "Passage", tuple(heads), lines, figures=("portrait",),
                headline="Buses run through the whole talk", subtitle="Women, Dewsbury, 12 March 2025; 4,210 words")  # fmt: skip


def timeline(rows: Sequence[tuple[str, Sequence[int]]], codes: Sequence[str] = ("Buses after six", "Work"), hidden: Sequence[tuple[int, int]] = ()) -> Part:  # fmt: skip
    """What came in by day: (ISO day or nothing, numbers)."""
    fixed = (Head("Sources", unit="sources"), Head("Participants", unit="participants"), Head("Words", unit="words"), Head("Mentions", unit="mentions"))  # fmt: skip
    heads = (*fixed, *(Head(c, over="participants of", unit="participants") for c in codes))
    lines = tuple(
        Line(f"{day[8:]} of month {day[5:7]}, {day[:4]}" if day else "(no date)", tuple(
            Cell(None if (n, k) in hidden else v, None, (day, k), is_hidden=(n, k) in hidden) for k, v in enumerate(values)
        ), path=day)
        for n, (day, values) in enumerate(rows)
    )  # fmt: skip
    return Part("events", "The study day by day", "Day", heads, lines, figures=("timeline",),
                headline="Most groups were held in March", subtitle="By the day they were held; 12 groups")  # fmt: skip


def coefficients(rows: Sequence[tuple[str, Sequence[tuple[float, float, float] | None]]]) -> Part:
    """Measures of agreement, all codes together first."""
    measures = ("Percent agreement", "Cohen’s κ", "Fleiss’ κ", "Krippendorff’s α", "Gwet’s AC1")
    heads = tuple(Head(m, "share" if not n else "number") for n, m in enumerate(measures))
    lines = tuple(
        Line(label, tuple(Cell() if v is None else Cell(v[0], None, (), v[1], v[2]) for v in values), key=(label,)) for label, values in rows
    )  # fmt: skip
    return Part("coefficients", "How far coders agree", "Code", heads, lines, figures=("intervals",),
                headline="Asha and Ben agree on most codes", subtitle="1,204 turns, 15 codes; bootstrap of 2,000, 95%")  # fmt: skip
