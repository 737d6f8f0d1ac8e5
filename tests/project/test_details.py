"""What in a report may tell who somebody is: found, masked until its author settles it, and nowhere in what is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.detail import (
    ADDRESS,
    ATTRIBUTION,
    KEEP,
    LEAVE_OUT,
    NAME,
    NUMBERS,
    PLACE,
    POSTCODE,
    REPLACE,
    TELEPHONE,
    WORDS,
    Detail,
)
from cohesion_qda.project import Project
from cohesion_qda.report.values import ReportData
from tests.makers import code, draft

TALK = [
    ("Moderator", "What brings people together?"),
    ("Amina", "I met Mrs Anwar on Skelbrook Lane, and everybody went to the hall."),
    (
        "Carol",
        "It is Mr Akhtar who brings the food. You ring him on 07700 900123, or write to akhtar@example.org, that is all.",
    ),
    ("Joan", "Akhtar knows everybody here in Dewsbury. He told Carol so, and he lives at WF13 2TA."),
    ("Dev", "We went to Cleckheaton with him on a Friday for the English class."),
    ("Ewa", "He is a good man."),
]
PLANTED = (
    "Akhtar",
    "Anwar",
    "Skelbrook",
    "07700",
    "900123",
    "example.org",
    "WF13",
    "Cleckheaton",
    "Pinder",
    "Mirfield",
    "Zainab",
    "Ibrahim",
)
"""What must be in no file of the report."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A group of five and an interview, with words of its author in many places."""
    path = tmp_path_factory.mktemp("details") / "p.cqda"
    with Project.create(path, "empty", coder="Asha", title="Small study") as made:
        alone = [("Asha", "What divides us?"), ("Zainab", "Nobody asks Ibrahim about the buses.")]
        made.sources.add(
            [draft("Women", TALK, place="Dewsbury"), draft("Talk with Zainab", alone, kind="interview", place="Batley")]
        )
        made.cases.set_role(next(c.id for c in made.cases.list() if c.name == "Asha"), "moderator")
        question = made.codebook.added(made.codebook.add("What unites", is_question=True))
        food = made.codebook.added(made.codebook.add("Food", question))
        made.codebook.describe(food, definition="What Mrs Anwar calls a welcome.")
        code(made, "Women", "It is Mr Akhtar who brings the food.", "Food")
        code(made, "Women", "He told Carol so, and he lives at WF13 2TA.", "Food")
        code(made, "Talk with Zainab", "Nobody asks Ibrahim about the buses.", "Food")
        made.reports.set("summary", "We thank Mr Pinder of Mirfield, 01484 221000.")
        made.reports.write_words("method", "Mrs Anwar opened the hall for us.")
        made.reports.write_words(f"code {food}", "In Cleckheaton it was Mr Akhtar.")
        made.reports.write_words("coreq 8", "Mr Pinder has trained us.")
        made.plan.add("step", "Thank Mr Pinder", who="Asha", note="pinder@example.org")
    return path


@pytest.fixture
def project(study: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(study, tmp_path), coder="Asha") as made:
        yield made
        assert made.check() == []


def detail(project: Project, words: str, **how: str) -> Detail:
    return next(each for each in project.details.found(**how) if each.words == words)  # type: ignore[arg-type]


def said(data: ReportData) -> str:
    """All words of the quotations on Food and around them, and the definition in the codebook."""
    (theme,) = (theme for chapter in data.chapters for theme in chapter.themes)
    parts = [part.words for q in theme.quotations for part in (*q.before, *q.parts, *q.after)]
    return " | ".join(
        [*parts, *(entry.definition for entry in data.codebook), data.summary, *data.extras.words.values()]
    )


# -- finding -------------------------------------------------------------------------------------------------------------


