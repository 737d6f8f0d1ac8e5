"""What the author of a findings report decides: parts, words, quotations, attribution; and that it survives what is done to the study."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model import reporting
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.reporting import DISSENT, Part
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from cohesion_qda.report import document
from cohesion_qda.report.blocks import Heading, Paragraph
from cohesion_qda.report.contents import PARTS, compose
from cohesion_qda.report.values import Quotation
from tests.makers import code, draft, small_study

BUSES, CLUB, TRAINERS = (
    "The buses. Nobody comes down after six.",
    "The youth club closed and now there is nothing.",
    "People judge you by your trainers.",
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two groups; what divides them is coded, what unites them is not."""
    path = tmp_path_factory.mktemp("reports") / "p.cqda"
    with small_study(path) as made:
        code(made, "Women", BUSES, "Cuts")
        code(made, "Young people", CLUB, "Cuts")
        code(made, "Young people", TRAINERS, "Class")
    return path


@pytest.fixture
def project(study: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(study, tmp_path), coder="Asha") as made:
        yield made
        assert made.check() == []


def cid(project: Project, path: str) -> CodeId:
    return project.codebook.tree().get(path).id


def place(project: Project, source: str, quote: str) -> tuple[SourceId, Span]:
    found = project.sources.get(source).id
    return found, project.codings.find_quote(found, quote)


def key(project: Project, path: str, what: str = reporting.QUESTION) -> str:
    return reporting.place_key(what, cid(project, path))


def keys(project: Project) -> list[str]:
    return [part.key for part in project.reports.outline()]


def quoted(project: Project, name: str, attribution: str | None = None) -> list[Quotation]:
    data = project.reports.unmasked(0, attribution=attribution)
    return [q for c in data.chapters for theme in c.themes if theme.name == name for q in theme.quotations]


def headings(project: Project) -> list[str]:
    blocks = compose(project.reports.snapshot(0)).blocks
    return [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]


# -- parts ---------------------------------------------------------------------------------------------------------------


def test_every_part_has_a_name_and_every_part_of_a_template_is_there(project: Project) -> None:
    assert set(PARTS) == set(reporting.part_names())
    for template in project.reports.templates():
        assert set(template.parts) <= {*PARTS, "questions"}, template.key
        assert template.name
        assert template.about
    assert set(project.reports.templates()[0].parts) == {*PARTS, "questions"} - {"chapters"}, (
        "the full one has everything"
    )


def test_each_question_is_a_part_and_what_stands_under_none_is_one_while_there_is_any(project: Project) -> None:
    usual = [key(project, "What unites"), key(project, "What divides")]
    assert [k for k in keys(project) if k.startswith("question")] == usual
    assert "chapters" not in keys(project)
    assert project.reports.names()[usual[0]] == "What unites"
    project.codebook.add("Rumours")
    assert keys(project).index("chapters") == keys(project).index(usual[1]) + 1
    assert project.reports.names()["chapters"] == "Other codes"


def test_parts_are_put_in_order_and_left_out_as_acts_that_can_be_taken_back(project: Project) -> None:
    unites, divides = key(project, "What unites"), key(project, "What divides")
    usual = keys(project)
    assert project.reports.arrange([divides, "summary"]).said == "Put the parts of the report in another order"
    assert keys(project) == [divides, "summary", *(k for k in usual if k not in (divides, "summary"))]
    assert project.reports.show("gaps", False).said == "Left “Gaps” out of the report"
    assert project.reports.show(unites, False).said == "Left “What unites” out of the report"
    assert Part("gaps", False) in project.reports.outline()
    written = headings(project)
    assert written.index("What divides") < written.index("Summary")
    assert not {"Gaps", "What unites"} & set(written)
    project.history.undo()
    assert "What unites" in headings(project)
    assert project.reports.show("gaps", False).is_empty, "it is left out already"
    assert project.reports.show("gaps", True).said == "Put “Gaps” into the report"
    assert project.history.trail()[0].told.endswith("put “Gaps” into the report")


def test_what_is_new_stands_where_it_usually_does(project: Project) -> None:
    divides = key(project, "What divides")
    project.reports.arrange([divides, *(k for k in keys(project) if k != divides)])
    third = project.codebook.added(project.codebook.add("What helps", is_question=True))
    assert keys(project)[:2] == [divides, f"question {third}"], "after the question that it follows in the codebook"
    project.codebook.delete(third)
    assert f"question {third}" not in keys(project)
    project.reports.arrange(["reading"])
    project.history.undo()
    project.history.undo()
    assert keys(project)[:2] == [divides, f"question {third}"]


