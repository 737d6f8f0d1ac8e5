"""A table from the clipboard, with the names of its columns in the first row, as a sheet of attributes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import as_type, guess_type
from cohesion_qda.model.source import AttributeSheet
from cohesion_qda.model.text import canonical, comparable
from cohesion_qda.ui.attributes.blocks import Block

PERSON = ("participant", "speaker", "label", "name", "person", "pseudonym", "participant id", "respondent", "who")
COUNTED = ("turns", "words")  # what a copied grid has, and nobody can set


def sheet_of(block: Block, about: str, names: Collection[str], titles: Sequence[str]) -> AttributeSheet:
    """The values in `block` by the names in it. Without a first row of column names (its first cell is one of `names`)
    the columns are those of the grid, `titles`, in their order.

    The column of names is the one called so, else the first; people may have a column with their source or group.
    Blank cells are no values. Raises BadInput when there is nothing to take, or two rows disagree.
    """
    from cohesion_qda.formats.columns import SOURCE

    rows = [
        [" ".join(canonical(c).split()) if n == 0 else canonical(c).strip() for c in r] for n, r in enumerate(block)
    ]
    if not rows or max(map(len, rows)) < 2:
        raise BadInput(
            _("There are no names with values on the clipboard."),
            _("In the spreadsheet, copy the column of names together with the values, and the row of headings above."),
        )
    if comparable(rows[0][0]) in {comparable(name) for name in names}:
        rows.insert(0, [*titles])
    wide = max(map(len, rows))
    rows = [[*row, *[""] * (wide - len(row))] for row in rows]
    heads = [comparable(title) for title in rows[0]]
    group = [*SOURCE, "group", comparable(_("Group"))]
    of_source = next((heads.index(name) for name in group if name in heads), None)
    of_person = next((heads.index(name) for name in (*PERSON, comparable(_("Participant"))) if name in heads), None)
    if about == "source" and of_person is None:
        of_source = 0 if of_source is None else of_source
    elif of_person is None and of_source != 0:
        of_person = 0
    return _typed(_read(rows, of_source, of_person))


def _read(rows: Block, of_source: int | None, of_person: int | None) -> AttributeSheet:
    own = {comparable(_("Role")): "role", comparable(_("Kind")): "kind"}
    left_out = {"", *COUNTED, comparable(_("Turns")), comparable(_("Words"))}
    titles = [own.get(comparable(title), title) for title in rows[0]]
    sources: dict[str, dict[str, str]] = {}
    people: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows[1:]:
        source = row[of_source] if of_source is not None else ""
        label = row[of_person] if of_person is not None else ""
        if not (source or label):
            continue
        known = people.setdefault((source, label), {}) if label else sources.setdefault(source, {})
        for at, (title, value) in enumerate(zip(titles, row, strict=True)):
            if value and at not in (of_source, of_person) and comparable(title) not in left_out:
                _add(known, title, value, label or source)
    return AttributeSheet(sources, people)


def _add(known: dict[str, str], title: str, value: str, about: str) -> None:
    if known.setdefault(title, value) != value:
        raise BadInput(
            _("“{about}” has two values for {title}: “{first}” and “{second}”.").format(
                about=about, title=title, first=known[title], second=value
            ),
            _("Keep one of the two rows, or copy the column with the groups as well."),
        )


def _typed(sheet: AttributeSheet) -> AttributeSheet:
    """The sheet with the types that its columns seem to have, and values as those are kept."""
    columns: dict[str, list[str]] = {}
    for values in (*sheet.of_sources.values(), *sheet.of_participants.values()):
        for title, value in values.items():
            columns.setdefault(title, []).append(value)
    types = {title: guess_type(values) for title, values in columns.items() if title not in ("role", "kind")}
    return as_types(AttributeSheet(sheet.of_sources, sheet.of_participants, types))


def as_types(sheet: AttributeSheet) -> AttributeSheet:
    """The sheet with each value as its column's type has it."""

    def kept(values: dict[str, str]) -> dict[str, str]:
        return {title: as_type(sheet.types.get(title, ""), value).value for title, value in values.items()}

    return replace(
        sheet,
        of_sources={name: kept(values) for name, values in sheet.of_sources.items()},
        of_participants={person: kept(values) for person, values in sheet.of_participants.items()},
    )
