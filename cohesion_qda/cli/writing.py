"""The commands about what the researchers wrote: memos, and the themes they build."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import counted, emit, line, mentions
from cohesion_qda.model import called
from cohesion_qda.model.memo import MemoEntry
from cohesion_qda.model.place import Place
from cohesion_qda.model.quotation import quotation
from cohesion_qda.model.table import Count


def memos(options: Namespace) -> int:
    """What was written about anything, the last written first."""
    with reading(options.project) as project:
        coder = project.tables.coder(options.coder).name if options.coder else ""
        found = project.memos.entries(options.about, coder=coder, words=options.find)
        links = {entry.memo.id: project.memos.links(entry.memo.id) for entry in found if entry.links}
        if options.json:
            rows = [_memo(entry, links.get(entry.memo.id, [])) for entry in found]
            emit({"project": project.title, "memos": rows})
            return 0
    for entry in found:
        memo = entry.memo
        line(_("{title} ({coder}, {date})").format(title=memo.headline, coder=memo.coder, date=memo.updated_at[:10]))
        line("    " + _("about: {what}").format(what=entry.subject.words))
        for text in memo.body.strip().split("\n") if memo.body.strip() != memo.headline else ():
            line("    " + text)
        for place in links.get(memo.id, ()):
            line("    → " + _at(place))
    if not found:
        line(_("No memos like that.") if options.about or options.coder or options.find else _("No memos yet."))
    return 0


def _at(place: Place) -> str:
    return quotation(place.quote, place.source_name, place.speakers, place.turn)


def _memo(entry: MemoEntry, links: list[Place]) -> dict[str, Any]:
    memo = entry.memo
    return {
        "title": memo.title, "body": memo.body, "coder": memo.coder, "created_at": memo.created_at,
        "updated_at": memo.updated_at, "about": memo.about, "name": entry.subject.name,
        "passage": None if entry.subject.place is None else _place(entry.subject.place),
        "links": [_place(place) for place in links],
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    return {
        "source": place.source_name, "start": place.span.start, "end": place.span.end, "quote": place.quote,
        "speakers": list(place.speakers), "turn": place.turn, "group": place.group, "is_lost": place.is_lost,
    }  # fmt: skip


def themes(options: Namespace) -> int:
    """The themes with what supports them, each count beside its denominator."""
    with reading(options.project) as project:
        tree, counts = project.codebook.tree(), project.themes.counts()
        rows: list[dict[str, Any]] = [
            {
                "name": theme.name, "status": theme.status, "statement": theme.statement,
                "question": None if theme.question is None else tree[theme.question].name,
                "codes": [tree.path(code) for code in theme.codes], **counted(counts.of[theme.id]),
                "passages": project.themes.passages(theme.id),
            }
            for theme in project.themes.list()
        ]  # fmt: skip
        if options.json:
            plain = [row | {"passages": [_place(place) for place in row["passages"]]} for row in rows]
            emit({"project": project.title, "of": counted(counts.base), "themes": plain})
            return 0
    for row in rows:
        _print_theme(row, counts.base)
    if not rows:
        line(_("No themes yet."))
    return 0


def _print_theme(row: dict[str, Any], base: Count) -> None:
    line(
        _("{name} ({status}): {mentions}, {p} of {all_p} people, {g} of {all_g} groups").format(
            name=row["name"], status=called.statuses()[row["status"]], mentions=mentions(row["mentions"]), p=row["participants"],
            all_p=base.participants, g=row["groups"], all_g=base.groups,
        )
    )  # fmt: skip
    if row["question"]:
        line("    " + _("question: {question}").format(question=row["question"]))
    for text in row["statement"].strip().splitlines():
        line("    " + text)
    if row["codes"]:
        codes = "; ".join(row["codes"])
        line("    " + ngettext("code: {codes}", "codes: {codes}", len(row["codes"])).format(codes=codes))
    for place in row["passages"]:
        line("    → " + _at(place))
