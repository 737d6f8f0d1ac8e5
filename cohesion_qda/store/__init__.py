"""Keeping a project in one SQLite file. SQL appears here and nowhere else.

`sqlite_utils` imports pandas and numpy wherever they are installed, to know their types in tables that it makes of their
frames. No table here is made so, and every opening of a project would wait for them: it is imported here, without them.
"""

import sys
from threading import get_ident


class _Without:
    """While it stands first in `sys.meta_path`, this thread cannot import some modules that nobody has imported yet."""

    def __init__(self, *names: str) -> None:
        self._names, self._thread = names, get_ident()

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Nothing; other finders are asked then. Raises ModuleNotFoundError for what is not to be imported."""
        if name in self._names and get_ident() == self._thread:
            raise ModuleNotFoundError(name=name)


_without = _Without("pandas", "numpy")
sys.meta_path.insert(0, _without)
try:
    import sqlite_utils  # noqa: F401
finally:
    sys.meta_path.remove(_without)
