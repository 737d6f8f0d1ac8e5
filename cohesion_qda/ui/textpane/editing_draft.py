"""A second net under what is typed while a transcript is corrected: a small file beside the project, there only until the
corrections are kept or discarded. It brings them back when the program or the power went away in between.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from cohesion_qda.model.textmap import Edit


def path_of(project: Path, content: str) -> Path:
    """Where what is typed into the text named `content` is put down."""
    return project.with_name(f"{project.name}-typing-{content[:12]}")


def put_down(project: Path, content: str, edits: Sequence[Edit]) -> None:
    """Put down what was typed, in place of what was put down before; nothing where nothing was typed.

    Where the folder cannot be written to there is no second net: what was typed is still on the screen.
    """
    path = path_of(project, content)
    if not edits:
        clear(project, content)
        return
    half = path.with_name(path.name + "-new")
    said = {"content": content, "edits": [[edit.start, edit.end, edit.text] for edit in edits]}
    try:
        half.write_text(json.dumps(said), encoding="utf-8")
        half.replace(path)
    except OSError:
        return


def put_back(project: Path, content: str, length: int) -> list[Edit]:
    """What was typed into the text named `content`, of so many code points; nothing where there is none, or it is damaged."""
    try:
        said = json.loads(path_of(project, content).read_text(encoding="utf-8"))
        edits = [Edit(int(start), int(end), str(text)) for start, end, text in said["edits"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return edits if said["content"] == content and all(edit.end <= length for edit in edits) else []


def clear(project: Path, content: str) -> None:
    """It was kept or discarded."""
    try:
        path_of(project, content).unlink(missing_ok=True)
    except OSError:
        return
