"""The report in order: which parts there are, and each one's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.reporting import QUESTION, Part, part_names, place_of
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Document, Heading, Paragraph, pointed
from cohesion_qda.report.parts import (
    areas,
    chapters,
    checklist,
    closing,
    comparison,
    contexts,
    directions,
    engagement,
    issues,
    method,
    plan,
    summary,
    team,
    triangulation,
    worksheets,
)
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.values import ReportData

PARTS: dict[str, Callable[[Pen], Iterator[Block]]] = {
    "summary": summary.summary,
    "engagement": engagement.engagement,
    "method": method.method,
    "team": team.team,
    "chapters": chapters.chapters,
    "comparison": comparison.comparison,
    "areas": areas.areas,
    "directions": directions.directions,
    "issues": issues.issues,
    "triangulation": triangulation.triangulation,
    "worksheets": worksheets.worksheets,
    "gaps": closing.gaps,
    "further": closing.further,
    "plan": plan.plan,
    "codebook": closing.codebook,
    "people": engagement.people,
    "comparison of people": comparison.comparison_of_people,
    "agreement on codes": method.agreement_by_code,
    "coreq": checklist.checklist,
    "contexts": contexts.contexts,
    "reading": closing.how_to_read,
}
"""What writes each part, by its key, in the order of a report that nobody has ordered. "chapters" are those of the questions that have no part
of their own. What each is called is in `model.reporting.part_names`.
"""


def compose(data: ReportData, job: Job | None = None) -> Document:
    """The report in order, its figures drawn. The same data gives the same report."""
    pen = Pen(data, job or Job())
    outline = data.extras.outline or tuple(Part(key) for key in PARTS)
    blocks = [block for part in outline if part.is_shown for block in _part(pen, part)]
    about = [
        data.authors,
        words.day(data.date),
        data.extras.version,
        _("Made with Cohesion QDA {version}").format(version=data.program_version),
    ]
    return Document(
        data.title,
        data.date,
        tuple(a for a in about if a),
        tuple(pointed(blocks)),
        tuple(pen.figures),
        author=data.authors,
    )


def part_of(data: ReportData, key: str, job: Job | None = None) -> tuple[Block, ...]:
    """The blocks of one part alone, with the author's words, whether it is shown or not; none where it has nothing to say."""
    outline = data.extras.outline or tuple(Part(known) for known in PARTS)
    return tuple(_part(Pen(data, job or Job()), next((part for part in outline if part.key == key), Part(key))))


def _part(pen: Pen, part: Part) -> Iterator[Block]:
    """The blocks of a part, the author's words under its heading."""
    words_left = [Paragraph(line.strip()) for line in part.words.split("\n") if line.strip()]
    made = list(_made(pen, part.key))
    if words_left and not any(isinstance(block, Heading) for block in made):
        made.insert(0, pen.heading(1, part_names().get(part.key, part.key)))
    for block in made:
        yield block
        if words_left and isinstance(block, Heading):
            yield from words_left
            words_left = []


def _made(pen: Pen, key: str) -> Iterator[Block]:
    what, code = place_of(key)
    if what == QUESTION:
        yield from chapters.of_question(pen, code)
    elif key in PARTS:
        yield from PARTS[key](pen)
