"""Codebooks as files: .json as a tree, .csv and .xlsx as one row a code, .qdc as the exchange standard has it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotReadSource, CannotWrite, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.base.resources import resource
from cohesion_qda.formats.decoding import decode
from cohesion_qda.formats.files import MEGABYTE, read_bytes, write_bytes
from cohesion_qda.formats.grid import Grid, read_grids, write_grid
from cohesion_qda.model.codebook import COLOURS, DIRECTIONS, KEYS, SEPARATOR, Code, CodeDraft, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import canonical, comparable

BUILT_IN = ("cohesion", "empty")
LIMIT = 20 * MEGABYTE
DEPTH_LIMIT = 30
_TEXTS = ("colour", "definition", "use_when", "not_when", "example", "key")
_COLUMNS = ("path", *_TEXTS, "is_question", "set aside", "direction")
_YES = {"yes", "y", "true", "1", "x", "question"}
ENDINGS = (".xlsx", ".csv", ".qdc", ".json")


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """What was read: the codes, roots first, and what was left out or changed, a sentence each."""

    codes: tuple[CodeDraft, ...]
    notes: tuple[str, ...] = ()


def open_codebook(path: Path) -> CodebookFile:
    """A codebook file with what is to be said about how it was read. Raises CannotReadSource."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        return CodebookFile(tuple(_from_json(path)))
    if suffix in (".csv", ".xlsx"):
        return CodebookFile(tuple(_from_rows(path)))
    if suffix == ".qdc":
        from cohesion_qda.formats.refi import codebook as refi

        codes, notes = refi.read(path, read_bytes(path, LIMIT))
        return CodebookFile(tuple(codes), tuple(notes))
    raise CannotReadSource(
        path,
        _("{name} is not a codebook that can be read.").format(name=path.name),
        _("A codebook is a file that ends in .json, .csv, .xlsx or .qdc."),
    )


def read_codebook(path: Path) -> list[CodeDraft]:
    """The codes of a codebook file, roots first. Raises CannotReadSource."""
    return list(open_codebook(path).codes)


def read_builtin(name: str) -> list[CodeDraft]:
    """The codes of a codebook that ships with the program: `cohesion`, or `empty`. Raises NotFound."""
    if name not in BUILT_IN:
        raise NotFound(_("codebook"), name, BUILT_IN)
    return [] if name == "empty" else read_codebook(resource(f"codebooks/{name}.json"))


