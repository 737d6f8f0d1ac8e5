"""A second net under what is typed while a transcript is corrected: a small file beside the project, there only until the
corrections are kept or discarded. It brings them back when the program or the power went away in between.
"""

from __future__ import annotations

import glob
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.textmap import Edit


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: `edits` of the text named `content`, which `source` had; `text` is what they make of it, in which the
    caret stood before the code point `caret`. `name` is the source's.
    """

    source: SourceId
    name: str
    content: str
    edits: tuple[Edit, ...]
    text: str
    caret: int = 0


def path_of(project: Path, content: str) -> Path:
    """Where what is typed into the text named `content` is put down."""
    return project.with_name(f"{project.name}-typing-{content[:12]}")


def put_down(project: Path, draft: Draft) -> None:
    """Put down what was typed, in place of what was put down before; nothing where nothing was typed.

    Where the folder cannot be written to there is no second net: what was typed is still on the screen.
    """
    path = path_of(project, draft.content)
    if not draft.edits:
        clear(project, draft.content)
        return
    half = path.with_name(path.name + "-new")
    try:
        half.write_text(json.dumps(asdict(draft)), encoding="utf-8")
        half.replace(path)
    except OSError:
        return


def put_back(project: Path, content: str, length: int) -> Draft | None:
    """What was typed into the text named `content`, of so many code points; None where there is nothing, or it is damaged."""
    draft = _read(path_of(project, content))
    if draft is None or draft.content != content or any(edit.end > length for edit in draft.edits):
        return None
    return draft


def left(project: Path) -> list[Draft]:
    """All that was typed into texts of a project and neither kept nor discarded."""
    paths = sorted(project.parent.glob(f"{glob.escape(project.name)}-typing-*"))
    return [draft for path in paths if not path.name.endswith("-new") and (draft := _read(path)) is not None]


def clear(project: Path, content: str) -> None:
    """It was kept or discarded."""
    try:
        path_of(project, content).unlink(missing_ok=True)
    except OSError:
        return


def _read(path: Path) -> Draft | None:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        edits = tuple(Edit(int(one["start"]), int(one["end"]), str(one["text"])) for one in said["edits"])
        return Draft(
            SourceId(int(said["source"])), str(said["name"]), str(said["content"]), edits, str(said["text"]),
            int(said["caret"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
