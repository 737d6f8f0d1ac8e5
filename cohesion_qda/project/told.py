"""The trail in whole sentences with the person who did it: `Amina coded 34 words of “Dewsbury women” as “Language barriers”`.

One template for each kind of act, with `{person}` as its subject, because no language makes such a sentence by putting a name in front
of another one. `sentences` has the same without the person, for messages about what one has just done oneself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.project.sentences import filled, sentence, several_sentence


def told(kind: str, details: Mapping[str, Any], coder: str, *, original: str = "", acts: int = 1) -> str:
    """The sentence of an act by `coder`. For an undo or redo, `original` is the kind of the act that it took back or did
    again, `details` are that act's, and `acts` is how many there were.
    """
    person = coder or _("Somebody")
    if kind in ("undo", "redo"):
        what = sentence(original, details)
        what = what if acts == 1 else several_sentence(acts, what)
        template = _("{person} undid: {what}") if kind == "undo" else _("{person} did again: {what}")
        return template.format(person=person, what=what)
    template = _template(kind, int(details.get("n", 0) or 0), details)
    if not template:
        return _("{person}: {what}").format(person=person, what=sentence(kind, details))
    return filled(template, dict(details) | {"person": person})


def _template(kind: str, n: int, details: Mapping[str, Any]) -> str:
    return (
        _of_a_few(kind, n, details)
        or _counted(kind, n)
        or (_of_project() | _of_sources() | _of_people() | _of_codes()).get(kind, "")
    )


def _of_a_few(kind: str, n: int, d: Mapping[str, Any]) -> str:
    """What is said in another way because of what else is known, or because it is about one thing or none."""
    if kind == "remove-codings" and n == 1 and d.get("code"):
        return _("{person} removed “{code}” from a passage of “{source}”")
    if kind == "import" and n == 1:
        return _("{person} imported “{source}”")
    if kind == "set-attributes" and not n:
        return _("{person} said what the values of attributes are")
    if kind == "set-attributes" and d.get("name"):
        return ngettext("{person} set {n} value of {name}", "{person} set {n} values of {name}", n)
    if kind == "remove-attribute" and n:
        return ngettext(
            "{person} removed the attribute “{name}” with its {n} value",
            "{person} removed the attribute “{name}” with its {n} values", n,
        )  # fmt: skip
    if kind == "set-guide" and not n:
        return _("{person} took the moderator’s guide away")
    if kind == "set-guide" and d.get("found"):
        return ngettext(
            "{person} set a guide of {n} question (sections found: {found})",
            "{person} set a guide of {n} questions (sections found: {found})", n,
        )  # fmt: skip
    return ""


def _counted(kind: str, n: int) -> str:
    return {
        "apply-code": ngettext(
            "{person} coded {n} word of “{source}” as “{code}”", "{person} coded {n} words of “{source}” as “{code}”", n
        ),
        "remove-codings": ngettext("{person} removed {n} coding", "{person} removed {n} codings", n),
        "import": ngettext("{person} imported {n} source", "{person} imported {n} sources", n),
        "import-codings": ngettext(
            "{person} imported {n} coding of {coders}", "{person} imported {n} codings of {coders}", n
        ),
        "delete-code": ngettext(
            "{person} deleted the code “{code}” with {n} coding", "{person} deleted the code “{code}” with {n} codings", n
        ),
        "merge-codes": ngettext(
            "{person} merged “{code}” with its {n} coding into “{into}”",
            "{person} merged “{code}” with its {n} codings into “{into}”", n,
        ),
        "accept-suggestion": ngettext(
            "{person} accepted {n} suggested passage as “{code}”", "{person} accepted {n} suggested passages as “{code}”", n
        ),
        "set-attributes": ngettext("{person} set {n} attribute value", "{person} set {n} attribute values", n),
        "set-guide": ngettext("{person} set a guide of {n} question", "{person} set a guide of {n} questions", n),
        "find-sections": ngettext(
            "{person} had found where {n} question is asked", "{person} had found where {n} questions are asked", n
        ),
        "import-codebook": ngettext("{person} added a codebook of {n} code", "{person} added a codebook of {n} codes", n),
    }.get(kind, "")  # fmt: skip


def _of_project() -> dict[str, str]:
    return {
        "new-project": _("{person} made the project “{title}”"),
        "set-title": _("{person} called the project “{title}”"),
        "set-report": _("{person} changed the report's {name}"),
        "export-report": _("{person} wrote the report to {path}"),
        "export-table": _("{person} exported a table to {path}"),
        "export-codebook": _("{person} exported the codebook to {path}"),
        "export-wordcloud": _("{person} drew a word cloud to {path}"),
        "save-copy": _("{person} saved a copy to {path}"),
        "dismiss-suggestion": _("{person} dismissed the suggestion “{label}”"),
    }


def _of_sources() -> dict[str, str]:
    return {
        "rename-source": _("{person} renamed the source “{old}” to “{source}”"),
        "set-source-kind": _("{person} marked “{source}” as: {what}"),
        "set-source-state": _("{person} marked “{source}” as {state}"),
        "set-attribute": _("{person} set {name} of “{subject}” to “{value}”"),
        "clear-attribute": _("{person} took {name} of “{subject}” away"),
        "add-attribute": _("{person} added the attribute “{name}”"),
        "rename-attribute": _("{person} renamed the attribute “{old}” to “{name}”"),
        "set-attribute-type": _("{person} marked the attribute “{name}” as: {type}"),
        "remove-attribute": _("{person} removed the attribute “{name}”"),
        "remove-source": _("{person} removed the source “{source}”"),
        "place-section": _("{person} let “{title}” begin at turn {turn} of “{source}”"),
        "end-section": _("{person} let no question be asked from turn {turn} of “{source}” on"),
        "remove-section": _("{person} took away where “{title}” begins in “{source}”"),
    }


def _of_people() -> dict[str, str]:
    return {
        "add-coder": _("{coder} joined as a coder"),
        "rename-case": _("{person} renamed the participant “{old}” to “{case}”"),
        "set-role": _("{person} made “{case}” a {role}"),
        "join-cases": _("{person} joined “{case}” with “{into}”: one person"),
        "part-cases": _("{person} took “{label}” of “{source}” out of “{case}”: two people"),
    }


def _of_codes() -> dict[str, str]:
    return {
        "add-code": _("{person} added the code “{code}”"),
        "add-and-apply-code": _("{person} added the code “{code}” and used it in “{source}”"),
        "rename-code": _("{person} renamed the code “{old}” to “{code}”"),
        "recolour-code": _("{person} gave “{code}” the colour {colour}"),
        "edit-code": _("{person} edited the code “{code}”"),
        "describe-code": _("{person} described the code “{code}”"),
        "set-code-key": _("{person} gave “{code}” the key {key}"),
        "clear-code-key": _("{person} took the key of “{code}” away"),
        "move-code": _("{person} moved the code “{code}”"),
        "set-question": _("{person} marked “{code}” as a research question"),
        "clear-question": _("{person} no longer marked “{code}” as a research question"),
        "add-memo": _("{person} wrote a memo about {about}"),
        "edit-memo": _("{person} edited the memo about {about}"),
        "delete-memo": _("{person} deleted the memo about {about}"),
    }