def test_names_addresses_and_numbers_are_found_in_quotations_and_in_the_author_s_words(project: Project) -> None:
    found = {(each.kind, each.words) for each in project.details.found()}
    assert found >= {
        (NAME, "Mr Akhtar"), (NAME, "Mrs Anwar"), (NAME, "Mr Pinder"), (PLACE, "Cleckheaton"), (PLACE, "Mirfield"), (TELEPHONE, "07700 900123"),
        (TELEPHONE, "01484 221000"), (POSTCODE, "WF13 2TA"), (ADDRESS, "akhtar@example.org"), (ADDRESS, "pinder@example.org"),
        (ATTRIBUTION, "Talk with Zainab"),
    }  # fmt: skip
    words = {words for _kind, words in found}
    assert not words & {"Carol", "Amina", "Dewsbury", "Asha", "Food", "English", "Friday"}, (
        "the report tells these anyway, or they tell nobody apart"
    )
    anwar = detail(project, "Mrs Anwar")
    assert {spot.where for spot in anwar.spots} >= {"Around a quotation on “Food”", "Codebook: Food", "Method"}
    for spot in anwar.spots:
        assert spot.span.of(spot.text) == "Mrs Anwar"
        assert (spot.source is None) == (spot.where in ("Method", "Codebook: Food"))
    assert {spot.where for spot in detail(project, "Mr Pinder").spots} >= {"Summary", "Plan: what happens next"}
    assert all(each.spots and not each.is_settled for each in project.details.found())


def test_a_word_of_a_code_gives_no_name_away_but_a_name_in_a_code_is_told(project: Project) -> None:
    project.codebook.add("Green spaces of Batley, the green")
    project.codebook.add("Mirfield identity")
    project.reports.set("summary", "Mr Green walked from Mirfield to Batley.")
    assert project.reports.snapshot().summary == "[name] walked from Mirfield to Batley."


def test_where_people_are_not_named_their_names_are_details_too(project: Project) -> None:
    named = project.details.found(attribution="group")
    assert {"Carol", "Zainab"} <= {each.words for each in named if each.kind == NAME}
    assert "Carol" not in said(project.reports.snapshot(attribution="group"))
    assert "Carol" in said(project.reports.snapshot(attribution="named"))
    assert "He told [Participant 2] so, and he" in said(project.reports.snapshot(attribution="pseudonym"))


def test_tables_with_small_numbers_are_found_where_these_are_not_hidden(project: Project) -> None:
    assert not [each for each in project.details.found(suppress=5) if each.kind == NUMBERS]
    few = [each for each in project.details.found(suppress=0) if each.kind == NUMBERS]
    assert [each.words for each in few][:2] == ["Codes", "Codes by place"] and few[0].few == 2
    told = project.reports.snapshot(0).singled
    assert told[-1] == f"{len(few)} tables show numbers of fewer than 5 people."
    project.reports.set("small numbers", "off")
    assert project.details.settle(few[:1], KEEP).said == "Kept “Codes” in the report"
    assert detail(project, "Codes").verdict == KEEP
    assert project.details.settle(few[1:2], LEAVE_OUT).said == "Left “Codes by place” out of the report"
    assert project.reports.settings()["small numbers"] == "5", "some cannot be hidden without the others"


# -- settling ------------------------------------------------------------------------------------------------------------


def test_until_it_is_settled_it_is_masked_and_told(project: Project) -> None:
    data = project.reports.snapshot()
    assert "It is [name] who brings the food." in said(data)
    assert "You ring him on [telephone number], or write to [address], that is all." in said(data)
    assert "[name] knows everybody here in Dewsbury." in said(data), "a name alone, too"
    assert "He told Carol so, and he lives at [post code]." in said(data)
    assert "We thank [name] of [place], [telephone number]." in said(data)
    assert "In [place] it was [name]." in said(data)
    n = sum(each.kind in WORDS for each in project.details.found())
    assert data.singled == (
        f"{n} names and numbers that may tell who somebody is have not been settled: they are masked in the report. Settle them under Check (on the "
        "command line: report --check).",
        "1 source in which few people speak is not named under its quotations until you settle it.",
    )


