"""What in a report may tell who somebody is: where its words stand, and the report with other words in their place.

Every text of the report's values goes through one function, so that what is masked in a quotation is masked in its context, in the author's words, in
tables, figures and files alike. What the study publishes anyway (its codes, places, groups) is no detail and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from cohesion_qda.base.i18n import _
from cohesion_qda.model.cloud import Cloud
from cohesion_qda.model.frame import Borne, Frame, Words
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.reporting import place_of
from cohesion_qda.model.table import NO_VALUE
from cohesion_qda.model.text import Span
from cohesion_qda.model.worksheet import Tally
from cohesion_qda.report import tables
from cohesion_qda.report.attributions import unnamed
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.values import CodeEntry, Quotation, ReportData

_AROUND = 90  # characters before and after a detail that are shown with it
_UNPRINTED = frozenset(
    {"quotes", "key_passages", "method", "frames", "issues"}
)  # fields of Extras that are never printed as they are
_OF_THE_PROGRAM = _UNPRINTED | {
    "words",
    "outline",
    "attribution",
    "areas_by",
    "version",
}  # or where no author writes, or that stand elsewhere
_PUBLISHED = frozenset({"frames", "issues", "references", "team"})
_OF_FRAMES = (Words, Tally)  # what study frames ask, wherever it stands: nobody of the study wrote it
_NOT_WRITTEN = (*_OF_FRAMES, Quotation)


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the report and `where` they stand. `source` is where they were said, or stand near to a passage that was: `at`. Both are None
    for what the author wrote.
    """

    where: str
    words: str
    source: SourceId | None = None
    at: Span | None = None


def spoken(data: ReportData) -> Iterator[tuple[Quotation, list[Text]]]:
    """Every quotation with its words and those around it, once each."""
    seen: set[tuple[SourceId, Span, str]] = set()
    for name, quotation in _quotations(data):
        key = (quotation.source, quotation.span, name)
        if key not in seen:
            seen.add(key)
            yield quotation, list(_of_quotation(quotation, name))


def _quotations(data: ReportData) -> Iterator[tuple[str, Quotation]]:
    """What each quotation is on: a theme, or a worksheet."""
    themes = (theme for chapter in data.chapters for theme in chapter.themes)
    yield from ((theme.name, quotation) for theme in themes for quotation in (*theme.quotations, *theme.dissent))
    for sheet in data.extras.worksheets:
        items = (item for section in sheet.sections for item in section.items)
        yield from ((sheet.name, quotation) for item in items for quotation in item.quotations)


def _of_quotation(quotation: Quotation, theme: str) -> Iterator[Text]:
    said = _("Quotation on “{theme}”").format(theme=theme)
    around = _("Around a quotation on “{theme}”").format(theme=theme)
    for where, parts in ((around, quotation.before), (said, quotation.parts), (around, quotation.after)):
        for part in parts:
            yield Text(where, part.words, quotation.source, quotation.span)


def written(data: ReportData, names: Mapping[str, str]) -> Iterator[Text]:
    """What the author wrote: summary, words under headings, statements of themes, definitions, plans and the like. `names` are those of the
    report's parts, by their keys.
    """
    yield Text(names.get("summary", ""), data.summary)
    titles = {theme.key: theme.name for chapter in data.chapters for theme in chapter.themes}
    for key, words in data.extras.words.items():
        yield Text(names.get(key) or titles.get(key) or names.get(place_of(key)[0], ""), words)
    for chapter in data.chapters:
        for theme in chapter.themes:
            if theme.theme is not None:
                yield Text(theme.name, theme.definition)
    for entry in data.codebook:
        for words in (entry.definition, entry.use_when, entry.not_when, entry.example):
            yield Text(_("Codebook: {code}").format(code=entry.name), words)
    for field in fields(Extras):
        if field.name not in _OF_THE_PROGRAM | _PUBLISHED:
            where = names.get("triangulation" if field.name == "indicators" else field.name, "")
            yield from (Text(where, words) for words in texts_in(getattr(data.extras, field.name), _NOT_WRITTEN))


def cloud_words(data: ReportData) -> Iterator[Text]:
    """The words of word clouds."""
    for chapter in data.chapters:
        if chapter.words is not None:
            where = _("Word cloud of “{question}”").format(question=chapter.title)
            yield from (Text(where, each.word) for each in chapter.words.words)


