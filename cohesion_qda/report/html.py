"""The report as one accessible HTML file that needs nothing beside it."""

from __future__ import annotations

from cohesion_qda.base.i18n import _
from cohesion_qda.base.resources import resource
from cohesion_qda.report import blocks, style, words

_DARK_INK = ("#8FC1EE", "#6BBEB7", "#D699BE", "#F79766", "#B0B6BD", "#BDA8DE")  # the six hues on a dark page


def render(document: blocks.Document) -> str:
    """The whole page. The same document gives the same text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = resource("templates")
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = (folder / "report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html.j2").render(
        document=document,
        sections=_sections(document),
        css=Markup(css.replace("/*light*/", _inks(style.ON_WHITE)).replace("/*dark*/", _inks(_DARK_INK))),
        svg=lambda figure: Markup(figure.picture.inline(f"fig{figure.number}")),
        kind=lambda block: type(block).__name__,
        spoken=words.turn,
        _=_,
    )


def _inks(colours: tuple[str, ...]) -> str:
    return " ".join(f"--ink{n}: {colour};" for n, colour in enumerate(colours))


def _sections(document: blocks.Document) -> list[tuple[blocks.Heading, list[blocks.Block]]]:
    """The blocks under each chapter's heading."""
    found: list[tuple[blocks.Heading, list[blocks.Block]]] = []
    for block in document.blocks:
        if isinstance(block, blocks.Heading) and block.level == 1:
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return found
