"""`report --check` and `settle`: what may tell who somebody is, listed and settled in a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cohesion_qda.project import Project
from tests.cli.test_commands import Shell
from tests.makers import code, small_study


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "For me it is the park. Everybody is in the park on a Saturday.", "Public spaces")
        project.reports.set("summary", "Mr Pinder (07700 900123) led us through Mirfield. Mr Pinder knows.")
    return Shell(capsys, tmp_path)


def test_it_is_listed_settled_by_number_kind_or_all_and_taken_back(shell: Shell) -> None:
    out, err = shell.run("report", shell.study, "--check", status=1)
    assert out.splitlines() == [
        "Names of people",
        "   1  Mr Pinder  (not settled: [name])",
        "      Summary: Mr Pinder (07700 900123) led us through Mirfield. Mr Pinder knows.",
        "      Summary: Mr Pinder (07700 900123) led us through Mirfield. Mr Pinder knows.",
        "Names of places",
        "   2  Mirfield  (not settled: [place])",
        "      Summary: Mr Pinder (07700 900123) led us through Mirfield. Mr Pinder knows.",
        "Telephone numbers",
        "   3  07700 900123  (not settled: [telephone number])",
        "      Summary: Mr Pinder (07700 900123) led us through Mirfield. Mr Pinder knows.",
        "Sources with few speakers",
        "   4  Women  (not settled)",
        "      Quotation on “Public spaces”: Carol, Women",
    ]
    assert "4 are not settled" in err
    assert (
        shell.run("settle", shell.study, "2", "replace", "a town")[0]
        == "Replaced “Mirfield” in the report by “a town”.\n"
    )
    assert shell.run("settle", shell.study, "2", "replace", "a town")[0] == "It was settled so already.\n"
    assert shell.run("settle", shell.study, "1-2,4", "keep")[0] == "Kept 3 details in the report.\n"
    assert shell.run("settle", shell.study, "all", "leave-out")[0] == "Left “07700 900123” out of the report.\n"
    assert shell.run("settle", shell.study, "all", "keep")[0] == "There is nothing to settle.\n"
    shell.run("report", shell.study, "--check")
    assert (
        shell.run("settle", shell.study, "telephone", "undecided")[0]
        == "Took back what was decided about “07700 900123” in the report.\n"
    )
    told = json.loads(shell.run("report", shell.study, "--check", "--json", status=1)[0])
    assert told["unsettled"] == 1
    assert [(d["number"], d["kind"], d["words"], d["verdict"], d["written"]) for d in told["details"]] == [
        (1, "name", "Mr Pinder", "keep", "Mr Pinder"), (2, "place", "Mirfield", "keep", "Mirfield"),
        (3, "telephone", "07700 900123", None, "[telephone number]"), (4, "attribution", "Women", "keep", None),
    ]  # fmt: skip
    place = told["details"][1]["places"][0]
    assert place["where"] == "Summary" and place["text"][place["start"] : place["end"]] == "Mirfield"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("xyz", "keep"), "“xyz” names no detail. Give numbers of “report --check”, such as 3 or 3,5-7; or all; or one of: name, place, organisation, "
                          "address, telephone, post-code, attribution, numbers."),
        (("9", "keep"), "There is no detail 9. The report has 4, numbered from 1."),
        (("1", "keep", "Sam"), "Words are only given with “replace”. Leave them out, or say replace."),
        (("4", "replace", "Sam"), "What stands under a quotation and the numbers of a table cannot be replaced by words. Keep them, or leave them out."),
    ],
)  # fmt: skip
def test_what_cannot_be_settled_is_said(shell: Shell, words: tuple[str, ...], message: str) -> None:
    assert message in shell.refused("settle", shell.study, *words)


def test_where_nothing_is_found_it_is_said_that_this_proves_nothing(shell: Shell, tmp_path: Path) -> None:
    Project.create(tmp_path / "empty.cqda", "empty", coder="Asha").close()
    out, _err = shell.run("report", str(tmp_path / "empty.cqda"), "--check")
    assert "no program finds everything" in out