def test_a_part_that_is_not_there_is_told(project: Project) -> None:
    for wrong in (lambda: project.reports.show("weather", True), lambda: project.reports.arrange(["question 99"])):
        with pytest.raises(NotFound, match="There is no part of the report"):
            wrong()


@pytest.mark.parametrize(
    ("kept", "usual", "order"),
    [
        ({}, "abc", "abc"),
        ({"c": True, "a": True}, "abc", "cab"),
        ({"b": True, "x": False}, "abc", "abc"),
        ({"c": False, "b": True}, "abcd", "acdb"),
    ],
)
def test_kept_parts_keep_their_order_and_new_ones_follow_their_usual_neighbour(
    kept: dict[str, bool], usual: str, order: str
) -> None:
    found = reporting.arranged(kept, usual)
    assert "".join(found) == order
    assert all(found[one] for one in usual if one not in kept)


def test_a_template_is_one_act_and_leaves_the_words(project: Project) -> None:
    project.reports.write_words("gaps", "We know of two.")
    assert project.reports.use_template("short").said == "Laid the report out as “Summary for the public”"
    assert [p.key for p in project.reports.outline() if p.is_shown] == [
        "summary", "engagement", key(project, "What unites"), key(project, "What divides"), "reading",
    ]  # fmt: skip
    assert project.reports.settings()["template"] == "short"
    assert project.reports.words()["gaps"] == "We know of two."
    project.history.undo()
    assert all(part.is_shown for part in project.reports.outline())
    assert project.reports.settings()["template"] == ""
    with pytest.raises(NotFound, match="Did you mean: short"):
        project.reports.use_template("shortest")


# -- words ---------------------------------------------------------------------------------------------------------------


def test_words_stand_under_their_heading_and_survive_a_re_write_after_more_coding(project: Project) -> None:
    divides = key(project, "What divides")
    assert project.reports.write_words(divides, "  Buses came first.\nThen came trust. ").said == (
        "Changed the report's words under “What divides”"
    )
    project.reports.write_words(key(project, "Cuts", reporting.CODE), "The word was theirs.")
    project.reports.write_words("summary", "People get on.")
    for _again in range(2):
        data = project.reports.snapshot(0)
        assert data.summary == "People get on."
        assert data.extras.words[key(project, "Cuts", reporting.CODE)] == "The word was theirs."
        blocks = compose(data).blocks
        at = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text == "What divides")
        assert blocks[at + 1 : at + 3] == (Paragraph("Buses came first."), Paragraph("Then came trust."))
        assert sum(isinstance(b, Paragraph) and b.text == "People get on." for b in blocks) == 1
        code(project, "Women", "The buses.", "Class")
    assert next(p.words for p in project.reports.outline() if p.key == "summary") == "People get on."


def test_words_for_a_part_that_has_nothing_to_say_stand_under_its_name(project: Project) -> None:
    project.reports.write_words("plan", "We meet in May.")
    blocks = compose(project.reports.snapshot(0)).blocks
    at = blocks.index(Paragraph("We meet in May."))
    before = blocks[at - 1]
    assert isinstance(before, Heading)
    assert before.text == reporting.part_names()["plan"]


def test_typing_is_one_act_and_emptied_words_are_gone(project: Project) -> None:
    acts = len(project.history.trail())
    for words in ("We", "We heard", "We heard much"):
        project.reports.write_words("method", words)
    assert len(project.history.trail()) == acts + 1
    project.reports.write_words("method", "  ")
    assert "method" not in project.reports.words()
    with pytest.raises(NotFound, match="There is no part of the report"):
        project.reports.write_words("code 999", "Lost from the start")


