"""Keeping a project in one SQLite file. SQL appears here and nowhere else.

`sqlite_utils` imports pandas and numpy wherever they are installed, to know their types in tables that it makes from
them. No table here is made so, and opening a project would take twice as long: it is imported here first, without them.
"""

import sys

_UNWANTED = [name for name in ("pandas", "numpy") if name not in sys.modules]
sys.modules |= dict.fromkeys(_UNWANTED)  # type: ignore[arg-type]  # None: importing it raises ImportError
try:
    import sqlite_utils  # noqa: F401
finally:
    for _name in _UNWANTED:
        del sys.modules[_name]
