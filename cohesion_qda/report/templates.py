"""The kinds of report there are: `resources/report_templates/KEY.json`, and what each is called."""

from __future__ import annotations

import json

from cohesion_qda.base.i18n import _
from cohesion_qda.base.resources import resource
from cohesion_qda.model.reporting import Template

FULL = "full"


def templates() -> tuple[Template, ...]:
    """Every template, the full one first."""
    return tuple(
        Template(
            key, name, about, tuple(json.loads(resource(f"report_templates/{key}.json").read_text("utf-8"))["parts"])
        )
        for key, (name, about) in _said().items()
    )


def _said() -> dict[str, tuple[str, str]]:
    return {
        FULL: (_("Findings report"), _("Everything the program can write, in its usual order.")),
        "short": (
            _("Summary for the public"),
            _("The summary, who took part, a chapter for each question, and how to read the numbers."),
        ),
        "cohesion-review": (
            _("Cohesion review"),
            _(
                "Who was engaged and how they compare with the area, a chapter for each question, further analysis, and the plan "
                "with its key dates and next steps."
            ),
        ),
        "two-areas": (
            _("Comparison of areas"),
            _("What all areas say and what only one says, by kind of evidence, with the team that collected it."),
        ),
        "inclusion-checklist": (
            _("Inclusion checklist"),
            _("What the study or its sources show for each question of a checklist, with the passages."),
        ),
        "mainstreaming-review": (
            _("Mainstreaming review"),
            _("The answers of a guided review with the passages they rest on, the judgement and the course of action."),
        ),
        "delivery-framework": (
            _("Issues and actions"),
            _(
                "What speaks for and against cohesion, the issues that the codes bear out, what can be done about each, and what is "
                "known from elsewhere."
            ),
        ),
    }