def test_words_whose_place_is_gone_are_kept_and_told(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "write_report", lambda _data, folder, _job: folder)
    where = key(project, "Class", reporting.CODE)
    theme = project.themes.added(project.themes.add("Trust", codes_=[cid(project, "Class")]))
    project.reports.write_words(where, "They said it quietly.")
    project.reports.write_words(f"theme {theme}", "It runs through all.")
    project.reports.write_words(key(project, "What divides"), "Much does.")
    assert project.reports.strays() == ()
    project.codebook.delete(cid(project, "Class"))
    project.themes.delete(theme)
    project.codebook.set_question(cid(project, "What divides"), False)
    strays = {stray.key: (stray.name, stray.words) for stray in project.reports.strays()}
    assert strays == {
        where: ("Class", "They said it quietly."),
        f"theme {theme}": ("Trust", "It runs through all."),
        key(project, "What divides"): ("What divides", "Much does."),
    }
    told: list[str] = []
    project.reports.write(tmp_path / "report", warn=told.append)
    assert (
        "What you wrote for “Class” is in no part of the report: that is gone from the project. Your words are kept."
        in told
    )
    project.reports.write_words(where, "")
    assert where not in project.reports.words()
    for _undone in range(4):
        project.history.undo()
    assert project.reports.strays() == ()


# -- settings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("attribution", "initials", "Quotations cannot be attributed by “initials”. named, pseudonym, group, none"),
        ("date", "May", "“May” is not a date. Write it as 2026-11-22."),
        ("template", "short", "The report has no template."),
    ],
)
def test_a_setting_that_cannot_be_is_told(project: Project, name: str, value: str, said: str) -> None:
    with pytest.raises(BadInput) as told:
        project.reports.set(name, value)
    assert str(told.value).startswith(said)


def test_the_date_is_the_one_that_was_set_or_the_day_of_the_last_change(project: Project) -> None:
    today = project.history.trail()[0].at[:10]
    assert project.reports.snapshot(0).date == today
    project._session.db.conn.execute("UPDATE action SET at = '2025-03-04T10:00:00.000+00:00'")
    project.reports.note("somewhere")
    assert project.reports.snapshot(0).date == "2025-03-04", "writing it out changes nothing"
    project.reports.set("date", "2026-01-31")
    assert project.reports.snapshot(0).date == "2026-01-31"
    assert project.reports.set("date", "").said == "Changed the report's date"
    assert project.reports.snapshot(0).date == datetime.datetime.now(datetime.UTC).date().isoformat()


# -- quotations ----------------------------------------------------------------------------------------------------------


def test_what_was_chosen_is_quoted_in_order_and_nothing_else(project: Project) -> None:
    assert [q.is_chosen for q in quoted(project, "Cuts")] == [False, False], "proposed while nothing is chosen"
    cuts = cid(project, "Cuts")
    nothing = place(project, "Young people", "now there is nothing.")
    change = project.reports.choose(cuts, [nothing, place(project, "Women", BUSES)])
    assert change.said == "Chose 2 passages for the report to quote on “Cuts”"
    assert change.sources == {project.sources.get("Women").id, project.sources.get("Young people").id}
    found = quoted(project, "Cuts")
    assert [(q.parts[0].words, q.attribution, q.is_chosen) for q in found] == [
        ("…now there is nothing.", "Amina, Young people", True), (BUSES, "Amina, Women", True),
    ]  # fmt: skip
    assert project.reports.choose(cuts, [nothing]).is_empty
    segments = [quote.place.segment for quote in project.reports.quotes(cuts)]
    assert (
        project.reports.order_quotes(cuts, segments[::-1]).said
        == "Put the report's quotations on “Cuts” in another order"
    )
    assert [q.parts[0].words for q in quoted(project, "Cuts")] == [BUSES, "…now there is nothing."]
    assert project.reports.unchoose(cuts, segments).said == "Took 2 passages out of the report's quotations on “Cuts”"
    assert [q.is_chosen for q in quoted(project, "Cuts")] == [False, False]
    assert place(project, "Women", BUSES)[1] in [p.coding.span for p in project.codings.retrieve(cuts)]


def test_a_view_against_a_code_is_not_one_for_it(project: Project) -> None:
    cuts, at = cid(project, "Cuts"), place(project, "Women", "(laughs) That is exactly it.")
    assert project.reports.choose(cuts, [at], DISSENT).said == "Chose 1 passage for the report to quote against “Cuts”"
    assert [q.is_chosen for q in quoted(project, "Cuts")] == [False, False]
    (theme,) = [t for c in project.reports.unmasked(0).chapters for t in c.themes if t.name == "Cuts"]
    assert [(q.role, q.parts[0].speaker) for q in theme.dissent] == [(DISSENT, "Joan")]
    project.reports.choose(cuts, [at])
    assert [q.parts[0].speaker for q in quoted(project, "Cuts")] == ["Joan"]
    with pytest.raises(BadInput, match="A quotation cannot stand for “maybe”"):
        project.reports.choose(cuts, [at], "maybe")


