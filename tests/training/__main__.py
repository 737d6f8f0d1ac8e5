"""`python -m tests.training NAME …`: what ships in `resources/` and was trained or made is made again."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Hand the words after NAME to the module of that name."""
    known = sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if "def main(words" in path.read_text(encoding="utf-8")
    )
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        sys.exit(f"python -m tests.training {'|'.join(known)} …")
    importlib.import_module(f"tests.training.{sys.argv[1]}").main(sys.argv[2:])


if __name__ == "__main__":
    main()
