"""`python3 run.py bench`: every benchmark, one after the other, each in processes of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run the benchmarks named on the command line, or all; what follows a name and is none is given to it. Gives the
    worst exit status.
    """
    known = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
    asked: list[list[str]] = []
    for word in sys.argv[1:]:
        if word in known or not asked:
            asked.append([word])
        else:
            asked[-1].append(word)
    return max(
        subprocess.call([sys.executable, "-m", f"tests.benchmarks.{name}", *more])
        for name, *more in asked or [[name] for name in known]
    )


if __name__ == "__main__":
    sys.exit(main())