def test_key_passages_of_a_theme_can_be_views_against_it(project: Project) -> None:
    theme = project.themes.added(project.themes.add("Decline", at=[place(project, "Women", BUSES)]))
    (segment,) = (quote.place.segment for quote in project.reports.theme_quotes(theme))
    assert project.reports.mark_dissent(theme, [segment]).said == (
        "Marked 1 key passage of the theme “Decline” as a view against it"
    )
    assert [quote.role for quote in project.reports.theme_quotes(theme)] == [DISSENT]
    project.reports.mark_dissent(theme, [segment], False)
    assert [quote.role for quote in project.reports.theme_quotes(theme)] == [""]
    with pytest.raises(NotFound):
        project.reports.mark_dissent(reporting.ThemeId(99), [segment])


def test_quotations_and_words_follow_a_merge(project: Project) -> None:
    cuts, class_ = cid(project, "Cuts"), cid(project, "Class")
    both = place(project, "Young people", CLUB)
    project.reports.choose(cuts, [both, place(project, "Women", BUSES)])
    project.reports.choose(class_, [place(project, "Young people", TRAINERS), both])
    project.reports.write_words(f"code {cuts}", "From cuts.")
    project.reports.write_words(f"code {class_}", "From class.")
    project.codebook.merge(cuts, into=class_)
    assert [quote.place.quote for quote in project.reports.quotes(class_)] == [TRAINERS, CLUB, BUSES]
    assert project.reports.words() == {f"code {class_}": "From class.\n\nFrom cuts."}
    project.history.undo()
    assert [quote.place.quote for quote in project.reports.quotes(cuts)] == [CLUB, BUSES]
    assert project.reports.words()[f"code {cuts}"] == "From cuts."


def test_a_quotation_follows_its_passage_when_a_code_is_split(project: Project) -> None:
    cuts = cid(project, "Cuts")
    project.reports.choose(cuts, [place(project, "Women", BUSES), place(project, "Young people", CLUB)])
    coding = next(p.coding.id for p in project.codings.retrieve(cuts) if p.quote == BUSES)
    project.codebook.split(cuts, ["Transport"], {coding: 0})
    assert [quote.place.quote for quote in project.reports.quotes(cid(project, "Transport"))] == [BUSES]
    assert [quote.place.quote for quote in project.reports.quotes(cuts)] == [CLUB]


def test_a_quotation_stays_where_somebody_still_uses_the_code(project: Project) -> None:
    cuts = cid(project, "Cuts")
    project.reports.choose(cuts, [place(project, "Women", BUSES)])
    coding = next(p.coding.id for p in project.codings.retrieve(cuts) if p.quote == BUSES)
    project.use_coder("Ben")
    code(project, "Women", BUSES, "Cuts")
    project.codebook.split(cuts, ["Transport"], {coding: 0})
    assert [quote.place.quote for quote in project.reports.quotes(cuts)] == [BUSES]


def test_a_corrected_quotation_is_quoted_as_it_is_now_and_a_lost_one_is_kept_and_not_written(project: Project) -> None:
    cuts, women = cid(project, "Cuts"), project.sources.get("Women").id
    project.reports.choose(cuts, [place(project, "Women", BUSES)])
    six = place(project, "Women", "six")[1]
    project.corrections.correct(women, [Edit(six.start, six.end, "seven")])
    assert [q.parts[0].words for q in quoted(project, "Cuts")] == ["The buses. Nobody comes down after seven."]
    whole = place(project, "Women", "The buses. Nobody comes down after seven.")[1]
    project.corrections.correct(women, [Edit(whole.start, whole.end)])
    (kept,) = project.reports.quotes(cuts)
    assert kept.place.is_lost
    assert kept.place.quote == "The buses. Nobody comes down after seven."
    assert all(not q.is_chosen for q in quoted(project, "Cuts"))
    (lost,) = project.corrections.lost()
    project.corrections.place(lost.place.segment, place(project, "Women", "For me it is the park.")[1])
    assert [q.parts[0].words for q in quoted(project, "Cuts")] == ["For me it is the park."]