def test_it_is_kept_replaced_or_left_out_wherever_it_stands_and_taken_back(project: Project) -> None:
    akhtar, anwar, pinder = (detail(project, f"{name}") for name in ("Mr Akhtar", "Mrs Anwar", "Mr Pinder"))
    assert project.details.settle([akhtar], KEEP).said == "Kept “Mr Akhtar” in the report"
    assert (
        project.details.settle([anwar], REPLACE, " a  neighbour ").said
        == "Replaced “Mrs Anwar” in the report by “a neighbour”"
    )
    assert project.details.settle([pinder], LEAVE_OUT).said == "Left “Mr Pinder” out of the report"
    now = said(project.reports.snapshot())
    assert "It is Mr Akhtar who brings" in now and "In [place] it was Mr Akhtar." in now and "Akhtar knows" in now
    assert "I met a neighbour on [place]" in now and "What a neighbour calls a welcome." in now
    assert "We thank […] of [place]" in now
    assert [detail(project, words).verdict for words in ("Mr Akhtar", "Mrs Anwar", "Mr Pinder")] == [
        KEEP,
        REPLACE,
        LEAVE_OUT,
    ]
    project.history.undo()
    assert project.details.judged([akhtar, pinder]) == (replace(akhtar, verdict=KEEP), pinder)
    assert (
        project.details.settle([akhtar, anwar], "").said == "Took back what was decided about 2 details of the report"
    )
    assert project.details.settle([anwar], "").is_empty
    assert "It is [name] who brings" in said(project.reports.snapshot())
    assert project.history.trail(1)[0].told == "Asha took back what was decided about 2 details of the report"


def test_what_was_decided_holds_however_the_words_are_written_or_taken(project: Project) -> None:
    project.details.settle([Detail(PLACE, "MR AKHTAR")], LEAVE_OUT)
    akhtar = detail(project, "Mr Akhtar")
    assert (akhtar.kind, akhtar.verdict, detail(project, "Akhtar").verdict) == (NAME, LEAVE_OUT, "")
    project.details.settle([akhtar], KEEP)
    assert (detail(project, "Mr Akhtar").verdict, detail(project, "Akhtar").verdict) == (KEEP, KEEP), (
        "part of what is kept is kept"
    )
    assert [row[:2] for row in project._session.db.execute("SELECT kind, words FROM detail").fetchall()] == [
        (NAME, "Mr Akhtar")
    ]
    project.details.settle([detail(project, "Akhtar")], LEAVE_OUT)
    assert "[…] knows everybody" in said(project.reports.snapshot())
    assert "It is Mr Akhtar who" in said(project.reports.snapshot())


def test_a_source_with_few_speakers_is_named_when_its_author_says_so(project: Project) -> None:
    def under() -> list[tuple[str, int]]:
        data = project.reports.snapshot()
        return [
            (q.attribution, q.turn)
            for c in data.chapters
            for t in c.themes
            for q in t.quotations
            if q.attribution != "Carol, Women" and "Joan" not in q.attribution
        ]

    assert under() == [("Zainab, Interview", 0)]
    found = detail(project, "Talk with Zainab")
    assert [spot.text for spot in found.spots] == ["Zainab, Talk with Zainab"]
    project.details.settle([found], LEAVE_OUT)
    assert under() == [("", 0)]
    project.details.settle([found], KEEP)
    assert under() == [("Zainab, Talk with Zainab", 2)]
    assert len(project.reports.snapshot().singled) == 1


def test_what_cannot_be_settled_is_said(project: Project) -> None:
    found = project.details.found()
    for wanted, verdict, message in (
        (found[:1], "burn", "There is no verdict “burn”."),
        ((), KEEP, "No detail was chosen."),
        ([each for each in found if each.kind == ATTRIBUTION], REPLACE, "What stands under a quotation and the numbers of a table cannot be replaced by words."),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=re.escape(message)):
            project.details.settle(wanted, verdict)


