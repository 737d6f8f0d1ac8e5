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


def of_words() -> dict[str, Drawing]:
    """A word cloud, its bars and a tree of lines."""
    from cohesion_qda.report import wordclouds, wordtrees
    from tests.report import test_wordclouds, test_wordtrees

    cloud = test_wordclouds.coloured()
    found = test_wordtrees.concordance(test_wordtrees.SAID, "park")
    return {
        "word cloud": wordclouds.cloud(cloud).drawing, "word bars": wordclouds.bars(cloud),
        "word tree": wordtrees.tree(found), "said near": wordtrees.near(found),
    }  # fmt: skip


if __name__ == "__main__":
    told = {case: structure(drawing) for case, drawing in (drawings() | of_words()).items()}
    FILE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
