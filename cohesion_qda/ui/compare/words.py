"""What the table says, in words and plain values: which rows, their cells, the headline, the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import Column, Count, Row, Table

ORDERS = ("groups", "participants", "mentions", "codebook")
UNITS = ("groups", "mentions")  # groups stand above participants in one cell


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page shows. `question` is None for all of them; `unused` shows codes that nobody used."""

    by: str = ""
    question: CodeId | None = None
    branch: bool = False
    coder: str = ""
    unit: str = "groups"
    order: str = "groups"
    unused: bool = False


def rows_of(table: Table, tree: CodeTree, choice: Choice) -> list[Row]:
    """The rows that `choice` asks for, in its order, used or not. A question with codes under it is a row only when it was
    itself used as a code.
    """
    within = set(tree.branch(choice.question)) if choice.question in tree and choice.question is not None else None
    rows = []
    for row in table.rows:
        if within is not None and row.code not in within:
            continue
        is_heading = tree[row.code].is_question and bool(tree.children(row.code))
        if is_heading and (table.branch or not row.total.mentions):
            continue
        rows.append(row)
    if choice.order == "codebook":
        return rows
    first = {"groups": _by_groups, "participants": _by_people, "mentions": _by_mentions}[choice.order]
    return sorted(rows, key=lambda row: first(row.total))


def _by_groups(count: Count) -> tuple[int, int, int]:
    return -count.groups, -count.participants, -count.mentions


def _by_people(count: Count) -> tuple[int, int, int]:
    return -count.participants, -count.groups, -count.mentions


def _by_mentions(count: Count) -> tuple[int, int, int]:
    return -count.mentions, -count.groups, -count.participants


def shown_unit(table: Table, unit: str) -> str:
    """The unit that can be shown: people where the study has no groups, mentions where nobody speaks."""
    if unit == "mentions" or not table.base.participants:
        return "mentions"
    return "groups" if table.base.groups else "participants"


def cell_words(count: Count, base: Count, unit: str) -> tuple[str, str]:
    """The two lines of a cell, each count over its denominator: groups above people, or mentions alone."""
    if unit == "mentions":
        return (f"{count.mentions}/{base.mentions}", "") if base.mentions else ("–", "")
    people = f"{count.participants}/{base.participants}"
    if unit == "groups" and base.groups:
        return f"{count.groups}/{base.groups}", people
    return (people, "") if base.participants else ("–", "")


def total_words(count: Count, base: Count, unit: str) -> tuple[str, str]:
    """As `cell_words`, with the units written out, for the column of totals."""
    strong, small = cell_words(count, base, unit)
    if unit == "mentions":
        return ngettext("{count} mention", "{count} mentions", base.mentions).format(count=strong), ""
    people = ngettext("{count} person", "{count} people", base.participants)
    if unit == "groups" and base.groups:
        groups = ngettext("{count} group", "{count} groups", base.groups)
        return groups.format(count=strong), people.format(count=small)
    return people.format(count=strong), ""


def cell_told(row: Row, column: Column | None, base: Count, count: Count) -> str:
    """A cell in a sentence, for screen readers and tooltips."""
    where = _("{code}, {column}").format(code=row.name, column=column.label) if column is not None else row.name
    return _("{where}: {counts}").format(where=where, counts=counts_told(count, base))


def counts_told(count: Count, base: Count) -> str:
    """`3 of 3 groups, 12 of 19 people`."""
    parts = []
    if base.groups:
        parts.append(
            ngettext("{n} of {all} group", "{n} of {all} groups", base.groups).format(n=count.groups, all=base.groups)
        )
    if base.participants:
        parts.append(
            ngettext("{n} of {all} person", "{n} of {all} people", base.participants).format(
                n=count.participants, all=base.participants
            )
        )
    if not parts:
        parts.append(ngettext("{n} mention", "{n} mentions", count.mentions).format(n=count.mentions))
    return ", ".join(parts)


