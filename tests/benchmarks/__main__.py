"""`python3 run.py bench`: every benchmark, one after the other, each in processes of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run the benchmarks named on the command line, or all. Gives the worst exit status."""
    here = Path(__file__).parent
    names = sys.argv[1:] or sorted(p.stem for p in here.glob("*.py") if not p.stem.startswith("_"))
    return max(subprocess.call([sys.executable, "-m", f"tests.benchmarks.{name}"]) for name in names)


if __name__ == "__main__":
    sys.exit(main())
