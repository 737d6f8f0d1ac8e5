"""What the fuzzer found, replayed; and a few well-formed and torn beginnings through every target."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

FINDINGS = sorted((Path(__file__).parent.parent / "fuzz" / "findings").glob("*.bin"))


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda path: path.stem)
def test_what_was_found_stays_mended(finding: Path) -> None:
    TARGETS[finding.stem.partition("-")[0]](finding.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_whole_and_torn(name: str) -> None:
    for seed in seeds(name):
        for end in (len(seed), len(seed) // 2, len(seed) - 3):
            TARGETS[name](seed[:end])
        TARGETS[name](seed.replace(b"a", b"\0"))
