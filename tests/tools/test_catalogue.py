"""The tool that keeps the catalogues: what it takes from translators and what it refuses."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from tests.tools import catalogue


@pytest.fixture
def template() -> Catalog:
    made = Catalog(charset="utf-8", fuzzy=False)
    made.add("&Save {name} …", locations=[("a.py", 0)])
    made.add(("{n} code", "{n} codes"), locations=[("a.py", 0)])
    made.add("Press Ctrl+Shift+F, then wait", locations=[("b.py", 0)])
    made.add("Sheets (*.csv *.xlsx)", locations=[("b.py", 0)])
    return made


GOOD = [
    {"id": "&Save {name} …", "translation": "&Cadw {name} …"},
    {"id": "{n} code", "translation": ["{n} cod", "{n} god", "{n} chod", "{n} chod", "{n} cod"]},
    {"id": "Press Ctrl+Shift+F, then wait", "translation": "Pwyswch Ctrl+Shift+F, yna arhoswch"},
    {"id": "Sheets (*.csv *.xlsx)", "translation": "Taflenni (*.csv *.xlsx)"},
]


def test_good_chunks_become_a_catalogue_that_speaks(template: Catalog) -> None:
    made, wrong = catalogue.merged(template, GOOD)
    assert wrong == []
    po = catalogue.written(made)
    assert catalogue.STATUS in po.decode() and "nplurals=5" in po.decode()
    again = catalogue.read_po(io.BytesIO(po), locale="cy")
    speaks = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(again)))
    assert speaks.gettext("&Save {name} …") == "&Cadw {name} …"
    said = [speaks.ngettext("{n} code", "{n} codes", n) for n in (0, 1, 2, 3, 4, 6, 7, 100)]
    cod, god, chod = "{n} cod", "{n} god", "{n} chod"
    assert said == [cod, cod, god, chod, cod, chod, cod, cod]
    assert catalogue.written(again) == po, "writing it again changes nothing"


@pytest.mark.parametrize(
    "id_, translation, told",
    [
        ("&Save {name} …", None, "is not translated"),
        ("&Save {name} …", "&Cadw {enw} …", "has the holes"),
        ("&Save {name} …", "&Cadw {name …", "broken hole"),
        ("&Save {name} …", "Cadw {name} …", "mnemonics"),
        ("&Save {name} …", "&Cadw {name}", "… at its end"),
        ("&Save {name} …", " &Cadw {name} …", "begins with a space"),
        ("&Save {name} …", ["&Cadw {name} …"], "needs one text"),
        ("{n} code", "{n} cod", "needs a list"),
        ("{n} code", ["{n} cod"], "has 1 plural forms, not 5"),
        ("{n} code", ["{n} cod"] * 4 + ["cod"], "form 5 has the holes"),
        ("Press Ctrl+Shift+F, then wait", "Pwyswch Ctrl+Shift+D, yna arhoswch", "names other keys"),
        ("Sheets (*.csv *.xlsx)", "Taflenni (*.csv)", "names other file endings"),
        ("Sheets (*.csv *.xlsx)", "  ", "is empty"),
    ],
)
def test_what_does_not_fit_is_refused(template: Catalog, id_: str, translation: object, told: str) -> None:
    rows = [row if row["id"] != id_ else {"id": id_, "translation": translation} for row in GOOD]
    _made, wrong = catalogue.merged(template, rows)
    assert any(told in line for line in wrong), wrong


def test_what_the_program_says_no_more_is_left_out(template: Catalog) -> None:
    made, wrong = catalogue.merged(template, [*GOOD, {"id": "Old", "translation": "Hen"}])
    assert wrong == [] and "Hen" not in catalogue.written(made).decode()


def test_only_what_is_new_is_handed_out_again(template: Catalog) -> None:
    rows = [row for chunk in catalogue.chunks(template, done={row["id"] for row in GOOD[1:]}) for row in chunk]
    assert [row["id"] for row in rows] == ["&Save {name} …"]


@given(st.lists(st.sampled_from(["a", "{x}", "{y}", " "]), max_size=5))
def test_what_is_the_same_has_no_trouble(parts: list[str]) -> None:
    text = "".join(parts)
    assert list(catalogue.trouble(text, text)) == ([] if text.strip() else ["is empty"])


def test_chunks_hold_every_message_once(template: Catalog) -> None:
    rows = [row for chunk in catalogue.chunks(template) for row in chunk]
    assert [row["id"] for row in rows] == [
        "&Save {name} …",
        "{n} code",
        "Press Ctrl+Shift+F, then wait",
        "Sheets (*.csv *.xlsx)",
    ]
    assert rows[1]["plural"] == "{n} codes" and rows[0]["places"] == ["a.py"]
