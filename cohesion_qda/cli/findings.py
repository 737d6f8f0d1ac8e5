"""What was found in files: what a dry run prints, for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.output import emit, line, note, sources, speakers, turns, words
from cohesion_qda.model import called
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import Alike, SourceDraft
from cohesion_qda.project.findings import SpeakerFound, speakers_found, words_found
from cohesion_qda.project.matching import NOTHING, Known, Unmatched, match, with_drafts

_NAMES_SHOWN = 3  # of the sources of a survey


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of the files that were named: drafts, and for each the name of the source that the project has already
    for it; files that cannot be read; what of folders was left out. `questions` are those of the moderator's guide,
    `in_project` the names that the project knew before, `same` for each draft the one before it that is the same.
    """

    drafts: Sequence[SourceDraft]
    twins: Sequence[str]
    failed: Sequence[CannotReadSource]
    left_out: Sequence[LeftOut]
    sheet: AttributeSheet | None = None
    questions: Sequence[str] = ()
    kind: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    in_project: Known = NOTHING
    same: Sequence[SourceDraft | None] = ()

    @property
    def status(self) -> int:
        """The exit status."""
        return 1 if self.failed else 0


def warnings(draft: SourceDraft) -> list[str]:
    """What the person should check in a draft; where the encoding is a guess, how to say it."""
    if draft.encoding_is_sure or draft.how.encoding:
        return list(draft.warnings)
    guess = _(
        "It was read as {encoding}, which is a guess. If letters look wrong, name another with --encoding: {names}."
    )
    others = ", ".join(name for name, _lines in draft.encodings if name != draft.encoding)
    return [*draft.warnings, guess.format(encoding=draft.encoding, names=others)]


def as_json(found: Findings, project: Path, imported: Sequence[str] | None = None) -> None:
    """One JSON document with all that was found, and the names of the sources that were `imported`, if they were."""
    document: dict[str, Any] = {
        "project": str(project),
        "files": [_file(found, place) for place in range(len(found.drafts))],
        "errors": [_told(error) for error in found.failed],
        "left_out": [_told(told) for told in found.left_out],
    }
    if found.sheet is not None:
        document["sheet"] = {"types": dict(found.sheet.types), "unmatched": [str(miss) for miss in _unmatched(found)]}
    if imported is not None:
        document["imported"] = list(imported)
    emit(document)


def _told(error: CannotReadSource) -> dict[str, str]:
    return {"path": str(error.path), "message": error.message, "hint": error.hint}


def _file(found: Findings, place: int) -> dict[str, Any]:
    draft, same = found.drafts[place], found.same[place]
    return {
        "path": str(draft.path), "file": draft.file_name, "name": draft.name, "format": draft.format,
        "encoding": draft.encoding, "encoding_is_sure": draft.encoding_is_sure,
        "encodings": [{"name": name, "reads": lines.split("\n")} for name, lines in draft.encodings],
        "kind": found.kind or draft.kind, "words": words_found(draft), "turns": len(draft.turns),
        "convention": draft.convention, "form": draft.form, "forms": list(draft.forms),
        "speakers": [{**asdict(speaker), "share": round(speaker.share, 4)} for speaker in speakers_found(draft)],
        "joined": [_pair(pair) for pair in draft.alike if pair.is_joined],
        "proposed": [_pair(pair) for pair in draft.alike if not pair.is_joined],
        "doubtful": list(draft.doubtful),
        "sections": [{"start": start, "title": title} for start, title in _sections(found, draft)],
        "attributes": {**draft.attributes, **found.attributes},
        "warnings": list(draft.warnings), "already": found.twins[place] or None,
        "same_as": same and (same.file_name or same.name),
    }  # fmt: skip


def _pair(pair: Alike) -> dict[str, str]:
    return {"label": pair.label, "into": pair.into, "why": pair.why}


def _sections(found: Findings, draft: SourceDraft) -> list[tuple[int, str]]:
    """Where a question of the guide is asked, or a heading stands, and its words."""
    from cohesion_qda.project.asked import begins

    places = begins(draft, found.questions)
    return [(start, title if number is None else found.questions[number]) for start, number, title in places]


def in_words(found: Findings) -> None:
    """The same for people: every file, what could not be read or was left out, and a last line with the totals."""
    for places in together(found.drafts):
        first = found.drafts[places[0]]
        if len(places) > 1:
            line(first.file_name)
            texts = [*_about_survey(found, places)]
        else:
            line(_called(first))
            texts = [*_about(found, places[0]), *_speakers(first), *to_check(first)]
        for text in texts:
            line(f"    {text}")
        line()
    for miss in _unmatched(found):
        line(miss.said)
    tell_failures(found)
    line(_totals(found))


def tell_failures(found: Findings) -> None:
    """Say beside the result what was left out and what cannot be read."""
    for told in (*found.left_out, *found.failed):
        note(str(told))


