"""The order in which the passages of a query are shown, and the headings they stand under."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.columns import columns_of
from cohesion_qda.analysis.joining import Pieces, Study
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import GROUPS, ORDERS, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from cohesion_qda.analysis.grid import Ints


@dataclass(frozen=True, slots=True)
class Arranged:
    """Passages in the order they are shown, and the headings over them; none when they are not grouped."""

    pieces: Pieces
    parts: tuple[Part, ...]


def arranged(s: Study, pieces: Pieces, order: str = "source", group: str = "") -> Arranged:
    """The passages in one of ORDERS, those of a group together. `group` is one of GROUPS, or the name of an attribute, or
    of the question asked. By an attribute of people a passage stands under the value of the participant who speaks first
    in it, by the question under that in whose section it begins.

    Raises BadInput for another order, NotFound and BadInput for an attribute that cannot be grouped by.
    """
    import numpy as np

    if order not in ORDERS:
        raise BadInput(_("Passages cannot be put in the order “{order}”.").format(order=order), ", ".join(ORDERS))
    g, number = s.grid, np.zeros(len(pieces), dtype=np.int64)
    source = _source_ranks(s)[g.source[pieces.coding]]
    title: Callable[[int], Part] | None = None
    if group:
        number, title = _grouped(s, pieces, group)
    keys = (g.coding[pieces.coding], -pieces.end, pieces.start, source, _key(s, pieces, order), number)
    put = np.lexsort(keys)
    parts: list[Part] = []
    if title is not None and len(put):
        firsts = np.flatnonzero(np.diff(number[put], prepend=-1))
        for first, after in zip(firsts.tolist(), [*firsts.tolist()[1:], len(put)], strict=True):
            named = title(int(number[put[first]]))
            parts.append(Part(named.title, first, after - first, named.code))
    return Arranged(pieces[put], tuple(parts))


def _key(s: Study, pieces: Pieces, order: str) -> Ints:
    """What an order goes by, before source and position."""
    import numpy as np

    if order == "speaker":
        return _speaker_ranks(s)[_first_speakers(s, pieces)]
    if order == "code":
        return s.grid.code[pieces.coding]
    if order == "length":
        return pieces.start - pieces.end
    if order == "weight":
        return np.array([-s.weights.get(c, -1) for c in s.grid.coding[pieces.coding].tolist()], dtype=np.int64)
    if order == "date":  # ids are given in the order of time, and never twice
        return -s.grid.coding[pieces.coding]
    return np.zeros(len(pieces), dtype=np.int64)


def _source_ranks(s: Study) -> Ints:
    """Where each source of the grid stands among the study's, which are in the order of their names."""
    import numpy as np

    place: dict[int, int] = {fact.id: n for n, fact in enumerate(s.data.sources)}
    return np.array([place[source] for source in s.grid.source_ids.tolist()], dtype=np.int64)


def _first_speakers(s: Study, pieces: Pieces) -> Ints:
    """The case who speaks first in each passage, participants before others; one past the last case where nobody does."""
    import numpy as np

    found = np.full(len(pieces), len(s.grid.case_ids), dtype=np.int64)
    for talk in (s.turns, s.grid.talk):
        first, last = talk.around(pieces.start, pieces.end)
        said = np.flatnonzero(first < last)
        found[said] = talk.case[first[said]]
    return found


def _speaker_ranks(s: Study) -> Ints:
    """Where each case of the grid stands by name; nobody last."""
    import numpy as np

    cases = [s.data.cases[case] for case in sorted(s.data.cases)]
    order = sorted(range(len(cases)), key=lambda n: (cases[n].name.casefold(), n))
    ranks = np.empty(len(cases) + 1, dtype=np.int64)
    ranks[[*order, len(cases)]] = np.arange(len(cases) + 1)
    return ranks


def _grouped(s: Study, pieces: Pieces, group: str) -> tuple[Ints, Callable[[int], Part]]:
    """The number of the group of each passage, in the order of the groups, and what stands over a group."""
    import numpy as np

    if group == "source":
        names = [fact.name for fact in s.data.sources]
        return _source_ranks(s)[s.grid.source[pieces.coding]], lambda n: Part(names[n], 0, 0)
    if group == "speaker":
        ranks = _speaker_ranks(s)
        titles = dict(zip(ranks.tolist(), [*_names(s), _("Nobody speaks")], strict=True))
        return ranks[_first_speakers(s, pieces)], lambda n: Part(titles[n], 0, 0)
    if group == "code":
        codes = [CodeId(code) for code in s.grid.code_ids]
        paths = s.data.codes
        return s.grid.code[pieces.coding], lambda n: Part(paths.path(codes[n]), 0, 0, codes[n])
    assert group not in GROUPS
    columns = columns_of(s.data, s.grid, group)
    where = np.full(len(pieces), columns.nowhere, dtype=np.int64)
    if columns.of_source is not None:
        where = columns.of_source[s.grid.source[pieces.coding]]
    elif columns.parts is not None and columns.of_part is not None:
        where = columns.of_part[np.searchsorted(columns.parts.start, pieces.start, side="right") - 1]
    else:
        first, last = columns.talk.around(pieces.start, pieces.end)
        said = np.flatnonzero(first < last)
        where[said] = columns.of_line[first[said]]
    return where, lambda n: Part(columns.label(n), 0, 0)


def _names(s: Study) -> list[str]:
    """What every case of the grid is called, by id; people of one name with their group."""
    cases = [s.data.cases[case] for case in sorted(s.data.cases)]
    often = Counter(case.name.casefold() for case in cases)
    told = []
    for case in cases:
        group = s.data.cases.get(case.group) if case.group is not None else None
        is_shared = often[case.name.casefold()] > 1 and group is not None
        told.append(
            _("{speaker}, {group}").format(speaker=case.name, group=group.name) if is_shared and group else case.name
        )
    return told
