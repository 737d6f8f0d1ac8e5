"""Numbers as they are read, the same on the screen, in figures, on the command line and in printed tables: halves go up, a minus is one."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from cohesion_qda.base.i18n import _

MINUS = "−"


def whole(n: float) -> str:
    """`1,234`."""
    return f"{int(n):,}".replace("-", MINUS)


def decimal(value: float, places: int = 2) -> str:
    """`0.430` with three `places`, `<0.001` for what is not nothing; a count (an int) without. Never `−0.00`."""
    if isinstance(value, int):
        return whole(value)
    if not isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞" if value < 0 else "–"
    least = Decimal(1).scaleb(-places)
    found = rounded(value, places)
    return f"<{least}" if value > 0 and not found else f"{found + 0:,}".replace("-", MINUS)


def percent(share: float) -> str:
    """`58%`, 12.5 being 13; a share that is not nothing is not told as nothing."""
    if 0 < share < 0.005:
        return _("under 1%")
    return _("{n}%").format(n=rounded(100 * share, 0))


def rounded(value: float, places: int) -> Decimal:
    """`value` with so many decimals, halves away from zero; what is a half but for the way computers count is one."""
    known = Decimal(repr(round(value, places + 6)))
    return known.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
