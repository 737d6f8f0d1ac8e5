"""How well and how fast the language of talk is read: `python3 run.py bench language [PIPELINE]`.

Every bar with what is measured from raw text on the shared data, on one thread; beside it the figures on web text (EWT) and of
each way to find names. A pipeline is named as `cohesion-qda language` lists it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from threadpoolctl import threadpool_limits

from cohesion_qda.analysis.pipelines import choose, load
from tests.training.language import shared_english
from tests.training.scores import BARS, SPOKEN, measured, megabytes, read, words_per_second

WORDS = {
    "part_of_speech": "parts of speech",
    "lemma": "lemmas",
    "attachment": "labelled attachment (LAS)",
    "noun_phrases": "noun phrases of several words, F",
    "names_recall": "people and places, recall",
    "names_recall_review": "people and places, recall in a review",
    "names_recall_small_letters": "people and places, recall in small letters",
    "words_per_second": "words per CPU second, all but names",
    "megabytes": "megabytes of all its data",
}


def main() -> int:
    """Print the figures; 1 when a bar is not met."""
    folder = shared_english()
    if not folder.is_dir():
        print("The shared data (../shared/data/english) is not on this machine.")
        return 0
    info = choose("en", sys.argv[1] if len(sys.argv) > 1 else "")
    print(f"{info.key}, on {SPOKEN}, from raw text")
    speed = words_per_second(load(info), read(folder, SPOKEN), rounds=9)  # first: as a process that has just begun
    result = measured(info, folder)
    found = {
        **result["spoken"],
        "words_per_second": speed,
        "megabytes": megabytes(Path(info.path)) if info.path else 0.0,
    }
    missed = 0
    for key, words in WORDS.items():
        bar, value = BARS[key], found[key]
        met = value <= bar if key == "megabytes" else value >= bar
        missed += not met
        figures = f"{value:11,.4f} {bar:10,.2f}" if bar < 1 else f"{value:11,.1f} {bar:10,.0f}"
        print(f"  {words:45} {figures}   {'met' if met else 'NOT MET'}")
    print("on web text (ewt_test)")
    for key, value in result["web"].items():
        print(f"  {WORDS[key]:45} {value:11.4f}")
    print(f"names                     {'whole':>8} {'people':>8} {'places':>8} {'touched':>8} {'precise':>8}")
    for way, row in result["names"].items():
        print(
            f"  {way:23} " + " ".join(f"{row[k]:8.3f}" for k in ("recall", "person", "place", "touched", "precision"))
        )
    return int(missed > 0)


if __name__ == "__main__":
    with threadpool_limits(1):
        sys.exit(main())
