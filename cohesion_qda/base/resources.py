"""Files that ship with the program, found the same way in a checkout, a wheel and a frozen app."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _folder(name: str, packaged: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    for folder in (_PACKAGE / packaged, Path(frozen) / name if frozen else None, _PACKAGE.parent / name):
        if folder is not None and folder.is_dir():
            return folder
    raise FileNotFoundError(f"the program's own folder {name!r} is missing")


def resource(name: str) -> Path:
    """The path of a shipped file: `resource("codebooks/cohesion.json")`. Raises FileNotFoundError."""
    path = _folder("resources", "_resources") / name
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def sample_folder() -> Path:
    """The folder of the sample study."""
    return _folder("sample_transcripts", "_sample_transcripts")