def together(drafts: Sequence[SourceDraft]) -> list[list[int]]:
    """The places of the drafts, each by itself, but for those of a survey of many, which are told as one."""
    told: list[list[int]] = []
    for _file, group in groupby(range(len(drafts)), key=lambda place: _survey(drafts[place]) or place):
        places = list(group)
        told += [places] if len(places) > _NAMES_SHOWN else [[place] for place in places]
    return told


def _survey(draft: SourceDraft) -> Path | None:
    """The file, where it is one of answers to a survey."""
    from cohesion_qda.formats.surveys import QUESTIONS, RESPONDENTS

    return draft.path if draft.form in (RESPONDENTS, QUESTIONS) else None


def _about_survey(found: Findings, places: Sequence[int]) -> Iterator[str]:
    """What the sources of one survey are between them."""
    drafts = [found.drafts[place] for place in places]
    more = len(drafts) - _NAMES_SHOWN
    yield _read_as(drafts[0])
    yield ", ".join((
        sources(len(drafts)), called.kind(found.kind or drafts[0].kind),
        words(sum(map(words_found, drafts))), turns(sum(len(draft.turns) for draft in drafts)),
    ))  # fmt: skip
    yield _("{names} and {n} more (--json lists them all)").format(
        names=", ".join(f"“{draft.name}”" for draft in drafts[:_NAMES_SHOWN]), n=more
    )
    known = sum(1 for place in places if found.twins[place] or found.same[place])
    if known:
        yield ngettext("{n} of them is there already", "{n} of them are there already", known).format(n=known)
    yield from dict.fromkeys(text for draft in drafts for text in to_check(draft))


def _called(draft: SourceDraft) -> str:
    return draft.file_name if draft.name in draft.file_name else f"{draft.file_name}: {draft.name}"


def _read_as(draft: SourceDraft) -> str:
    return ", ".join(piece for piece in (draft.format, draft.encoding, draft.convention) if piece)


def _about(found: Findings, place: int) -> Iterator[str]:
    """What the file is, in a few lines."""
    draft, same = found.drafts[place], found.same[place]
    yield _read_as(draft)
    size = [called.kind(found.kind or draft.kind), words(words_found(draft))]
    if draft.turns:
        n = len(draft.roles)
        size += [turns(len(draft.turns)), speakers(n)]
    if n := len(_sections(found, draft)):
        size.append(ngettext("{n} section", "{n} sections", n).format(n=n))
    yield ", ".join(size)
    if draft.attributes:
        yield ", ".join(f"{name}: {value}" for name, value in draft.attributes.items())
    if found.twins[place]:
        yield _("already in the project, as “{source}”").format(source=found.twins[place])
    if same:
        yield _("the same words as in {file}, so it would be left out").format(file=_called(same))


def _speakers(draft: SourceDraft) -> Iterator[str]:
    found = speakers_found(draft)
    width = max((len(speaker.label) for speaker in found), default=0)
    for speaker in found:
        yield "  " + _speaker(speaker, width)


def _speaker(speaker: SpeakerFound, width: int) -> str:
    role = called.in_sentence(speaker.role, called.roles())
    return f"{speaker.label:<{width}}  {role:<11}  {turns(speaker.turns):>9}  {speaker.share:>4.0%}"


def to_check(draft: SourceDraft) -> Iterator[str]:
    """What a person should look at, each with what to do."""
    for pair in draft.alike:
        if pair.is_joined:
            said = _("! “{label}” was read as {into}. {why} If not: --apart “{label}”")
        else:
            said = _("? “{label}” may be {into}. {why} If so: --join “{label}={into}”")
        yield said.format(label=pair.label, into=pair.into, why=pair.why)
    if draft.doubtful:
        yield _("? These were left in the speech: {labels}. If one is a speaker: --speaker LABEL").format(
            labels=", ".join(draft.doubtful)
        )
    for warning in warnings(draft):
        yield f"! {warning}"


def _totals(found: Findings) -> str:
    there, twice = sum(map(bool, found.twins)), sum(map(bool, found.same))
    n = len(found.drafts) - there - twice
    said = ngettext("{n} source would be imported", "{n} sources would be imported", n).format(n=n)
    if twice:
        said += ", " + ngettext(
            "{n} has the same words as another", "{n} have the same words as another", twice
        ).format(n=twice)
    if there:
        said += ", " + ngettext("{n} is there already", "{n} are there already", there).format(n=there)
    if found.failed:
        said += ", " + _("{n} cannot be read").format(n=len(found.failed))
    return _("{findings}. Nothing was written.").format(findings=said)


def _unmatched(found: Findings) -> tuple[Unmatched, ...]:
    """What is not taken of the sheet: the same before and after the drafts are added."""
    if found.sheet is None:
        return ()
    left_out = [twin or (same.name if same else "") for twin, same in zip(found.twins, found.same, strict=True)]
    return match(found.sheet, with_drafts(found.in_project, found.drafts, left_out)).unmatched
