"""What each command does. Each takes the parsed options and gives the exit status."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.clouds import lines as lines
from cohesion_qda.cli.clouds import wordcloud as wordcloud
from cohesion_qda.cli.counting import agreement as agreement
from cohesion_qda.cli.counting import answers as answers
from cohesion_qda.cli.counting import cooccurrence as cooccurrence
from cohesion_qda.cli.counting import dynamics as dynamics
from cohesion_qda.cli.counting import framework as framework
from cohesion_qda.cli.counting import portrait as portrait
from cohesion_qda.cli.counting import saturation as saturation
from cohesion_qda.cli.counting import table as table
from cohesion_qda.cli.counting import timeline as timeline
from cohesion_qda.cli.evidence import evidence as evidence
from cohesion_qda.cli.framing import frames as frames
from cohesion_qda.cli.importing import import_ as import_
from cohesion_qda.cli.language import language as language
from cohesion_qda.cli.opening import reading as _reading
from cohesion_qda.cli.output import counted, emit, line, mentions, note, reporting_job, turns
from cohesion_qda.cli.output import words as speech
from cohesion_qda.cli.proposing import evaluate as evaluate
from cohesion_qda.cli.reporting import report as report
from cohesion_qda.cli.retrieving import retrieve as retrieve
from cohesion_qda.cli.searching import autocode as autocode
from cohesion_qda.cli.searching import search as search
from cohesion_qda.cli.settling import settle as settle
from cohesion_qda.cli.study import guide as guide
from cohesion_qda.cli.study import join as join
from cohesion_qda.cli.study import sections as sections
from cohesion_qda.cli.suggesting import suggest as suggest
from cohesion_qda.cli.team import plan as plan
from cohesion_qda.cli.team import team as team
from cohesion_qda.cli.wording import words as words
from cohesion_qda.cli.worksheets import worksheet as worksheet
from cohesion_qda.cli.writing import memos as memos
from cohesion_qda.cli.writing import themes as themes
from cohesion_qda.model import called
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.project.codebook import Codebook


def demo(options: Namespace) -> int:
    """The main job without a window."""
    from cohesion_qda.project import sample

    folder: Path = options.folder
    study = folder / "study.cqda"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(
            _("The folder {folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror),
            _("Choose another folder."),
        ) from error
    if study.exists():
        note(_("Using the study that is there: {path}").format(path=study))
        project = Project.open(study)
    else:
        note(_("Building the sample study from its transcripts …"))
        project = sample.build(study, reporting_job())
    with project:
        note(_("Writing the findings report …"))
        report_file = project.reports.write(folder / "report", reporting_job(), warn=note)
        line(_("Study:  {path}").format(path=study.resolve()))
        line(_("Report: {path}").format(path=report_file.resolve()))
    return 0


def new(options: Namespace) -> int:
    """A new project."""
    codebook = options.codebook if options.codebook in ("cohesion", "empty") else Path(options.codebook)
    if isinstance(codebook, Path):
        for words_ in Codebook.read(codebook).notes:
            note(words_)
    with Project.create(options.project, codebook, options.coder, options.title, options.frame) as project:
        line(_("Made {path} with {n} codes.").format(path=project.path, n=len(project.codebook.tree())))
    return 0


def sources(options: Namespace) -> int:
    """The sources with their speakers."""
    with _reading(options.project) as project:
        speakers: dict[SourceId, Any] = dict(project.sources.speakers())
        attributes = project.attributes.values("source")
        rows: list[dict[str, Any]] = [
            {
                "name": source.name, "kind": source.kind, "words": source.words, "turns": source.turns,
                "file": source.file_name, "sha256": source.file_sha256,
                "imported_at": source.imported_at, "imported_by": source.imported_by,
                "speakers": [
                    {"label": s.label, "name": s.case_name, "role": s.role, "turns": s.turns, "words": s.words}
                    for s in speakers.get(source.id, [])
                ],
                "attributes": attributes.get(source.id, {}),
            }
            for source in project.sources.list()
        ]  # fmt: skip
        if options.json:
            emit({"project": project.title, "sources": rows})
            return 0
    for row in rows:
        line(f"{row['name']}: {called.kind(row['kind'])}, {speech(row['words'])}, {turns(row['turns'])}")
        for name, value in row["attributes"].items():
            line(f"    {name}: {value}")
        for s in row["speakers"]:
            line(f"    {s['label']} ({s['role']}): {turns(s['turns'])}, {speech(s['words'])}")
    if not rows:
        line(_("No sources yet. Import some: cohesion-qda import PROJECT FILE..."))
    return 0


def codes(options: Namespace) -> int:
    """The codebook with its counts; or it is written to a file, or one is added to it."""
    if options.add is not None:
        return _add_codes(options)
    if options.export is not None:
        with _reading(options.project) as project:
            project.codebook.export(options.export)
            line(_("Wrote {path}").format(path=options.export))
        return 0
    with _reading(options.project) as project:
        tree, counts, base = project.codebook.tree(), project.codebook.counts(), project.codebook.base()
        rows: list[dict[str, Any]] = [
            {
                "path": tree.path(code.id), "name": code.name, "depth": tree.depth(code.id), "colour": code.colour,
                "is_question": code.is_question, "definition": code.definition, "use_when": code.use_when,
                "not_when": code.not_when, "example": code.example, "key": code.key, "direction": tree.direction(code.id),
                **counted(counts[code.id].own), "branch": counted(counts[code.id].branch),
            }
            for code in tree
        ]  # fmt: skip
        if options.json:
            emit({"project": project.title, "of": counted(base), "codes": rows})
            return 0
    for row in rows:
        branch = row["branch"]
        line(
            "  " * int(row["depth"])
            + _("{name}: {mentions}, {p} of {all_p} people, {g} of {all_g} groups").format(
                name=row["name"], mentions=mentions(branch["mentions"]), p=branch["participants"], all_p=base.participants,
                g=branch["groups"], all_g=base.groups,
            )
        )  # fmt: skip
    if not rows:
        line(_("No codes yet."))
    return 0


def _add_codes(options: Namespace) -> int:
    with Project.open(options.project, options.coder) as project:
        read = project.codebook.read(options.add)
        for words_ in read.notes:
            note(words_)
        found = project.codebook.incoming(read.codes)
        chosen = [each.path for each in found if each.is_new or (options.theirs and each.differs)]
        change = project.codebook.add_codebook(read.codes, chosen)
        line(change.said or _("Nothing was added"))
        differs = sum(bool(each.differs) for each in found)
        if differs and not options.theirs:
            words_ = ngettext(
                "{n} code is there in other words, which stay. With --theirs it takes over what the file says.",
                "{n} codes are there in other words, which stay. With --theirs they take over what the file says.", differs,
            )  # fmt: skip
            note(words_.format(n=differs))
    return 0


def apply(options: Namespace) -> int:
    """A passage is coded."""
    with Project.open(options.project, options.coder) as project:
        source = project.sources.get(options.source).id
        tree = project.codebook.tree()
        wanted = [tree.get(path).id for path in options.code]
        span = _span(options.span) if options.span else project.codings.find_quote(source, options.quote)
        change = project.codings.apply(source, span, wanted)
        line(_("Already coded so.") if change.is_empty else change.said + ".")
    return 0


def _span(text: str) -> Span:
    match = re.fullmatch(r"(\d+):(\d+)", text.strip())
    if not match or int(match[1]) >= int(match[2]):
        raise BadInput(_("“{text}” is not a place in a text.").format(text=text), _("Give START:END, such as 120:164."))
    return Span(int(match[1]), int(match[2]))


def history(options: Namespace) -> int:
    """The trail."""
    with _reading(options.project) as project:
        entries = project.history.trail(options.limit)
    if options.json:
        emit({"history": [
            {"id": e.id, "kind": e.kind, "what": e.said, "told": e.told, "coder": e.coder, "at": e.at, "rows": e.rows,
             "state": e.state, "undoes": e.undoes, "redoes": e.redoes, "can_undo": e.can_undo} for e in entries
        ]})  # fmt: skip
        return 0
    for entry in entries:
        state = {"undone": _(" (undone)"), "dropped": _(" (undone)")}.get(entry.state, "")
        line(f"{entry.id:>5}  {entry.at[:16].replace('T', ' ')}  {entry.told}{state}")
    return 0


def undo(options: Namespace) -> int:
    """The last act is taken back."""
    with Project.open(options.project) as project:
        line(project.history.undo().said + ".")
    return 0


def redo(options: Namespace) -> int:
    """What was taken back is done again."""
    with Project.open(options.project) as project:
        line(project.history.redo().said + ".")
    return 0


def check(options: Namespace) -> int:
    """Status 1 when something is not as it should be."""
    with _reading(options.project) as project:
        findings = project.check()
        title = project.title
    if options.json:
        emit({"project": title, "clean": not findings, "findings": findings})
    elif findings:
        for finding in findings:
            line(finding)
    else:
        line(_("Everything is in order."))
    return 1 if findings else 0