def texts_in(value: Any, but: tuple[type, ...] = ()) -> Iterator[str]:
    """Every text in plain values, however deep, but for those inside values of some types."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_in(part, but)
    elif isinstance(value, tuple | list | frozenset | set):
        for part in value:
            yield from texts_in(part, but)
    elif is_dataclass(value) and not isinstance(value, but):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name), but)


def published(data: ReportData) -> Iterator[str]:
    """Names that the report tells because the study is about them: its title, authors and coders, values of attributes."""
    yield from (data.title, data.authors, data.extras.version)
    yield from (name for name, _n in data.coders)
    yield from (member.name for member in data.extras.team.members)
    for part in data.engagement:
        yield from (column.label for column in part.columns if column.value != NO_VALUE)
    for table in data.crosstabs:
        yield from (column.label for column in table.columns if column.value != NO_VALUE)


def topics(data: ReportData) -> Iterator[str]:
    """What the study is about: questions, codes and themes, attributes, and what study frames say."""
    for chapter in data.chapters:
        yield chapter.title
        yield from (theme.name for theme in chapter.themes)
    yield from (entry.name for entry in data.codebook)
    yield from (part.attribute for part in data.engagement)
    for name in _PUBLISHED - {"team"}:
        yield from texts_in(getattr(data.extras, name))
    yield from (figure.place for figure in data.extras.indicators)


def few(data: ReportData, fewest: int) -> dict[str, int]:
    """The tables that tell numbers of participants from 1 to below `fewest`, by title, with how many such numbers; none where they are hidden."""
    if data.threshold:
        return {}
    found: dict[str, int] = {}
    for table in (data.overview, *data.crosstabs, *data.themes):
        cells = [cell for row in table.rows for cell in (row.cells if table.by else (row.total,))]
        n = sum(0 < count.participants < fewest for count in (*cells, *(column.base for column in table.columns)))
        if n:
            title = tables.table_title(table)
            found[title] = found.get(title, 0) + n
    return found


def around(words: str, span: Span) -> tuple[str, Span]:
    """The words around a place in a text, cut between words, and its span in them."""
    start, end = max(0, span.start - _AROUND), min(len(words), span.end + _AROUND)
    while 0 < start < span.start and not words[start - 1].isspace():
        start += 1
    while span.end < end < len(words) and not words[end].isspace():
        end -= 1
    before, after = "…" if start else "", "…" if end < len(words) else ""
    shown = before + words[start:end].replace("\n", " ") + after
    first = span.start - start + len(before)
    return shown, Span(first, first + len(span))


@dataclass(frozen=True, slots=True)
class Masks:
    """How a report is masked: what `text` becomes, whether a word of a cloud is shown, what stands under a quotation, and the names of the sources
    that are not to stand under one.
    """

    text: Callable[[str], str]
    shows: Callable[[str], bool]
    attributed: Callable[[Quotation], Quotation]
    unnamed: tuple[str, ...] = ()


def masked(data: ReportData, masks: Masks) -> ReportData:
    """The report with every text changed. What is equal stays the same object."""
    return replace(data, **_changed(data, masks, without=frozenset({"singled", "date", "program_version"})))


def _through(value: Any, masks: Masks) -> Any:
    if isinstance(value, str):
        return masks.text(value)
    if isinstance(value, tuple):
        made = tuple(_through(part, masks) for part in value)
        return value if all(new is old for new, old in zip(made, value, strict=True)) else made
    if isinstance(value, Mapping):
        return {key: _through(part, masks) for key, part in value.items()}
    if not is_dataclass(value) or isinstance(value, (Frame, Borne, *_OF_FRAMES)):
        return value
    return _of_record(value, masks)


def _of_record(value: Any, masks: Masks) -> Any:
    without = frozenset[str]()
    if isinstance(value, Extras):
        without = _UNPRINTED
    elif isinstance(value, Cloud):
        value = replace(value, words=tuple(each for each in value.words if masks.shows(each.word)))
    elif isinstance(value, Quotation):
        value = masks.attributed(value)
    elif isinstance(value, CodeEntry) and any(name in value.example for name in masks.unnamed):
        value = replace(value, example=unnamed(value.example))
    changed = _changed(value, masks, without)
    return replace(value, **changed) if changed else value


def _changed(value: Any, masks: Masks, without: frozenset[str]) -> dict[str, Any]:
    made = {
        field.name: (old, _through(old, masks))
        for field in fields(value)
        if field.name not in without
        for old in (getattr(value, field.name),)
    }
    return {name: new for name, (old, new) in made.items() if new is not old}
