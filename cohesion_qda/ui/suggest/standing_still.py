"""Why a list of proposals never jumps: what is being looked at stays where it is, and new order comes in below it.

After each act the passages are ranked anew. Of the rows that are shown, those from the top down to the last one in view (and
the current one, and those that were ticked or decided) are *fixed*: they keep their places, whatever the new order says.
The rows after them, which nobody sees, are replaced by the new order, without those that stand above. So a person who steps or
scrolls on meets the new order, and nothing ever moves under the pointer or the caret. A passage that was accepted or passed over
stays in its row and says so. Only "Refresh order" sorts everything anew; passages put off then come last.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def taken_in(shown: Sequence[K], ranked: Sequence[K], fixed: int) -> list[K]:
    """The rows after the first `fixed` of those `shown`, by a new order: those ranked that do not stand above."""
    above = set(shown[:fixed])
    return [key for key in ranked if key not in above]


def is_outdated(shown: Sequence[K], ranked: Sequence[K], decided: Collection[K]) -> bool:
    """Whether sorting anew would change what the rows `shown` (those that are fixed) say: of those not yet `decided`, the
    likeliest are not these in this order.
    """
    still_open = [key for key in shown if key not in decided]
    return still_open != list(ranked[: len(still_open)]) or len(still_open) < len(shown)


def sorted_anew(ranked: Sequence[K], later: Collection[K]) -> list[K]:
    """All of them in their order, those put off last."""
    return [key for key in ranked if key not in later] + [key for key in ranked if key in later]
