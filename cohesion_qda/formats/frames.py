"""Study frames as files: `resources/frames/KEY.json`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from cohesion_qda.base.resources import resource
from cohesion_qda.formats.codebook import read_builtin
from cohesion_qda.model.codebook import SEPARATOR, CodeDraft
from cohesion_qda.model.frame import (
    Action,
    AreaType,
    Choice,
    Field,
    Frame,
    Issue,
    Item,
    Point,
    ReadyAttribute,
    ReadyEntry,
    ReadyQuery,
    ReadyTerm,
    Section,
    Sheet,
    Words,
)

KEYS = ("kirklees", "riep", "east_midlands", "wales", "delivery")
Made = TypeVar("Made")


@cache
def read_frame(key: str) -> Frame:
    """The frame of one of KEYS, which ships with the program."""
    book = json.loads(resource(f"frames/{key}.json").read_text(encoding="utf-8"))
    document = book["document"]
    actions = {action["key"]: _action(action) for action in book.get("actions", ())}
    return Frame(
        book["key"],
        _words(book["name"]),
        _words(book["about"]),
        document["title"],
        document["by"],
        document["year"],
        codes=_codes(book, document.get("short") or document["title"]),
        queries=_all(book, "queries", _query),
        plan=_all(book, "plan", lambda d: ReadyEntry(**d)),
        attributes=_all(book, "attributes", lambda d: ReadyAttribute(d["about"], d["name"], tuple(d["values"]))),
        sheets=_all(book, "sheets", _sheet),
        issues=_all(book, "issues", lambda d: _issue(d, actions)),
        for_all=_all(book, "for_all", _action),
        pitfalls=_all(book, "pitfalls", _point),
        area_types=_all(book, "area_types", _area),
        all_areas=_area({"key": "", "name": "", "is_lower": False, **book["all_areas"]})
        if "all_areas" in book
        else None,
        template=book.get("template", ""),
    )


def frames() -> tuple[Frame, ...]:
    """Every frame that ships with the program."""
    return tuple(map(read_frame, KEYS))


def _all(book: Mapping[str, Any], name: str, make: Callable[[dict[str, Any]], Made]) -> tuple[Made, ...]:
    return tuple(map(make, book.get(name, ())))


def _words(text: str | dict[str, str] | None) -> Words:
    return Words(**text) if isinstance(text, dict) else Words(text or "")


# ---- codes
def _codes(book: Mapping[str, Any], document: str) -> tuple[CodeDraft, ...]:
    """Those of the built-in codebook that it begins with, then its own; each definition ends with where it comes from."""
    built_in = read_builtin(book["codebook"]) if "codebook" in book else []
    wheres, directions = book.get("wheres", {}), book.get("directions", {})
    begun = (_told(d, document, wheres, directions, d.name, "") for d in built_in)
    return (*begun, *(_code(d, document, "") for d in book.get("codes", ())))


def _told(
    draft: CodeDraft, document: str, wheres: Mapping[str, str], directions: Mapping[str, str], path: str, above: str
) -> CodeDraft:
    where = wheres.get(path, above)
    children = (_told(d, document, wheres, directions, path + SEPARATOR + d.name, where) for d in draft.children)
    return replace(
        draft,
        definition=_ending(draft.definition, document, where),
        direction=directions.get(path, draft.direction),
        children=tuple(children),
    )


def _code(code: Mapping[str, Any], document: str, above: str) -> CodeDraft:
    where = code.get("where", above)
    return CodeDraft(
        code["name"],
        definition=_ending(code.get("definition", ""), document, where),
        use_when=code.get("use_when", ""),
        not_when=code.get("not_when", ""),
        is_question=code.get("is_question", False),
        direction=code.get("direction", ""),
        children=tuple(_code(child, document, where) for child in code.get("children", ())),
    )


def _ending(definition: str, document: str, where: str) -> str:
    return f"{definition} ({document}, {where})".strip() if where else definition


# ---- retrievals
def _query(query: Mapping[str, Any]) -> ReadyQuery:
    terms = _all(query, "terms", lambda d: ReadyTerm(**d))
    return ReadyQuery(_words(query["name"]), _words(query["about"]), terms, query.get("where", ""))


# ---- worksheets
def _sheet(sheet: Mapping[str, Any]) -> Sheet:
    return Sheet(
        sheet["key"],
        _words(sheet["name"]),
        _words(sheet["about"]),
        sheet["where"],
        sheet["kind"],
        sheet["about_what"],
        sheet["tally"],
        _all(sheet, "fields", _field),
        _all(sheet, "sections", _section),
    )


def _field(field: Mapping[str, Any]) -> Field:
    return Field(field["key"], _words(field["name"]), field["kind"], _all(field, "choices", _choice))


def _choice(choice: Mapping[str, Any]) -> Choice:
    return Choice(choice["key"], _words(choice["name"]), _words(choice.get("help")), choice.get("is_apart", False))


def _section(section: Mapping[str, Any]) -> Section:
    return Section(
        section["key"],
        _words(section["name"]),
        _words(section.get("help")),
        section.get("where", ""),
        tuple(section.get("fields", ())),
        _all(section, "items", lambda d: _item(d, section.get("where", ""))),
    )


def _item(item: Mapping[str, Any], where: str) -> Item:
    return Item(
        item["key"],
        _words(item["question"]),
        _words(item.get("help")),
        item.get("where", where),
        item.get("kind", "question"),
        tuple(item.get("fields", ())),
    )


# ---- issues
def _issue(issue: Mapping[str, Any], actions: Mapping[str, Action]) -> Issue:
    return Issue(
        issue["key"],
        _words(issue["name"]),
        issue["where"],
        tuple(issue["codes"]),
        tuple(actions[key] for key in issue["actions"]),
        _all(issue, "evidence", _point),
        _all(issue, "pitfalls", _point),
    )


def _action(action: Mapping[str, Any]) -> Action:
    return Action(action["key"], _words(action["name"]), action["where"], tuple(map(_words, action["guidance"])))


def _point(point: Mapping[str, Any]) -> Point:
    return Point(_words(point["text"]), point["where"])


def _area(area: Mapping[str, Any]) -> AreaType:
    return AreaType(area["key"], _words(area["name"]), area["average"], area["areas"], area["is_lower"], area["where"])
