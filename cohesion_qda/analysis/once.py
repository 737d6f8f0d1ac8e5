"""What is worked out from a study once, and kept as long as the study is the same object."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from cohesion_qda.model.study import StudyData

T = TypeVar("T")
MOST = 12  # things kept of one study, the latest asked for
MOST_BYTES = 200_000_000  # of all that is kept of all studies together, but for the latest
FEW = 100  # members of which the size is looked at
_ROW, _PLACE = 120, 8  # bytes of a row of numbers, and of a place that points to one
Sizes = dict[int, int]
_KEPT: dict[tuple[int, Hashable], tuple[Any, Sizes]] = {}  # by the study's number; what was asked for last is last
_STUDIES: dict[int, weakref.finalize[..., StudyData]] = {}


def once(data: StudyData, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, made only the first time it is asked for of this very study under this key, or again when it
    was let go because much else was asked for since. What is made must not hold `data` itself, which would then never be
    let go.
    """
    number = id(data)
    if number not in _STUDIES:
        _STUDIES[number] = weakref.finalize(data, _forget, number)
        _STUDIES[number].atexit = False
    found = _KEPT.pop((number, key), None)
    if found is not None:
        _KEPT[number, key] = found
        return found[0]  # type: ignore[no-any-return]
    made = make()
    _KEPT[number, key] = made, dict(_sizes(made))
    for oldest in [place for place in list(_KEPT) if place[0] == number][:-MOST]:
        _KEPT.pop(oldest, None)
    while len(_KEPT) > 1 and held() > MOST_BYTES:
        _KEPT.pop(next(iter(_KEPT)), None)
    return made


def held() -> int:
    """About how many bytes are kept, what is in several things once."""
    every: Sizes = {}
    for _made, sizes in list(_KEPT.values()):
        every.update(sizes)
    return sum(every.values())


def _sizes(made: object) -> Iterator[tuple[int, int]]:
    """Number and size of the arrays and rows that are in something. Rows of a study that is not cut are another's."""
    if hasattr(made, "nbytes"):
        yield id(made), int(made.nbytes)
    elif isinstance(made, StudyData):
        for rows in (made.turns, made.codings):
            yield id(rows), len(rows) * (_ROW if made.is_cut else _PLACE)
    elif is_dataclass(made):
        for one in fields(made):
            yield from _sizes(getattr(made, one.name))
    elif isinstance(made, Mapping):
        yield id(made), len(made) * _ROW
    elif isinstance(made, tuple | list):
        yield id(made), len(made) * _PLACE
        for one in made[:FEW]:
            yield from _sizes(one)


def _forget(number: int) -> None:
    _STUDIES.pop(number, None)
    for place in [place for place in list(_KEPT) if place[0] == number]:
        _KEPT.pop(place, None)
