"""The golden figures, written down: what each is made of, in words and numbers of marks. `python -m tests.report.golden` writes them anew."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from cohesion_qda.report.drawing import Drawing, Text

FILE = Path(__file__).with_suffix(".json")
CASES = ("bars", "bars of a tree", "dumbbell", "nested heat map", "curve", "talk", "portrait", "timeline", "intervals", "responses", "divided")  # fmt: skip


def structure(drawing: Drawing) -> dict[str, Any]:
    """What a drawing is made of; nothing of where it stands."""
    return {
        "title": drawing.title,
        "alt": drawing.alt,
        "marks": dict(sorted(Counter(type(mark).__name__ for mark in drawing.marks).items())),
        "colours": sorted({colour for m in drawing.marks for colour in (getattr(m, "fill", ""), getattr(m, "stroke", "")) if colour}),
        "texts": [mark.text for mark in drawing.marks if isinstance(mark, Text)],
        "spots": [f"{spot.said} {list(spot.key)}" for spot in drawing.spots],
    }  # fmt: skip


def drawings() -> dict[str, Drawing]:
    from tests.report.test_drawn import GOLDEN, drawn

    return {case: drawn(GOLDEN[case][1], GOLDEN[case][0]) for case in CASES}


if __name__ == "__main__":
    told = {case: structure(drawing) for case, drawing in drawings().items()}
    FILE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
