"""What is worked out from a study once, and kept as long as the study is the same object."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from cohesion_qda.model.study import StudyData

T = TypeVar("T")
MOST = 12  # things kept of one study, the latest asked for
_KEPT: dict[int, tuple[weakref.ref[StudyData], dict[Hashable, Any]]] = {}


def once(data: StudyData, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, made only the first time it is asked for of this very study under this key. What is made must
    not hold `data` itself, which would then never be let go.
    """
    number = id(data)
    found = _KEPT.get(number)
    if found is None or found[0]() is not data:
        found = weakref.ref(data, lambda ref: _forget(number, ref)), {}
        _KEPT[number] = found
    kept = found[1]
    made = kept.pop(key, kept)
    if made is kept:
        made = make()
    kept[key] = made
    for oldest in list(kept)[:-MOST]:
        kept.pop(oldest, None)
    return made  # type: ignore[no-any-return]


def _forget(number: int, ref: weakref.ref[StudyData]) -> None:
    if number in _KEPT and _KEPT[number][0] is ref:
        del _KEPT[number]
