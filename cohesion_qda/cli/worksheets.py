"""The command about worksheets: list, start, fill in, show, print."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, note
from cohesion_qda.model.change import Change
from cohesion_qda.model.frame import PASSAGES, Item
from cohesion_qda.model.ids import WorksheetId
from cohesion_qda.model.text import comparable
from cohesion_qda.model.worksheet import Filled
from cohesion_qda.project import Project


def add_worksheet(parser: argparse.ArgumentParser) -> None:
    """The options of `worksheet`."""
    parser.add_argument("name", nargs="?", metavar="NAME", help=_("which worksheet; without it all are listed"))
    parser.add_argument("--start", metavar="FRAME/SHEET", help=_("start one on this sheet of a study frame"))
    parser.add_argument("--against", metavar="SOURCE", help=_("with --start: fill it in for this source"))
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--answer", nargs=3, metavar=("ITEM", "FIELD", "VALUE"), help=_("answer a field of a question; “” takes the answer back"), **several)  # fmt: skip
    parser.add_argument("--link", nargs=3, metavar=("ITEM", "SOURCE", "QUOTE"), help=_("link a passage of a source to a question"), **several)  # fmt: skip
    parser.add_argument("--remove", action="store_true", help=_("take the worksheet away"))
    parser.add_argument("--headings", choices=("en", "cy", "both"), default="", help=_("with -o: the language of its questions, or both side by side"))  # fmt: skip
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=_("print it: a .docx, .html or .pdf"))
    parser.add_argument("--coder", metavar="NAME", help=_("who does so"))


def worksheet(options: Namespace) -> int:
    """What is asked for is done; then a worksheet is printed or shown, or all are listed."""
    is_done = _do(options)
    if is_done and options.output is None and not options.json:
        return 0
    with reading(options.project) as project:
        name = options.name or (project.worksheets.list()[-1].name if options.start else "")
        if options.output is not None:
            _print(project, name, options)
        elif name:
            found = project.worksheets.read(project.worksheets.get(name).id)
            emit({"project": project.title, **_document(found)}) if options.json else _show(found)
        else:
            _list(project, options)
    return 0


def _print(project: Project, name: str, options: Namespace) -> None:
    if not name:
        raise BadInput(
            _("Which worksheet is to be printed?"), _("Name it: cohesion-qda worksheet PROJECT NAME -o FILE")
        )
    line(str(project.worksheets.write(project.worksheets.get(name).id, options.output, options.headings)))


# -- changing one --------------------------------------------------------------------------------------------------------


def _do(options: Namespace) -> bool:
    """Start, answer, link, take away. Whether anything of it was asked for."""
    if not (options.start or options.answer or options.link or options.remove):
        return False
    tell = note if options.json or options.output is not None else line
    with Project.open(options.project, options.coder) as project:
        for change in _changes(project, options):
            tell(_("That is so already.") if change.is_empty else change.said + ".")
    return True


def _changes(project: Project, options: Namespace) -> Iterator[Change]:
    verbs = project.worksheets
    if options.start:
        frame, _slash, sheet = options.start.partition("/")
        source = project.sources.get(options.against).id if options.against else None
        started = verbs.start(frame, sheet, source, options.name or "")
        yield started
        id_ = verbs.started(started)
    elif options.name:
        id_ = verbs.get(options.name).id
    else:
        raise BadInput(_("Which worksheet is meant?"), _("Name it: cohesion-qda worksheet PROJECT NAME …"))
    for item, field, value in options.answer:
        yield verbs.answer(id_, _item(project, id_, item).key, field, value)
    for item, name, quote in options.link:
        source = project.sources.get(name).id
        place = source, project.codings.find_quote(source, quote)
        yield verbs.link(id_, _item(project, id_, item).key, [place])
    if options.remove:
        yield verbs.remove(id_)


def _item(project: Project, id_: WorksheetId, wanted: str) -> Item:
    """The question of that key, or in those words. Raises NotFound."""
    form = project.worksheets.read(id_).form
    for _section, item in form.items():
        if comparable(wanted) in map(comparable, (item.key, item.question.en, item.question.cy)):
            return item
    raise NotFound(_("question"), wanted, [item.key for _section, item in form.items()])


# -- telling -------------------------------------------------------------------------------------------------------------


def _list(project: Project, options: Namespace) -> None:
    """The worksheets, then the sheets that one can be started from."""
    found, offered = project.worksheets.filled(), project.worksheets.offered()
    if options.json:
        sheets = [
            {
                "start": f"{frame.key}/{sheet.key}",
                "name": sheet.name.said,
                "about": sheet.about.said,
                "of": sheet.about_what,
            }
            for frame, sheet in offered
        ]
        emit({"project": project.title, "worksheets": [_head(one) for one in found], "sheets": sheets})
        return
    for one in found:
        line(_("{name}: {progress}").format(name=one.worksheet.name, progress=_progress(one)))
    if not found:
        line(_("No worksheet yet. Start one with --start; these can be started:"))
    for frame, sheet in offered:
        words = _("--start {sheet}: {name} ({frame})")
        note(words.format(sheet=f"{frame.key}/{sheet.key}", name=sheet.name.said, frame=frame.name.said))


def _show(found: Filled) -> None:
    line(_("{name}: {progress}").format(name=found.worksheet.name, progress=_progress(found)))
    for section in found.form.sections:
        line()
        line(section.name.said)
        for item in section.items:
            line(f"  {item.key} {item.question.said}")
            for field in found.form.fields_of(item):
                if field.kind == PASSAGES:
                    for place in found.standing(item):
                        line(f"      “{' '.join(place.quote.split())}” ({place.source_name})")
                elif value := found.worksheet.value(item, field):
                    choice = field.choice(value)
                    said = choice.name.said if choice else value
                    line("      " + _("{label}: {said}").format(label=field.name.said, said=said))


def _progress(found: Filled) -> str:
    n, total = found.progress()
    return ngettext("{n} of {total} question answered", "{n} of {total} questions answered", total).format(
        n=n, total=total
    )


def _head(found: Filled) -> dict[str, Any]:
    sheet, (n, total) = found.worksheet, found.progress()
    return {
        "name": sheet.name, "frame": sheet.frame, "sheet": sheet.sheet, "source": sheet.source_name or None,
        "answered": n, "questions": total,
    }  # fmt: skip


def _document(found: Filled) -> dict[str, Any]:
    tally = found.tally()
    sections = [
        {"name": section.name.said, "items": [_item_document(found, item) for item in section.items]}
        for section in found.form.sections
    ]
    result = [] if tally is None else [
        {
            "section": row.section.name.said, "questions": row.asked, "not_answered": row.is_open,
            **{choice.key: n for choice, n in zip(tally.field.choices, row.counts, strict=True)},
        }
        for row in tally.rows
    ]  # fmt: skip
    return {**_head(found), "result": result, "sections": sections}


def _item_document(found: Filled, item: Item) -> dict[str, Any]:
    fields = [field for field in found.form.fields_of(item) if field.kind != PASSAGES]
    return {
        "item": item.key,
        "question": item.question.said,
        "where": item.where,
        "answers": {field.key: found.worksheet.value(item, field) for field in fields},
        "choices": {field.key: [choice.key for choice in field.choices] for field in fields if field.choices},
        "passages": [
            {"source": place.source_name, "start": place.span.start, "end": place.span.end, "quote": place.quote}
            for place in found.standing(item)
        ],
    }