def column_lines(column: Column, unit: str) -> list[str]:
    """The denominators under a column's label."""
    base = column.base
    if unit == "mentions":
        return [ngettext("{n} mention", "{n} mentions", base.mentions).format(n=base.mentions)]
    lines = []
    if unit == "groups":
        lines.append(ngettext("{n} group", "{n} groups", base.groups).format(n=base.groups))
    lines.append(ngettext("{n} person", "{n} people", base.participants).format(n=base.participants))
    return lines


def total_line(base: Count, unit: str) -> str:
    """`of 12 groups, 80 people`, under the label of the totals."""
    if unit == "mentions":
        return ngettext("of {n} mention", "of {n} mentions", base.mentions).format(n=base.mentions)
    people = ngettext("{n} person", "{n} people", base.participants).format(n=base.participants)
    if unit != "groups":
        return _("of {people}").format(people=people)
    groups = ngettext("{n} group", "{n} groups", base.groups).format(n=base.groups)
    return _("of {groups}, {people}").format(groups=groups, people=people)


def order_words(order: str) -> str:
    """The order under the heading of the codes."""
    return {
        "groups": _("most groups first"),
        "participants": _("most people first"),
        "mentions": _("most mentions first"),
        "codebook": _("as in the codebook"),
    }[order]


def totals(table: Table, rows: Sequence[Row], unread: int) -> str:
    """The line of totals: `12 groups (1 not read yet), 80 people, 8 of 12 codes`."""
    parts = []
    if table.base.groups:
        groups = ngettext("{n} group", "{n} groups", table.base.groups).format(n=table.base.groups)
        if unread:
            groups = _("{groups} ({n} not read yet)").format(groups=groups, n=unread)
        parts.append(groups)
    parts.append(ngettext("{n} person", "{n} people", table.base.participants).format(n=table.base.participants))
    used = sum(1 for row in rows if row.total.mentions)
    parts.append(ngettext("{n} of {all} code used", "{n} of {all} codes used", len(rows)).format(n=used, all=len(rows)))
    return "  ·  ".join(parts)


def chart_unit(rows: Sequence[Row], unit: str, base: Count, order: str) -> str:
    """What the chart ranks by: what the table is sorted by, and people where more than three codes came up in as many
    groups.
    """
    if unit == "mentions" or not base.participants:
        return "mentions"
    if order in ("participants", "mentions"):
        return order
    return "participants" if unit != "groups" or _are_level(rows) else "groups"


def _are_level(rows: Sequence[Row]) -> bool:
    most = max((row.total.groups for row in rows), default=0)
    return sum(1 for row in rows if row.total.groups == most) > 3


def is_level(rows: Sequence[Row], unit: str, order: str) -> bool:
    """Whether the table is sorted by groups and so many codes share its top that people decide between them."""
    return unit == "groups" and order == "groups" and _are_level(rows)


def level_headline(rows: Sequence[Row], base: Count, question: str = "") -> str:
    """The headline where the top of the table ties on groups: the chart then keeps the table's order, in which people decide."""
    most = max(row.total.groups for row in rows)
    tied = [row for row in rows if row.total.groups == most]
    people = max(row.total.participants for row in tied)
    first = [row.name for row in tied if row.total.participants == people]
    names = _and(first) if len(first) <= 3 else ngettext("{n} code", "{n} codes", len(first)).format(n=len(first))
    groups = ngettext("{n} of {all} group", "{n} of {all} groups", base.groups).format(n=most, all=base.groups)
    count = ngettext("{n} of {all} person", "{n} of {all} people", base.participants).format(
        n=people, all=base.participants
    )
    if question:
        groups = _("{groups} under “{question}”").format(groups=groups, question=question)
    return _("{n} codes tie at {groups}, so people rank them: {names} first, with {count}").format(
        n=len(tied), groups=groups, names=names, count=count
    )


