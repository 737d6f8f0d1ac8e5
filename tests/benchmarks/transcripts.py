"""How well turns and speakers are found: `python3 run.py bench transcripts FOLDER`; without a folder, on the shared data.

FOLDER holds transcripts and GROUND_TRUTH.csv with the columns `file,turns,speakers`: a path relative to FOLDER, and how
many turns and speakers are in it (what is left empty is not compared). Beside a transcript `FILE` there may be
`FILE.turns.csv` with the columns `speaker,text`: who speaks, and at least the first six words of the turn, in order. Then
the beginnings of turns are compared too: found and true turns are set side by side by their first six words, in order, and

- precision is how many of the found beginnings are true, recall how many of the true ones were found;
- speaker is how many of the true turns were found with the right label.

Without it only the counts can be compared: precision and recall are then at best min / found and min / true, and the
table says "at best".
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from cohesion_qda.base.errors import UserError
from cohesion_qda.formats.talk.labels import key_of
from cohesion_qda.formats.watch import read_all
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import comparable, without_stage_notes, word_pattern

SHARED = (
    Path(os.environ.get("COHESION_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data" / "transcripts"
)
TRUTH = "GROUND_TRUTH.csv"
FIRST_WORDS = 6
COUNTS = {  # what the shared data's README states, beside the three focus groups and their containers
    "meetings/education_13.json": (133, 7),
    "meetings/ES2004a.json": (320, 4),
    "other/practical-ai-144.md": (117, 4),
    "other/js-party-94.md": (172, 5),
    "other/example.srt": (10, 3),
    "other/example.html": (10, 3),
    "other/example.vtt": (None, 2),
    "other/fishbowl_transcript.vtt": (None, 1),
}


@dataclass(frozen=True)
class Compared:
    """Turns whose beginning is right, among those `found` and those that are `true`; and how many of them have the
    right speaker, too.
    """

    starts: int
    found: int
    true: int
    right: int

    def __add__(self, other: Compared) -> Compared:
        return Compared(
            self.starts + other.starts, self.found + other.found, self.true + other.true, self.right + other.right
        )

    def in_words(self) -> str:
        """The three shares."""
        return (
            f"precision {share(self.starts, self.found)}  recall {share(self.starts, self.true)}  "
            f"speaker {share(self.right, self.true)}"
        )


NOTHING = Compared(0, 0, 0, 0)


def main() -> int:
    """Print a line for each file and one for all. Gives 1 where there is no truth to compare with."""
    if sys.argv[1:]:
        return measure(Path(sys.argv[1]))
    if not SHARED.is_dir():
        print(f"transcripts: skipped, there is no {SHARED}; name a folder with a {TRUTH}")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_shared_truth(folder)
        return measure(folder)


def measure(folder: Path) -> int:
    """Compare what is found in each file of `folder` with its truth."""
    try:
        with (folder / TRUTH).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        print(f"transcripts: {folder / TRUTH} could not be opened: {error.strerror}")
        return 1
    counts, exact = NOTHING, NOTHING
    speakers: Counter[str] = Counter()
    print(f"{'turns':>13} {'speakers':>9}  file")
    for row in rows:
        drafts = read_all([folder / row["file"]])
        if not drafts or isinstance(drafts[0], UserError):
            print(f"{'not read':>23}  {row['file']}: {drafts[0] if drafts else ''}")
            counts += Compared(0, 0, int(row["turns"] or 0), 0)
            continue
        draft = drafts[0]
        one = by_counts(draft, row["turns"])
        truth = turns_beside(folder / row["file"])
        told = f"{one.in_words()} at best, by the counts alone" if one.true else ""
        counts += one
        if truth is not None:
            compared = compare(draft, truth)
            exact += compared
            told = compared.in_words()
        is_right = not row["speakers"] or len(draft.roles) == int(row["speakers"])
        speakers[str(is_right)] += 1
        turns = f"{len(draft.turns)} of {row['turns'] or '?'}"
        print(f"{turns:>13} {f'{len(draft.roles)} of ' + (row['speakers'] or '?'):>9}  {row['file']}  {told}")
    print(
        f"all files: {counts.found} turns of {counts.true} by the counts; speakers right in {speakers['True']} of {len(rows)}"
    )
    if exact.true:
        print(
            f"where the turns are known: {exact.in_words()} ({exact.starts} of {exact.true} turns, {exact.found} found)"
        )
    else:
        print("Which turns are right cannot be told from counts; put FILE.turns.csv beside a file for that.")
    return 0


def by_counts(draft: SourceDraft, turns: str) -> Compared:
    """The most that can be right, when only how many turns there are is known."""
    if not turns:
        return NOTHING
    found, true = len(draft.turns), int(turns)
    return Compared(min(found, true), found, true, min(found, true))


def turns_beside(path: Path) -> list[tuple[str, str]] | None:
    """The true turns of a file, (speaker, first words), where they are known."""
    beside = path.with_name(path.name + ".turns.csv")
    if not beside.is_file():
        return None
    with beside.open(encoding="utf-8-sig", newline="") as file:
        return [(row["speaker"], row["text"]) for row in csv.DictReader(file)]


def compare(draft: SourceDraft, truth: Sequence[tuple[str, str]]) -> Compared:
    """The turns of a draft beside the true ones, each (speaker, first words)."""
    found = [(turn.label, first_words(turn.span.of(draft.text))) for turn in draft.turns]
    true = [(label, first_words(text)) for label, text in truth]
    matcher = SequenceMatcher(None, [words for _l, words in found], [words for _l, words in true], autojunk=False)
    pairs = [(found[a + i], true[b + i]) for a, b, size in matcher.get_matching_blocks() for i in range(size)]
    right = sum(1 for one, other in pairs if key_of(one[0]) == key_of(other[0]))
    return Compared(len(pairs), len(found), len(true), right)


def first_words(text: str) -> tuple[str, ...]:
    """The first few words of speech, comparable; of a turn without any, its notes."""
    words = [match.group() for match in word_pattern().finditer(comparable(without_stage_notes(text[:600])))]
    return tuple(words[:FIRST_WORDS]) or ("*", comparable(text[:40]))


def share(part: int, whole: int) -> str:
    """`part` of `whole` as a share of 1."""
    return f"{part / whole:.3f}" if whole else "-"


def write_shared_truth(folder: Path) -> None:
    """Links to the shared transcripts in `folder`, with the truth that their README, and a plain splitter, state."""
    rows: list[tuple[str, int | None, int]] = []
    groups = SHARED / "focus_groups"
    for path in sorted(groups.glob("*.txt")):
        turns = list(plainly(path.read_bytes().decode("cp1252")))
        rows.append((f"focus_groups/{path.name}", len(turns), len({label for label, _text in turns})))
        write_turns(folder / "focus_groups" / path.name, turns)
    containers = SHARED / "containers"
    true = json.loads((containers / "TRUTH.json").read_text(encoding="utf-8"))
    turns = list(plainly((containers / "cp1252_crlf.txt").read_bytes().decode("cp1252"), ":"))
    assert (len(turns), sorted({label for label, _text in turns})) == (true["turns"], true["speakers"])
    for path in sorted(containers.iterdir()):
        if path.suffix != ".json":
            rows.append((f"containers/{path.name}", true["turns"], len(true["speakers"])))
            write_turns(folder / "containers" / path.name, turns)
    rows += [(name, *counts) for name, counts in COUNTS.items()]
    for name, _turns, _speakers in rows:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((SHARED / name).read_bytes())
    with (folder / TRUTH).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("file", "turns", "speakers"), *rows])


def plainly(text: str, stops: str = ":.") -> Iterator[tuple[str, str]]:
    """The turns of the focus groups, split at `LABEL:` and `LABEL.` by an expression that knows nothing else."""
    label = re.compile(rf"^(GA|CA|TN\d+)(?: \(\w+\))?[{stops}]\s+", re.MULTILINE)
    pieces = label.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def write_turns(path: Path, turns: Sequence[tuple[str, str]]) -> None:
    """`path`.turns.csv with the true turns of the file that will be at `path`."""
    path.parent.mkdir(exist_ok=True)
    with path.with_name(path.name + ".turns.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("speaker", "text"), *turns])


if __name__ == "__main__":
    sys.exit(main())
