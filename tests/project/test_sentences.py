"""Every kind of act that the program knows can be told: as a toast, in the trail with the person as its subject, and in a group."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cohesion_qda.base import i18n
from cohesion_qda.model import called
from cohesion_qda.project import Project, sentences, worksheet_words
from cohesion_qda.project import told as trail
from cohesion_qda.project.sentences import sentence
from cohesion_qda.project.told import told
from cohesion_qda.ui.history import words
from tests.makers import small_study

KIND = re.compile(r"[a-z]+(?:-[a-z]+)+")
PROJECT = Path(__file__).resolve().parents[2] / "cohesion_qda" / "project"
# what an act may keep, so that every hole can be filled
DETAILS = {
    name: f"<{name}>"
    for name in (
        "title", "name", "source", "code", "into", "old", "case", "role", "label", "subject", "value", "colour", "key", "path",
        "state", "what", "turn", "found", "coder", "weight", "query", "question", "speaker", "lost", "theme", "status",
        "was", "extent", "to", "parent", "start", "of", "memo", "quote", "codes", "under", "suppress", "place", "issue", "area", "plan", "trainer", "reading",
        "worksheet", "item", "choice",
    )
} | {
    "about": "code", "type": "number", "coders": ["Ben"], "changed": 2, "word": "community", "words": ["communities"],
    "language": "cy",
}  # fmt: skip


@pytest.fixture
def in_welsh(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Call it, and Welsh is spoken until the end of the test."""
    monkeypatch.delenv("LANGUAGE", raising=False)
    yield lambda: i18n.speak("cy") and None
    i18n.speak("en")


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return small_study(tmp_path / "study.cohesion")


def constants(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be: `"a" if x else "b"` can be both."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def kinds() -> set[str]:
    """Every kind that a call of `act` or `note` in the project's verbs can have."""
    found: set[str] = set()
    for path in PROJECT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                plain = node.args.args[len(node.args.args) - len(node.args.defaults) :]
                given = [
                    *zip(plain, node.args.defaults, strict=True),
                    *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
                ]
                found |= {
                    text
                    for name, default in given
                    if name.arg == "kind" and default
                    for text in constants(default)
                    if "-" in text
                }
            if isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == ["kind"]:
                found |= {text for text in constants(node.value) if "-" in text}
            if not isinstance(node, ast.Call):
                continue
            if getattr(node.func, "attr", "") in ("act", "note") and node.args:
                found |= set(constants(node.args[0]))
            if getattr(node.func, "attr", "").startswith("_") and node.args:  # a helper that is told the kind
                found |= {text for text in constants(node.args[0]) if KIND.fullmatch(text)}
            found |= {
                text
                for keyword in node.keywords
                if keyword.arg == "kind"
                for text in constants(keyword.value)
                if "-" in text
            }
    tables = (sentences._PLURALS(2), sentences._ABOUT_THEMES(), sentences._ABOUT_SOURCES(), sentences._ABOUT_CODES(),
              worksheet_words.sentences(2))  # fmt: skip
    return found | {kind for table in tables for kind in table}


def test_the_kinds_are_found() -> None:
    assert {"apply-code", "set-code-key", "clear-code-key", "apply-code-many", "import", "save-copy"} <= kinds()


@pytest.mark.parametrize("n", [0, 1, 5])
@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_is_told(kind: str, n: int) -> None:
    details = DETAILS | {"n": n}
    said = sentence(kind, details)
    assert said != kind, "no sentence in project/sentences.py"
    template = trail._template(kind, n, details)
    assert template, f"no sentence in project/told.py for {kind}: {said}"
    holes = {name for _before, name, _spec, _how in string.Formatter().parse(template) if name}
    assert holes & {"person", "coder"}, "it says who"
    assert holes - {"person"} <= {*DETAILS, "n"}, "what it tells of is kept, or known to this test"
    whole = told(kind, details, "Amina")
    assert "Amina" in whole or kind == "add-coder"
    assert "{" not in whole and "–" not in whole.replace(" – ", "")


def test_the_example_of_the_issue() -> None:
    details = {"n": 34, "source": "Dewsbury women", "code": ["Language barriers"]}
    assert told("apply-code", details, "Amina") == "Amina coded 34 words of “Dewsbury women” as “Language barriers”"
    assert told("undo", details, "Ben", original="apply-code") == (
        "Ben undid: Coded 34 words of “Dewsbury women” as “Language barriers”"
    )
    assert told("redo", details, "", original="apply-code", acts=3) == (
        "Somebody did again: 3 acts, from “Coded 34 words of “Dewsbury women” as “Language barriers”” on"
    )


def test_a_kind_of_a_newer_program_is_told_as_it_is() -> None:
    assert told("fly-kite", {}, "Amina") == "Amina: fly-kite"


def test_every_kind_has_a_group_in_the_history() -> None:
    alone = {"new-project", "set-title", "save-copy"}
    lost = {kind for kind in kinds() if words.group_of(kind) == "other" and not kind.startswith("export-")}
    assert lost == alone


@pytest.mark.parametrize(
    ("kind", "details", "english", "welsh"),
    [
        ("set-source-state", {"source": "Women", "state": "done"}, "Marked “Women” as done", "wedi gorffen"),
        ("set-source-state", {"source": "Women", "state": ""}, "Marked “Women” as not done", "heb ei gorffen"),
        ("set-source-state", {"source": "Women", "state": "not done"}, "Marked “Women” as not done", "heb ei gorffen"),
        ("set-source-kind", {"source": "Women", "what": "interview"}, "Marked “Women” as: interview", "cyfweliad"),
        ("set-source-kind", {"source": "Women", "what": "walk"}, "Marked “Women” as: walk", "walk"),
        ("set-role", {"case": "Ann", "role": "observer"}, "Gave “Ann” the role of observer", "arsylwr"),
        ("set-report", {"name": "summary"}, "Changed the report's summary", "crynodeb"),
        ("recolour-code", {"code": "Food", "colour": "teal"}, "Gave “Food” the colour teal", "gwyrddlas"),
    ],
)
def test_values_are_told_in_the_language_of_the_moment(
    kind: str, details: dict[str, str], english: str, welsh: str, in_welsh: Callable[[], None]
) -> None:
    assert sentence(kind, details) == english
    in_welsh()
    assert welsh in sentence(kind, details)
    assert welsh in told(kind, details, "Ben")


def test_what_is_kept_is_no_word_of_a_language(small: Project, in_welsh: Callable[[], None]) -> None:
    in_welsh()
    source = small.sources.get("Women").id
    small.sources.set_state(source, "done")
    small.sources.set_state(source, "")
    i18n.speak("en")
    assert small.history.trail()[0].said == "Marked “Women” as not done"


def test_a_hint_names_what_is_to_be_written_and_what_it_means(in_welsh: Callable[[], None]) -> None:
    assert called.to_write(("interview", "walk"), called.kinds()) == "interview, walk"
    in_welsh()
    assert called.to_write(("interview", "walk"), called.kinds()) == "interview (cyfweliad), walk"
