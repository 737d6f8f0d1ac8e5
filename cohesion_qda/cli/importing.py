"""`import`: transcripts into a project, or, with --dry-run, what would come of it."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from cohesion_qda.base.errors import BadInput, CannotReadSource, LeftOut, NotFound, ProjectMissing, ProjectReadOnly
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli import findings
from cohesion_qda.cli.findings import Findings
from cohesion_qda.cli.output import line, note, reporting_job, sources, speakers, turns, words
from cohesion_qda.model import called
from cohesion_qda.model.source import SOURCE_KINDS, HowToRead, SourceDraft
from cohesion_qda.model.text import canonical, comparable
from cohesion_qda.project import Project
from cohesion_qda.project.findings import same_before
from cohesion_qda.project.guide import Guide
from cohesion_qda.project.matching import NOTHING
from cohesion_qda.project.sources import ImportResult, Sources


def import_(options: Namespace) -> int:
    """Transcripts into a project. Status 1 when a file could not be read; the others are imported all the same."""
    if not options.files and not options.attributes and not options.codings:
        raise BadInput(_("Nothing to import was named."), _("Give transcripts, folders, --attributes or --codings."))
    if options.kind and options.kind not in SOURCE_KINDS:
        raise BadInput(
            _("There is no kind of source “{kind}”.").format(kind=options.kind),
            _("Use one of: {kinds}.").format(kinds=called.to_write(SOURCE_KINDS, called.kinds())),
        )
    attributes = dict(_pair(text) for text in options.set)
    how = _how(options)
    if options.dry_run:
        return _try(options, how, attributes)
    with Project.open(options.project, options.coder) as project:
        found = _found(options, how, attributes, project)
        result = None
        if options.files:
            guide = found.questions if options.guide else ()
            result = project.sources.add(found.drafts, found.sheet, options.kind, attributes, guide=guide)
        elif found.sheet is not None:
            result = project.sources.add_sheet(found.sheet)
        coded = project.codings.import_quotes(options.codings).said if options.codings else ""
        if options.json:
            findings.as_json(found, options.project, [source.name for source in result.added] if result else [])
            return found.status
        if result is not None:
            _told(project, found, result)
        if coded:
            line(coded + ".")
    findings.tell_failures(found)
    return found.status


def _try(options: Namespace, how: HowToRead, attributes: dict[str, str]) -> int:
    """Say what would be imported, and write nothing."""
    with ExitStack() as stack:
        project = _compared_with(options.project)
        if project is not None:
            stack.enter_context(project)
        found = _found(options, how, attributes, project)
    if options.json:
        findings.as_json(found, options.project)
    else:
        findings.in_words(found)
    return found.status


def _compared_with(path: Path) -> Project | None:
    """The project, opened without writing to it; None where there is none to compare with."""
    try:
        return Project.open(path, read_only=True)
    except ProjectMissing:
        note(_("There is no project {path} yet; the files are looked at by themselves.").format(path=path))
    except ProjectReadOnly as error:  # written by an older version, and not to be changed now
        note(str(error))
    return None


def _how(options: Namespace) -> HowToRead:
    """What the options say about how files are to be read. Raises BadInput."""
    convention = options.convention or ("pattern" if options.pattern else "")
    how = HowToRead(
        options.encoding, convention, options.pattern,
        frozenset(options.speaker), frozenset(options.not_speaker), frozenset(options.apart),
    )  # fmt: skip
    Sources.check_how(how)
    return how


def _found(options: Namespace, how: HowToRead, attributes: dict[str, str], project: Project | None) -> Findings:
    """Read what was named, and join the labels that the options join."""
    found = Sources.read_files(options.files, reporting_job(), how) if options.files else []
    drafts = _joined([draft for draft in found if isinstance(draft, SourceDraft)], options.join)
    given = {path.resolve() for path in (options.attributes, options.codings) if path}
    questions: list[str] = []
    if options.guide:
        questions = Guide.read(options.guide)
    elif project is not None:
        questions = [question.text for question in project.guide.questions()]
    twins = [project.sources.twin(draft) if project is not None else "" for draft in drafts]
    return Findings(
        drafts,
        twins,
        [error for error in found if isinstance(error, CannotReadSource) and not isinstance(error, LeftOut)],
        [told for told in found if isinstance(told, LeftOut) and told.path.resolve() not in given],
        Sources.read_sheet(options.attributes) if options.attributes else None,
        questions,
        options.kind,
        attributes,
        project.sources.known() if project is not None else NOTHING,
        same_before(drafts, twins),
    )


def _joined(drafts: Sequence[SourceDraft], joins: Iterable[str]) -> list[SourceDraft]:
    """The drafts with labels joined as `[FILE:]LABEL=INTO` says. Raises BadInput and NotFound."""
    result = list(drafts)
    for text in joins:
        label, sign, into = text.partition("=")
        if not sign or not label.strip() or not into.strip():
            raise BadInput(_("“{text}” does not join two labels.").format(text=text), _("Write it as LABEL=INTO."))
        file, colon, rest = label.partition(":")
        is_for_one = bool(colon) and any(draft.file_name == file for draft in drafts)
        wanted = rest if is_for_one else label
        places = [n for n, draft in enumerate(result) if not is_for_one or draft.file_name == file]
        done = [(n, pair) for n in places if (pair := _both(result[n], wanted, into)) is not None]
        if not done:
            known = [known for n in places for known in result[n].roles]
            missing = wanted if comparable(wanted) not in map(comparable, known) else into
            raise NotFound(_("speaker"), missing.strip(), dict.fromkeys(known))
        for n, (one, other) in done:
            result[n] = result[n].joined({one: other})
    return result


def _both(draft: SourceDraft, label: str, into: str) -> tuple[str, str] | None:
    """The two labels as the draft writes them, where it has both."""
    exact = set(draft.roles)
    folded = {comparable(known): known for known in draft.roles}
    found = [name.strip() if name.strip() in exact else folded.get(comparable(name), "") for name in (label, into)]
    return (found[0], found[1]) if all(found) and found[0] != found[1] else None


def _told(project: Project, found: Findings, result: ImportResult) -> None:
    checks = [(draft.file_name, said) for draft in found.drafts for said in findings.to_check(draft)]
    for file, said in dict.fromkeys(checks):
        note(f"{file}: {said.removeprefix('! ')}")
    surveys = {found.drafts[places[0]].file_name for places in findings.together(found.drafts) if len(places) > 1}
    for of, group in groupby(result.added, key=lambda source: source.file_name if source.file_name in surveys else ""):
        added = list(group)
        if of:
            n, spoken, answers = len(added), sum(s.words for s in added), sum(s.turns for s in added)
            line(f"{of}: {sources(n)}, {words(spoken)}, {turns(answers)}")
            continue
        for source in added:
            n = len(project.sources.reading(source.id).speakers)
            line(
                f"{source.name}: {called.kind(source.kind)}, {words(source.words)}, {turns(source.turns)}, {speakers(n)}"
            )
    _told_already(result, surveys)
    if said := project.sections.in_words([source.id for source in result.added]):
        note(said)
    for miss in result.proposals:
        note(miss.said)


def _told_already(result: ImportResult, surveys: Collection[str]) -> None:
    """What was left out because its words are there: once for all of a survey."""
    new = {source.name for source in result.added}
    for file, n in Counter(file for file, _source in result.already if file in surveys).items():
        line(ngettext("{file}: {n} source already in the project", "{file}: {n} sources already in the project", n).format(
            file=file, n=n
        ))  # fmt: skip
    for file, source in result.already:
        if source in new and file not in surveys:
            line(_("{file}: left out, for it has the same words as “{source}”").format(file=file, source=source))
        elif file not in surveys:
            line(_("{file}: already in the project, as “{source}”").format(file=file, source=source))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise BadInput(_("“{text}” is not an attribute.").format(text=text), _("Write it as NAME=VALUE."))
    return canonical(name).strip(), canonical(value).strip()