def headline(rows: Sequence[Row], base: Count, unit: str, question: str = "") -> str:
    """A sentence made from the numbers: which code came up most widely."""
    value = max((row.total.of(unit) for row in rows), default=0)
    if not value:
        return _("No code has been used here yet")
    first = [row.name for row in rows if row.total.of(unit) == value]
    several = len(first) > 1
    holes = {"names": _and(first)}
    if len(first) > 3:
        holes["names"] = ngettext("{n} code", "{n} codes", len(first)).format(n=len(first))
    all_ = base.of(unit)
    counts = {
        "groups": ngettext("{n} of {all} group", "{n} of {all} groups", all_),
        "participants": ngettext("{n} of {all} person", "{n} of {all} people", all_),
        "mentions": ngettext("{n} of {all} mention", "{n} of {all} mentions", all_),
    }
    holes["count"] = counts[unit].format(n=value, all=all_)
    sentences = {
        ("groups", False): _("{names} came up in {count}, more than any other code"),
        ("groups", True): _("{names} each came up in {count}, more than any other code"),
        ("participants", False): _("{names} came up with {count}, more than any other code"),
        ("participants", True): _("{names} each came up with {count}, more than any other code"),
        ("mentions", False): _("{names} has {count}, more than any other code"),
        ("mentions", True): _("{names} have {count} each, more than any other code"),
    }
    said = sentences[(unit, several)].format(**holes)
    return _("{said} under “{question}”").format(said=said, question=question) if question else said


def caveat(base: Count, unit: str, *, is_level: bool = False) -> str:
    """What the chart does not show. With `is_level` the bars keep the table's order."""
    if is_level:
        return _(
            "People who raised the code, out of {all}, in the order of the table: by groups, and by people where groups "
            "tie. It does not show how strongly they felt."
        ).format(all=base.participants)
    if unit == "groups":
        return _("Groups that raised the code, out of {all}. It does not show how strongly people felt.").format(
            all=base.groups
        )
    if unit == "participants":
        return _("People who raised the code, out of {all}. It does not show how strongly they felt.").format(
            all=base.participants
        )
    return _("Mentions, out of {all}. One person who talks a lot can make a code look frequent.").format(
        all=base.mentions
    )


def notes(table: Table, unit: str, coders: int) -> tuple[str, ...]:
    """The table's own notes, and how mentions of several coders are counted."""
    if coders < 2 or shown_unit(table, unit) != "mentions":
        return table.notes
    if coders == 2:
        said = _("Two people coded some sources; their codings of the same words count once each as mentions.")
    else:
        said = _("{n} people coded some sources; their codings of the same words count once each as mentions.")
    return (*table.notes, said.format(n=coders))


def with_rows(table: Table, rows: Sequence[Row]) -> Table:
    """The table with only these rows, in this order, for exporting what is seen."""
    return replace(table, rows=tuple(rows))


def as_grid(table: Table, rows: Sequence[Row], unit: str) -> list[list[str]]:
    """The table as rows of words: a line of headings, a line of denominators, then the codes."""
    columns = table.columns if table.by else ()
    units = {"groups": ("groups", "participants"), "participants": ("participants",), "mentions": ("mentions",)}[unit]
    names = {"groups": _("groups"), "participants": _("people"), "mentions": _("mentions")}
    bases = [(_("All"), table.base), *((column.label, column.base) for column in columns)]
    heads = [_("Code"), *(f"{label}, {names[one]}" for label, _base in bases for one in units)]
    under = [_("Out of"), *(str(base.of(one)) for _label, base in bases for one in units)]
    grid = [heads, under]
    for row in rows:
        counts = [row.total, *(row.cells if table.by else ())]
        grid.append([row.name, *(str(count.of(one)) for count in counts for one in units)])
    return grid


def as_tsv(grid: Sequence[Sequence[str]]) -> str:
    """For spreadsheets."""
    return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line) for line in grid) + "\n"


def as_html(grid: Sequence[Sequence[str]]) -> str:
    """For documents."""
    head, *body = grid
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = [
        "<tr>"
        + "".join(f"<{'th' if n == 0 else 'td'}>{escape(c)}</{'th' if n == 0 else 'td'}>" for n, c in enumerate(line))
        + "</tr>"
        for line in body
    ]
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
