"""Made talks in every way of writing, with the slips of real transcribers: how many beginnings of turns are found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from made_talk import CASTS, CLEAN, DOCUMENTS, LINES, ROUGH, USUAL, Slips, Talk, talk, written
from test_speakers import check

from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.readers import text
from cohesion_qda.formats.talk.speakers import segment
from tests.benchmarks import transcripts
from tests.benchmarks.transcripts import NOTHING, Compared, compare

WRAPPED = Slips(wrapped=True, blank_lines=True, notes=0.1)
BLANK = Slips(blank_lines=True, notes=0.1, long_turns=0.1)
LEAST = 0.98


def found_in(document: RawDocument, truth: Talk) -> Compared:
    return compare(check(segment(document, "a")), truth)


def enough(compared: Compared) -> bool:
    shares = (
        compared.starts / compared.found, compared.starts / compared.true, compared.right / compared.true,
    )  # fmt: skip
    return min(shares) >= LEAST


@pytest.mark.parametrize(
    "slips", [CLEAN, USUAL, ROUGH, WRAPPED, BLANK], ids=["clean", "usual", "rough", "wrapped", "blank"]
)
@pytest.mark.parametrize("way", LINES)
def test_turns_are_found_in_every_way_of_writing(way: str, slips: Slips) -> None:
    total = NOTHING
    casts = list(CASTS.items())
    for cast, names in casts if slips is CLEAN else casts[len(way) % 2 :: 2]:
        chance = random.Random(f"{cast} {way} {slips}")
        said = talk(chance, names[: chance.randint(2, 8)], chance.randint(24, 40))
        lines, truth = written(chance, said, way, slips)
        total += found_in(text.from_bytes(Path("a.txt"), lines.encode()), truth)
    assert enough(total), total.in_words()


@pytest.mark.parametrize("shape", DOCUMENTS)
def test_turns_are_found_in_every_shape_of_document(shape: str) -> None:
    total = NOTHING
    for cast, names in CASTS.items():
        chance = random.Random(f"{cast} {shape}")
        said = talk(chance, names[: chance.randint(2, 8)], chance.randint(24, 40))
        total += found_in(DOCUMENTS[shape](said), said)
    assert enough(total), total.in_words()


@pytest.mark.campaign
def test_turns_are_found_in_thousands_of_made_talks() -> None:
    total = NOTHING
    for seed in range(10):
        for cast, names in CASTS.items():
            for way in LINES:
                for slips in (CLEAN, USUAL, ROUGH, WRAPPED, BLANK):
                    chance = random.Random(f"{seed} {cast} {way} {slips}")
                    said = talk(chance, names[: chance.randint(2, 8)], chance.randint(24, 60))
                    lines, truth = written(chance, said, way, slips)
                    total += found_in(text.from_bytes(Path("a.txt"), lines.encode()), truth)
    assert enough(total), total.in_words()


def test_the_measure_tells_right_from_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text(
        "GA: What do you think of all this, then?\nTN1: A.\nGA: So?\nTN1: B.\nOdd. Is it?"
    )
    (tmp_path / "one.txt.turns.csv").write_text(
        "speaker,text\nGA,What do you think of all\nTN2,A\nGA,So\nTN1,B\nTN1,Odd"
    )
    (tmp_path / "two.txt").write_text("Just a note about the park, and nothing more.")
    (tmp_path / "GROUND_TRUTH.csv").write_text("file,turns,speakers\none.txt,5,2\ntwo.txt,2,2\nthree.txt,1,1\n")
    assert transcripts.measure(tmp_path) == 0
    shown = capsys.readouterr().out
    assert "4 of 5    2 of 2  one.txt  precision 0.750  recall 0.600  speaker 0.400" in shown
    assert "0 of 2    0 of 2  two.txt  precision -  recall 0.000" in shown
    assert "not read  three.txt" in shown
    assert "all files: 4 turns of 8 by the counts; speakers right in 1 of 3" in shown
    assert transcripts.measure(tmp_path / "none") == 1