# -- nothing leaves ------------------------------------------------------------------------------------------------------


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text in every file of a report: as it lies there, and without its tags, since a word may be spread over several."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".pdf":
            if shutil.which("pdftotext"):
                yield (
                    name,
                    subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode(),
                )
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from (
                    (f"{name}/{part}", packed.read(part).decode("utf-8", "ignore")) for part in packed.namelist()
                )
        elif path.suffix != ".png":
            yield name, path.read_text("utf-8")


def test_nothing_that_nobody_settled_is_in_any_file(project: Project, tmp_path: Path) -> None:
    project.reports.write(tmp_path / "report", suppress=0, attribution="group")
    seen = 0
    for name, text in texts(tmp_path / "report"):
        for told in (text, re.sub(r"<[^>]*>", "", text)):
            assert [word for word in PLANTED if word.casefold() in told.casefold()] == [], name
        seen += "[name]" in text
    assert seen >= 3, "in the web page, the Word document and the codebook among the tables"


pieces = st.sampled_from(
    ["Mr Akhtar", "AKHTAR", "Akhtar's", "Skelbrook Lane", "07700 900123", "akhtar@example.org", "wf13 2ta", "Cleckheaton’s", "well", "the hall", "and",
     "(", "”", "–", "ŵ", "😀"]
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(pieces, min_size=1, max_size=8).map(" ".join))
def test_nor_in_anything_that_its_author_may_write_besides(words: str) -> None:
    from cohesion_qda.project.checking import check

    data, study = _Once.data()
    told = check(replace(data, summary=words), study, _Once.heard, (), {}).data
    assert [word for word in PLANTED if word.casefold() in told.summary.casefold()] == []
    assert told.summary.count("😀") == words.count("😀") and told.summary.count("well") == words.count("well")


class _Once:
    """The report of the study, read once for all examples."""

    kept: tuple[ReportData, object] | None = None
    heard: object = None

    @classmethod
    def data(cls):  # type: ignore[no-untyped-def]
        assert cls.kept is not None
        return cls.kept


@pytest.fixture(scope="module", autouse=True)
def _read_once(study: Path) -> Iterator[None]:
    with Project.open(study, read_only=True) as project:
        _Once.kept = project.reports.unmasked(0), project.tables.study()
        listened = project.suggestions.heard(vectors=False)
        _Once.heard = staticmethod(lambda: listened)
        yield
    _Once.kept = None


def test_attributes_that_say_who_somebody_is_are_no_tables_and_make_no_name_known(tmp_path: Path) -> None:
    talk = [("Moderator", "What?"), ("P1", "I like the food here, and Mrs Thackray does, too."), ("P2", "So do I."), ("P3", "Yes.")]  # fmt: skip
    with Project.create(tmp_path / "p.cqda", "empty", coder="Asha", title="Small study") as made:
        made.sources.add([draft("Women", talk, place="Batley")])
        people = {case.name: case.id for case in made.cases.list("participant")}
        made.cases.set_role(people["Moderator"], "moderator")
        known = {
            "P1": ("Ethel Thackray", "ethel@example.org", "35-44"),
            "P2": ("Sarah Oldroyd", "07700 900123", "45-54"),
            "P3": ("Amina Begum", "", "35-44"),
        }
        for name, values in known.items():
            for attribute, value in zip(("real name", "contact", "age"), values, strict=True):
                made.cases.set_attribute(people[name], attribute, value)
        made.codebook.add("Food")
        code(made, "Women", "I like the food here, and Mrs Thackray does, too.", "Food")
        data = made.reports.snapshot(suppress=0, attribution="none")
        assert {part.attribute for part in data.engagement} == {"place", "age"} and [t.by for t in data.crosstabs] == [
            "age"
        ]
    assert not re.search(r"Thackray|Oldroyd|Begum|example\.org|900123", repr(data))
