"""Every word that a person sees goes through gettext, as a whole sentence with named holes: read from the program's text itself."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "cohesion_qda"
FILES = sorted(PACKAGE.rglob("*.py"))
# calls whose first words (or whose every word) a person sees
SEEN = {
    "setText", "setToolTip", "setWindowTitle", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "addAction",
    "addMenu", "addTab", "addRow", "addItem", "setTitle", "set_sentence", "set_meta", "set_title", "show_message", "notice", "say",
    "setStatusTip", "setWhatsThis", "setInformativeText", "setHeaderLabels", "disable",
    "BadInput", "CannotWrite", "CannotReadSource", "UserError", "ProjectLocked", "ProjectReadOnly", "NotAProject", "LeftOut",
    "Label", "ElidedLabel", "PrimaryButton", "QuietButton", "PlainButton", "LinkButton", "Chip", "SearchField", "EmptyState",
    "PageHeader", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "line", "note",
}  # fmt: skip
# words that are no language: roles, tones, icons and names that stand beside the words in these calls
NO_WORDS = re.compile(r"^[a-z0-9_:#.-]*$")
ONLY_SIGNS = re.compile(r"^[\W\d_]*$")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in FILES:
        yield path, ast.parse(path.read_text("utf-8"))


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(PACKAGE.parent)}:{getattr(node, 'lineno', 0)}"


@pytest.fixture(scope="module")
def calls() -> list[tuple[Path, ast.Call]]:
    return [(path, node) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_what_is_translated_is_one_plain_text(calls: list[tuple[Path, ast.Call]]) -> None:
    """No f-string, no joining, no variable: gettext finds the words in the program's text."""
    wrong = []
    for path, call in calls:
        if name_of(call) not in ("_", "ngettext") or isinstance(call.func, ast.Attribute):
            continue
        texts = call.args[:1] if name_of(call) == "_" else call.args[:2]
        for text in texts:
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value.strip()):
                wrong.append(place(path, call))
    assert wrong == []


def test_holes_are_named(calls: list[tuple[Path, ast.Call]]) -> None:
    wrong = []
    for path, call in calls:
        if name_of(call) not in ("_", "ngettext") or isinstance(call.func, ast.Attribute):
            continue
        for text in (
            arg.value for arg in call.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ):
            names = [name for _before, name, _spec, _how in string.Formatter().parse(text) if name is not None]
            wrong += [f"{place(path, call)} {text!r}" for name in names if not name.isidentifier()]
    assert wrong == []


def test_nothing_is_translated_when_a_module_is_loaded() -> None:
    """The language is known only later."""
    wrong = []

    def look(path: Path, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                for default in [*child.args.defaults, *(d for d in child.args.kw_defaults if d), *child.decorator_list]:
                    look(path, ast.Expression(body=default))
                continue
            if isinstance(child, ast.Lambda):
                continue
            if isinstance(child, ast.Call) and name_of(child) in ("_", "ngettext") and isinstance(child.func, ast.Name):
                wrong.append(place(path, child))
            look(path, child)

    for path, tree in trees():
        look(path, tree)
    assert wrong == []


def told(node: ast.expr) -> Iterator[str]:
    """The literal words of an argument, those of f-strings and joined texts too, but not what is already translated."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        yield from told(node.left)
        yield from told(node.right)
    elif isinstance(node, ast.IfExp):
        yield from told(node.body)
        yield from told(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from told(value)
    elif isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            yield from told(item)


def is_words(text: str) -> bool:
    """Whether it is language; after a tabulator stand keys, which are the same in every one."""
    text = text.partition("\t")[0]
    return not NO_WORDS.match(text) and not ONLY_SIGNS.match(text) and re.search(r"[A-Za-z]{2}", text) is not None


def test_words_that_people_see_are_translated(calls: list[tuple[Path, ast.Call]]) -> None:
    wrong = []
    for path, call in calls:
        if name_of(call) in SEEN:
            for argument in call.args:
                wrong += [f"{place(path, call)} {text!r}" for text in told(argument) if is_words(text)]
    assert wrong == []


def test_this_test_sees_what_it_looks_for() -> None:
    found = [text for call in ast.walk(ast.parse('x.setText(f"Hello {name}"); BadInput("No " + y); Label(_("Yes"), "meta")'))
             if isinstance(call, ast.Call) and name_of(call) in SEEN for arg in call.args for text in told(arg)]  # fmt: skip
    assert [text for text in found if is_words(text)] == ["Hello ", "No "]