def write_codebook(
    path: Path, tree: CodeTree, *, name: str = "", about: str = "", guid: Callable[[CodeId], str] | None = None
) -> None:
    """Write the codes of `tree` as .json, .csv, .xlsx or .qdc, by the ending. `guid` gives what a code is known by in a
    .qdc (without it, what follows from its id alone). Raises CannotWrite.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        book = {"name": name, "about": about, "codes": [_as_json(tree, code) for code in tree.children()]}
        write_bytes(path, (json.dumps(book, ensure_ascii=False, indent=2) + "\n").encode())
    elif suffix in (".csv", ".xlsx"):
        rows = [list(_COLUMNS)] + [_as_row(tree, code) for code in tree]
        write_grid(path, _("Codebook"), rows)
    elif suffix == ".qdc":
        from cohesion_qda.formats.refi import codebook as refi

        write_bytes(path, refi.write(tree, guid or (lambda code: str(uuid.uuid5(uuid.NAMESPACE_OID, str(code))))))
    else:
        raise CannotWrite(
            _("A codebook cannot be written as {name}.").format(name=path.name),
            _("Choose a name that ends in .json, .csv, .xlsx or .qdc."),
        )


def _as_json(tree: CodeTree, code: Code) -> dict[str, Any]:
    texts = {name: getattr(code, name) for name in _TEXTS}
    children = [_as_json(tree, child) for child in tree.children(code.id)]
    marks = {"is_aside": True} if code.is_aside else {}
    pointing = {"direction": code.direction} if code.direction else {}
    return {"name": code.name, **texts, "is_question": code.is_question, **marks, **pointing, "children": children}


def _as_row(tree: CodeTree, code: Code) -> list[str]:
    path = SEPARATOR.join(_escaped(step.name) for step in map(tree.__getitem__, tree.lineage(code.id)))
    marks = ("yes" if mark else "" for mark in (code.is_question, code.is_aside))
    return [path, *(getattr(code, name) for name in _TEXTS), *marks, code.direction]


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR)


def _split(path: str) -> list[str]:
    """The names of a path; `\\/` is a stroke within a name."""
    names, letters = [""], iter(path)
    for letter in letters:
        if letter == "\\":
            following = next(letters, "")
            names[-1] += following if following in ("\\", SEPARATOR) else letter + following
        elif letter == SEPARATOR:
            names.append("")
        else:
            names[-1] += letter
    return [_clean(name) for name in names if name.strip()]


def _clean(text: str) -> str:
    return " ".join(canonical(text).split())


def _from_json(path: Path) -> list[CodeDraft]:
    text = decode(path, read_bytes(path, LIMIT)).text
    try:
        book = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise CannotReadSource(
            path,
            _("{name} is not well-formed JSON ({reason}).").format(name=path.name, reason=reason),
            _("Export the codebook again, or use .csv or .xlsx."),
        ) from error
    codes = book.get("codes") if isinstance(book, dict) else book
    if not isinstance(codes, list):
        raise _not_a_codebook(path)
    return list(_drafts(path, codes, 1))


def _drafts(path: Path, codes: list[Any], depth: int) -> Iterator[CodeDraft]:
    seen: set[str] = set()
    for code in codes:
        children = code.get("children") or [] if isinstance(code, dict) else None
        name = _clean(str(code.get("name") or "")) if isinstance(code, dict) else ""
        if not name or not isinstance(children, list) or depth > DEPTH_LIMIT:
            raise _not_a_codebook(path)
        if comparable(name) in seen:
            raise _twice(path, name)
        seen.add(comparable(name))
        texts = {key: canonical(str(code.get(key) or "")).strip() for key in (*_TEXTS, "direction")}
        draft = _draft(name, texts, is_question=code.get("is_question") is True, is_aside=code.get("is_aside") is True)
        yield replace(draft, children=tuple(_drafts(path, children, depth + 1)))


def _draft(name: str, texts: dict[str, str], *, is_question: bool, is_aside: bool) -> CodeDraft:
    """A code without children; a colour that the program does not know is left for it to choose."""
    colour, direction = texts.get("colour", ""), comparable(texts.get("direction", ""))
    return CodeDraft(
        name,
        colour if colour in COLOURS else "",
        texts.get("definition", ""),
        texts.get("use_when", ""),
        texts.get("not_when", ""),
        texts.get("example", ""),
        is_question,
        texts["key"] if texts.get("key") in KEYS else "",
        is_aside=is_aside,
        direction=direction if direction in DIRECTIONS else "",
    )


@dataclass(slots=True)
class _Growing:
    """A code while rows are read; `described` once it had its own row."""

    draft: CodeDraft
    children: dict[str, _Growing] = field(default_factory=dict)
    described: bool = False

    def grown(self) -> CodeDraft:
        return replace(self.draft, children=tuple(child.grown() for child in self.children.values()))


def _from_rows(path: Path) -> list[CodeDraft]:
    root = _Growing(CodeDraft(""))
    for grid in read_grids(path):
        steps_of = _steps(grid)
        if steps_of is None:
            continue
        for steps, row in steps_of:
            _plant(path, root, steps, grid, row)
    codes = list(root.grown().children)
    if not codes:
        raise CannotReadSource(
            path,
            _("{name} has no column called path or name with codes in it.").format(name=path.name),
            _("Give each code a row, and the column with “What divides/Politics” the title “path”."),
        )
    return codes


def _steps(grid: Grid) -> Iterable[tuple[list[str], tuple[str, ...]]] | None:
    """For each row the names from the root to its code: from a column path, from columns level 1, level 2 …, or
    from columns name and parent, where the parent is a name or a path. None when there are no such columns.
    """
    path, name, parent = grid.column("path", "code path"), grid.column("name", "code"), grid.column("parent")
    levels = [place for n in range(1, DEPTH_LIMIT) if (place := grid.column(f"level {n}", f"level{n}")) is not None]
    if path is not None:
        return [(_split(row[path]), row) for _number, row in grid.rows]
    if levels:
        return [([_clean(row[i]) for i in levels if row[i].strip()], row) for _number, row in grid.rows]
    if name is None:
        return None
    lineages: dict[str, list[str]] = {}
    found: list[tuple[list[str], tuple[str, ...]]] = []
    for _number, row in grid.rows:
        above = _clean(row[parent]) if parent is not None else ""
        steps = [*lineages.get(comparable(above), _split(above)), _clean(row[name])]
        lineages.setdefault(comparable(steps[-1]), steps)
        lineages.setdefault(comparable(SEPARATOR.join(steps)), steps)
        found.append((steps, row))
    return found


def _plant(path: Path, root: _Growing, steps: list[str], grid: Grid, row: tuple[str, ...]) -> None:
    steps = [step for step in steps if step]
    if not steps:
        return
    if len(steps) > DEPTH_LIMIT:
        raise _not_a_codebook(path)
    at = root
    for step in steps:
        at = at.children.setdefault(comparable(step), _Growing(CodeDraft(step)))
    if at.described:
        raise _twice(path, SEPARATOR.join(steps))
    known = (*_TEXTS, "direction")
    values = {name: row[place] for name in known if (place := grid.column(name.replace("_", " "))) is not None}
    question, aside = (
        place is not None and comparable(row[place]) in _YES
        for place in (grid.column("is question", "question"), grid.column("set aside", "is aside"))
    )
    at.draft = _draft(steps[-1], values, is_question=question, is_aside=aside)
    at.described = True


def _not_a_codebook(path: Path) -> CannotReadSource:
    return CannotReadSource(
        path,
        _("{name} does not hold a codebook.").format(name=path.name),
        _("It needs a list “codes”, each with a “name” and, under it, its “children”."),
    )


def _twice(path: Path, name: str) -> CannotReadSource:
    return CannotReadSource(
        path,
        _("{name} has the code “{code}” twice.").format(name=path.name, code=name),
        _("Give the two different names, or keep one."),
    )