def test_a_quotation_goes_with_its_code_and_its_source(project: Project) -> None:
    cuts = cid(project, "Cuts")
    project.reports.choose(
        cuts, [place(project, "Women", "(laughs) That is exactly it."), place(project, "Young people", CLUB)]
    )
    assert project.sources.remove(project.sources.get("Women").id).said == (
        "Removed the source “Women” (also gone: 1 quotation chosen for the report)"
    )
    assert project.codebook.would_delete(cuts).quotes == 1
    assert [quote.place.quote for quote in project.reports.quotes(cuts)] == [CLUB]
    project.codebook.delete(cuts)
    assert project._session.db["report_quote"].count == 0
    project.history.undo()
    assert [quote.place.quote for quote in project.reports.quotes(cuts)] == [CLUB]


def test_history_finds_who_chose_a_quotation_by_its_source_and_its_code(project: Project) -> None:
    from cohesion_qda.model.trail import Wanted

    project.reports.choose(cid(project, "Class"), [place(project, "Women", "(laughs) That is exactly it.")])
    by_source = project.history.trail(wanted=Wanted(source=project.sources.get("Women").id))
    by_code = project.history.trail(wanted=Wanted(code=cid(project, "Class")))
    assert by_source[0].kind == by_code[0].kind == "choose-quotes"


# -- what is written -----------------------------------------------------------------------------------------------------


def test_attribution_goes_through_the_whole_report(project: Project, tmp_path: Path) -> None:
    project.sources.add([draft("Talk with Zainab", [("Zainab", "Nobody asks us about the buses.")], kind="interview")])
    code(project, "Talk with Zainab", "Nobody asks us about the buses.", "Cuts")
    project.codebook.set_example(cid(project, "Cuts"), project.codings.retrieve(cid(project, "Cuts"))[0].coding.id)
    said = {rule: sorted(q.attribution for q in quoted(project, "Cuts", rule)) for rule in reporting.ATTRIBUTIONS}
    assert said == {
        "named": ["Amina, Women", "Amina, Young people", "Zainab, Talk with Zainab"],
        "pseudonym": ["Participant 1, Women", "Participant 4, Young people", "Participant 6, Interview"],
        "group": ["Interview", "Women", "Young people"],
        "none": ["", "", ""],
    }
    project.reports.set("attribution", "group")
    examples = {entry.name: entry.example for entry in project.reports.unmasked(0).codebook}
    assert examples["Cuts"].startswith("“")
    assert "(" not in examples["Cuts"]
    with pytest.raises(BadInput):
        project.reports.snapshot(attribution="initials")


def test_the_same_project_gives_the_same_files_and_says_what_they_are_made_from(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.reports.set("version", "Draft 2")
    project.reports.set("date", "2026-02-03")
    project.reports.use_template("short")
    first, second = tmp_path / "first", tmp_path / "second"
    project.reports.write(first, suppress=0)
    later = time.localtime(time.time() + 5_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_when: later)
    project.reports.write(second, suppress=0)
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [name for name in files if (first / name).read_bytes() != (second / name).read_bytes()] == []
    method = project.reports.snapshot(0).extras.method
    assert method["report"] == {"version": "Draft 2", "template": "short", "attribution": "named"}
    assert method["coded"] == {
        "Asha": {"codings": 3, "first": project.history.trail()[0].at[:10], "last": project.history.trail()[0].at[:10]}
    }
    assert len(method["texts_sha256"]) == 2
    assert str(method["talk_read_with"]).startswith("cohesion-en")
    assert {"matplotlib", "python-docx", "typst"} <= set(method["made_with"])
    before = method["codebook"]
    project.codebook.describe(cid(project, "Cuts"), definition="Less of it")
    assert project.reports.snapshot(0).extras.method["codebook"] != before


def test_nobody_is_singled_out_by_a_source_that_is_not_named(project: Project) -> None:
    assert "Only 3 participants of the study speak in “Women”" in " ".join(project.reports.unmasked(0).singled)
    assert project.reports.unmasked(0, attribution="none").singled == ()


def test_the_version_stands_under_the_title(project: Project) -> None:
    project.reports.set("version", "Draft 2")
    assert "Draft 2" in compose(project.reports.snapshot(0)).about
