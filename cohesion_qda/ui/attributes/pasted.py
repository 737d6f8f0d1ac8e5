"""A table from the clipboard, with the names of its columns in the first row, as a sheet of attributes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.attributes.blocks import Block


def sheet_of(block: Block, about: str, names: Collection[str], titles: Sequence[str]) -> AttributeSheet:
    """The values in `block` by the names in it. Without a first row of column names (its first cell is one of `names`)
    the columns are those of the grid, `titles`, in their order.

    Raises BadInput when there is nothing to take, or two rows disagree.
    """
    from cohesion_qda.project.sources import Sources

    if not block or max(map(len, block)) < 2:
        raise BadInput(
            _("There are no names with values on the clipboard."),
            _("In the spreadsheet, copy the column of names together with the values, and the row of headings above."),
        )
    has_titles = comparable(block[0][0]) not in {comparable(name) for name in names}
    head, rows = (block[0], block[1:]) if has_titles else (titles, block)
    return Sources.read_table([_as_in_a_file(head), *rows], about, _("The clipboard"))


def _as_in_a_file(titles: Sequence[str]) -> list[str]:
    """The titles of the grid's own columns as files have them; none for what a copied grid has, and nobody can set."""
    own = {
        _("Source"): "source", _("Participant"): "participant", _("Group"): "group", _("Role"): "role", _("Kind"): "kind",
        _("Turns"): "", _("Words"): "", "turns": "", "words": "",
    }  # fmt: skip
    known = {comparable(title): name for title, name in own.items()}
    return [known.get(comparable(title), title) for title in titles]
