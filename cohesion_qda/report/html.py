"""The report as one accessible HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.resources import resource
from cohesion_qda.report import blocks, style, words
from cohesion_qda.report.plain import clean
from cohesion_qda.report.values import Quotation

_DARK_INK = ("#8FC1EE", "#6BBEB7", "#D699BE", "#F79766", "#B0B6BD", "#BDA8DE")  # the six hues on a dark page
Section = tuple[blocks.Heading, list[blocks.Block]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quotation stands on the page, the how many-th it is. `context` is the anchor of the turns around it, or empty."""

    number: int
    anchor: str
    context: str


def render(document: blocks.Document, job: Job | None = None) -> bytes:
    """The whole page, in UTF-8. The same document gives the same bytes. Raises Cancelled."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    if job is not None:
        job.step(0, 1, _("Web page"))
    folder = resource("templates")
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css, script = ((folder / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    places = _places(document)
    page = environment.get_template("report.html.j2").render(
        document=document,
        sections=_sections(document, places),
        css=Markup(css.replace("/*light*/", _inks(style.ON_WHITE)).replace("/*dark*/", _inks(_DARK_INK))),
        script=Markup(script) if any(document.grids()) else "",
        svg=lambda figure: Markup(figure.picture.inline(f"fig{figure.number}")),
        kind=lambda block: type(block).__name__,
        place=iter(places).__next__,  # asked for at each quotation, in their order
        in_context=[pair for pair in zip(document.quotations(), places, strict=True) if pair[1].context],
        anchors=frozenset(blocks.anchors(document.blocks)),
        spoken=words.turn,
        _=_,
    )
    return clean(page).encode("utf-8")


def _inks(colours: tuple[str, ...]) -> str:
    return " ".join(f"--ink{n}: {colour};" for n, colour in enumerate(colours))


def _places(document: blocks.Document) -> list[_Place]:
    """The place of each quotation, in their order: known by its number or its coding, and apart where that is quoted twice or nobody
    coded it.
    """
    has_contexts = any(isinstance(block, blocks.Contexts) for block in document.blocks)
    found: dict[str, _Place] = {}
    numbers = {id(block.quotation): block.number for block in document.blocks if isinstance(block, blocks.Cited)}
    for n, quotation in enumerate(document.quotations(), 1):
        name = str(numbers.get(id(quotation)) or quotation.coding or f"q{n}")
        if f"passage-{name}" in found:
            name = f"{name}-q{n}"
        context = f"context-{name}" if has_contexts and _has_context(quotation) else ""
        found[f"passage-{name}"] = _Place(n, f"passage-{name}", context)
    return list(found.values())


def _has_context(quotation: Quotation) -> bool:
    return bool(quotation.before or quotation.after)


def _sections(document: blocks.Document, places: list[_Place]) -> list[Section]:
    """The blocks under each chapter's heading; those before the first, if any, under none (a heading without words)."""
    return [section for section in _all_sections(document, places) if section[0].text or section[1]]


def _all_sections(document: blocks.Document, places: list[_Place]) -> Iterator[Section]:
    found: Section = (blocks.Heading(1, "", ""), [])
    for block in document.blocks:
        if isinstance(block, blocks.Heading) and block.level == 1:
            yield found
            found = (block, [])
        elif not isinstance(block, blocks.Contexts):
            found[1].append(block)
        elif any(place.context for place in places):
            yield found
            found = (block.heading, [block])
    yield found
