"""Codebooks of the exchange standard, .qdc: codes with a description and a colour, nested.

What the standard has no place for goes into the description, each under a heading of its own (`Use when: …`), so that it
can be read in any program and is found again by this one. A line of a person's own that looks like such a heading is set
in by one space, which is taken off again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from cohesion_qda.base.errors import CannotReadSource, CannotWrite
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.version import VERSION
from cohesion_qda.formats.files import shown
from cohesion_qda.model.codebook import COLOURS, DIRECTIONS, Code, CodeDraft, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import canonical, comparable

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Cohesion QDA"
DEPTH_LIMIT = 30
CODE_LIMIT = 20_000
HEADINGS = {
    "use_when": "Use when",
    "not_when": "Not when",
    "example": "Example",
    "is_aside": "Set aside",
    "direction": "Direction",
}
_MARKS = ("is_aside", "direction")  # no texts of a person's own
_RGB = dict(zip(COLOURS, (
    "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1",
    "#2F83C6", "#3F7D20", "#A57A00", "#D1477A", "#9C3B26", "#5A4FBF",
), strict=True))  # fmt: skip
_FIELDS = {heading.casefold(): name for name, heading in HEADINGS.items()} | {"definition": "definition"}
_HEADING = re.compile(rf"({'|'.join(_FIELDS)}):[ \t]?(.*)", re.IGNORECASE)
_LOOKS_SO = re.compile(rf"^( *)(?=(?:{'|'.join(_FIELDS)}):)", re.IGNORECASE | re.MULTILINE)
_SET_IN = re.compile(rf"^ ( *)(?=(?:{'|'.join(_FIELDS)}):)", re.IGNORECASE | re.MULTILINE)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# ---- writing
def write(tree: CodeTree, guid: Callable[[CodeId], str]) -> bytes:
    """The codebook as a .qdc file; `guid` gives what a code is known by for ever. Raises CannotWrite for an empty one, for
    which the standard has no form.
    """
    if not len(tree):
        raise CannotWrite(
            _("A codebook without codes cannot be written as .qdc."), _("Make a code first, or save it as .xlsx.")
        )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<CodeBook xmlns="{NAMESPACE}" origin="{ORIGIN} {VERSION}">')
    lines.append("<Codes>")
    for code in tree.children():
        _write_code(tree, code, guid, lines)
    return "\n".join([*lines, "</Codes>", "</CodeBook>", ""]).encode()


def _write_code(tree: CodeTree, code: Code, guid: Callable[[CodeId], str], lines: list[str]) -> None:
    codable = "false" if code.is_question else "true"
    lines.append(
        f'<Code guid="{guid(code.id)}" name={quoteattr(_xml(code.name))} isCodable="{codable}" color="{_RGB[code.colour]}">'
    )
    if description := _description(code):
        lines.append(f"<Description>{escape(_xml(description))}</Description>")
    for child in tree.children(code.id):
        _write_code(tree, child, guid, lines)
    lines.append("</Code>")


def _description(code: Code) -> str:
    texts = {
        name: _LOOKS_SO.sub(r" \1", getattr(code, name)) for name in ("definition", *HEADINGS) if name not in _MARKS
    }
    parts = [text if name == "definition" else f"{HEADINGS[name]}: {text}" for name, text in texts.items() if text]
    if code.is_aside:
        parts.append(f"{HEADINGS['is_aside']}: yes")
    if code.direction:
        parts.append(f"{HEADINGS['direction']}: {code.direction}")
    return "\n\n".join(parts)


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


# ---- reading
def read(path: Path, data: bytes) -> tuple[list[CodeDraft], list[str]]:
    """The codes of a .qdc file, roots first, and what was left out or changed, a sentence each. Raises CannotReadSource.

    Declarations of types and entities are refused: nothing outside the file is ever read.
    """
    reader = _Reader(path)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.opened, reader.closed
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refused
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = error.lineno if isinstance(error, expat.ExpatError) else parser.CurrentLineNumber
        raise CannotReadSource(
            path,
            _("{name} is not well-formed XML (line {line}).").format(name=shown(path.name), line=line),
            _("Export the codebook again from the program it was made with."),
        ) from error
    drafts = [draft for raw in reader.roots for draft in [reader.draft(raw)]]
    return reader.apart(drafts), reader.notes()


@dataclass(slots=True)
class _Raw:
    """A code while it is read."""

    name: str
    colour: str
    codable: bool
    description: list[str] = field(default_factory=list)
    children: list[_Raw] = field(default_factory=list)


class _Reader:
    """Goes through the file. Names of elements count without their namespace, as older drafts of the standard have others."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.roots: list[_Raw] = []
        self._stack: list[str] = []
        self._open: list[_Raw] = []
        self._count = self._sets = self._unnamed = self._renamed = self._recoloured = 0
        self._is_ours = False

    # what expat tells
    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not self._stack:
            if name.casefold() != "codebook":
                raise self._no_codebook(name)
            self._is_ours = attributes.get("origin", "").startswith(ORIGIN)
        self._stack.append(name)
        if len(self._stack) > DEPTH_LIMIT + 10:
            raise self._too_much()
        if name == "Code" and self._stack[-2] in ("Codes", "Code"):
            self._open_code(attributes)
        elif name == "Set":
            self._sets += 1

    def _open_code(self, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > CODE_LIMIT or len(self._open) >= DEPTH_LIMIT:
            raise self._too_much()
        name = " ".join(canonical(attributes.get("name", "")).split())
        self._unnamed += not name
        raw = _Raw(
            name or _("Unnamed code"), attributes.get("color", "").strip(),
            attributes.get("isCodable", "true").strip().casefold() not in ("false", "0"),
        )  # fmt: skip
        (self._open[-1].children if self._open else self.roots).append(raw)
        self._open.append(raw)

    def closed(self, _tag: str) -> None:
        if self._stack.pop() == "Code" and self._open:
            self._open.pop()

    def text(self, words: str) -> None:
        if self._open and self._stack[-1] == "Description" and self._stack[-2] == "Code":
            self._open[-1].description.append(words)

    def refused(self, *_details: object) -> None:
        raise CannotReadSource(
            self._path,
            _("{name} declares types or entities of its own, which a codebook never needs.").format(
                name=shown(self._path.name)
            ),
            _("Export the codebook again from the program it was made with."),
        )

    # what comes of it
    def draft(self, raw: _Raw, depth: int = 0) -> CodeDraft:
        """A code with those under it."""
        texts = described(canonical("".join(raw.description)))
        aside = texts.pop("is_aside", "").casefold() in ("yes", "true")
        direction = texts.pop("direction", "").casefold()
        return CodeDraft(
            raw.name, self._colour(raw.colour), **texts,
            is_question=self._is_ours and not raw.codable and depth == 0,
            children=tuple(self.apart([self.draft(child, depth + 1) for child in raw.children])), is_aside=aside,
            direction=direction if direction in DIRECTIONS else "",
        )  # fmt: skip

    def apart(self, drafts: Sequence[CodeDraft]) -> list[CodeDraft]:
        """Codes beside one another with names of their own: the second of a name gets a number."""
        from dataclasses import replace

        taken: set[str] = {comparable(draft.name) for draft in drafts}
        seen: set[str] = set()
        found = []
        for draft in drafts:
            name, number = draft.name, 2
            while comparable(name) in seen or (number > 2 and comparable(name) in taken):
                name, number = _("{name} ({number})").format(name=draft.name, number=number), number + 1
            self._renamed += name != draft.name
            seen.add(comparable(name))
            found.append(replace(draft, name=name))
        return found

    def _colour(self, written: str) -> str:
        if not _COLOUR.fullmatch(written):
            return ""
        digits = written[1:] if len(written) == 7 else "".join(digit * 2 for digit in written[1:])
        name = nearest_colour(f"#{digits}")
        self._recoloured += _RGB[name].casefold() != f"#{digits}".casefold()
        return name

    def notes(self) -> list[str]:
        """What the person should know of how it was read."""
        said = []
        if not self.roots:
            said.append(_("There is no code in {name}.").format(name=shown(self._path.name)))
        if self._sets:
            said.append(
                ngettext(
                    "It groups codes in {n} set, which is left out: here, codes are grouped by where they stand.",
                    "It groups codes in {n} sets, which are left out: here, codes are grouped by where they stand.",
                    self._sets,
                ).format(n=self._sets)
            )
        if self._recoloured:
            said.append(
                ngettext(
                    "{n} code gets the nearest of the colours that can be told apart here.",
                    "{n} codes get the nearest of the colours that can be told apart here.", self._recoloured,
                ).format(n=self._recoloured)
            )  # fmt: skip
        if self._renamed:
            said.append(
                ngettext(
                    "{n} code has the name of another beside it, and gets a number.",
                    "{n} codes have the names of others beside them, and get numbers.", self._renamed,
                ).format(n=self._renamed)
            )  # fmt: skip
        if self._unnamed:
            said.append(
                ngettext("{n} code has no name.", "{n} codes have no name.", self._unnamed).format(n=self._unnamed)
            )
        return said

    def _no_codebook(self, name: str) -> CannotReadSource:
        is_project = name.casefold() == "project"
        return CannotReadSource(
            self._path,
            _("{name} is a whole project, not a codebook.").format(name=shown(self._path.name))
            if is_project
            else _("{name} does not hold a REFI-QDA codebook.").format(name=shown(self._path.name)),
            _("Export the codebook alone, as .qdc, from the program it was made with."),
        )

    def _too_much(self) -> CannotReadSource:
        return CannotReadSource(
            self._path,
            _("{name} holds more than {n} codes, or codes nested deeper than {depth}.").format(
                name=shown(self._path.name), n=CODE_LIMIT, depth=DEPTH_LIMIT
            ),
            _("Export a smaller codebook from the program it was made with."),
        )


def described(description: str) -> dict[str, str]:
    """The texts of a description by field: what stands under no heading is the definition."""
    texts: dict[str, list[str]] = {}
    at = "definition"
    for line in description.split("\n"):
        heading = _HEADING.match(line)
        if heading:
            at, line = _FIELDS[heading[1].casefold()], heading[2]
        texts.setdefault(at, []).append(line)
    return {name: _SET_IN.sub(r"\1", "\n".join(lines)).strip() for name, lines in texts.items()}


def nearest_colour(rgb: str) -> str:
    """The colour of the palette that looks most like `#RRGGBB` (differences weighted as the eye does)."""
    wanted = _parts(rgb)

    def far(name: str) -> float:
        here = _parts(_RGB[name])
        red = (wanted[0] + here[0]) / 2
        squares = [(a - b) ** 2 for a, b in zip(wanted, here, strict=True)]
        return (2 + red / 256) * squares[0] + 4 * squares[1] + (2 + (255 - red) / 256) * squares[2]

    return min(COLOURS, key=far)


def _parts(rgb: str) -> tuple[int, int, int]:
    return int(rgb[1:3], 16), int(rgb[3:5], 16), int(rgb[5:7], 16)
