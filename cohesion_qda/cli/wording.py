"""The command about words: what is left out of all counting, what counts as one, and what the talk is read with."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import counted, emit, line, note, reporting_job
from cohesion_qda.model.change import Change
from cohesion_qda.model.speaking import how_often
from cohesion_qda.model.table import Count
from cohesion_qda.project import Project

if TYPE_CHECKING:
    from cohesion_qda.analysis.pipelines import PipelineInfo
    from cohesion_qda.analysis.wordlist import Said, WordList

SHOWN = 60  # words that the program leaves out by itself, in print; all that are listed in JSON


def add_words(parser: argparse.ArgumentParser) -> None:
    """What can be done with words; each is one act, in this order."""
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument(
        "--leave-out", metavar="W", **several, help=_("count this word or phrase for nothing; may be given again")
    )
    parser.add_argument(
        "--take-back", metavar="W", **several,
        help=_("count it again, also where the program left it out by itself; may be given again"),
    )  # fmt: skip
    parser.add_argument(
        "--merge",
        metavar="SHOWN=FORM[,FORM]",
        **several,
        help=_("count these words or phrases as one; may be given again"),
    )
    parser.add_argument("--unmerge", metavar="SHOWN", **several, help=_("count them apart again; may be given again"))
    parser.add_argument("--language", metavar="CODE", help=_("the language of the talk: en, cy …"))


def words(options: Namespace) -> int:
    """Do what was asked for, and list what is done with words now; what was done is told instead where something was."""
    acts = list(_acts(options))
    with Project.open(options.project) if acts else reading(options.project) as project:
        said = [change.said for change in (act(project) for act in acts) if change.said]
        if acts and not options.json:
            for one in said or [_("That is so already.")]:
                line(one)
            for lacking in _missing(options.language):
                note(lacking)
            return 0
        heard = project.suggestions.heard(reporting_job(), vectors=False)
        title = project.title
    from cohesion_qda.analysis import pipelines
    from cohesion_qda.analysis.wordlist import word_list

    found, missing = word_list(heard), pipelines.missing(heard.info)
    if options.json:
        emit({"project": title, "done": said, **_document(found, heard.info, missing)})
    else:
        _tell(found, heard.info, missing)
    return 0


def _missing(language: str | None) -> list[str]:
    """What talk in a language that was chosen now is read without."""
    from cohesion_qda.analysis import pipelines

    return pipelines.missing(pipelines.choose(language)) if language else []


def _acts(options: Namespace) -> Iterator[Callable[[Project], Change]]:
    if options.leave_out:
        yield lambda project: project.wording.leave_out(options.leave_out)
    if options.take_back:
        yield lambda project: project.wording.take_back(options.take_back)
    for shown, forms in [_merge(text) for text in options.merge]:
        yield lambda project, shown=shown, forms=forms: project.wording.merge(shown, forms)  # type: ignore[misc]
    for shown in options.unmerge:
        yield lambda project, shown=shown: project.wording.unmerge(shown)  # type: ignore[misc]
    if options.language:
        yield lambda project: project.wording.set_language(options.language)


def _merge(text: str) -> tuple[str, list[str]]:
    shown, equals, forms = text.partition("=")
    if not equals or not shown.strip() or not forms.strip():
        raise BadInput(
            _("“{text}” does not say what counts as one.").format(text=text),
            _("Write it as: community=communities,our community"),
        )
    return shown, forms.split(",")


def _document(found: WordList, info: PipelineInfo, missing: list[str]) -> dict[str, Any]:
    def rows(some: tuple[Said, ...]) -> list[dict[str, Any]]:
        return [{"word": one.text, **counted(one.count)} for one in some]

    return {
        "language": found.language, "pipeline": info.key, "missing": missing, "left_out": rows(found.left_out),
        "merges": [{"shown": m.merge.shown, **counted(m.count), "forms": rows(m.forms)} for m in found.merges],
        "counted_all_the_same": rows(found.counted), "left_out_by_the_program": rows(found.by_itself),
        "terms": rows(found.terms), "of": counted(found.base),
    }  # fmt: skip


def _tell(found: WordList, info: PipelineInfo, missing: list[str]) -> None:
    line(_("Language of the talk: {language}, read with {pipeline}").format(language=found.language, pipeline=info.key))
    for sentence in missing:
        line(f"    {sentence}")
    line(_("You left out:") if found.left_out else _("You left nothing out."))
    for one in found.left_out:
        line("    " + _told(one.text, one.count, found.base))
    if found.merges:
        line(_("You count as one:"))
    for merged in found.merges:
        line("    " + _told(merged.merge.shown, merged.count, found.base))
        for form in merged.forms:
            line("        " + _told(form.text, form.count, found.base))
    if found.counted:
        line(_("You count all the same:"))
    for one in found.counted:
        line("    " + _told(one.text, one.count, found.base))
    line(_("The program leaves out by itself (talk-noise and words of grammar), the most widely said first:"))
    line("    " + ", ".join(one.text for one in found.by_itself[:SHOWN]))


def _told(text: str, count: Count, base: Count) -> str:
    return _("{word}: {said}").format(word=text, said=how_often(count, base))
