"""What must be true of labels and people before they are joined to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.source import SourceDraft


def check_one_role(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Raises BadInput where two (name, role) are not of one role."""
    if one[1] != other[1]:
        raise BadInput(
            _("“{case}” has the role of {role}, and “{other}” that of {other_role}.").format(
                case=other[0],
                role=called.in_sentence(other[1], called.roles()),
                other=one[0],
                other_role=called.in_sentence(one[1], called.roles()),
            ),
            _("Give both the same role first; only participants are counted."),
        )


def check_together(drafts: Sequence[SourceDraft], together: Iterable[Sequence[tuple[int, str]]]) -> None:
    """Raises BadInput where one of (place in `drafts`, label) does not speak, or some that are one person have two roles."""
    for same in together:
        for place, label in same:
            draft = drafts[place] if 0 <= place < len(drafts) else None
            if draft is None or all(turn.label != label for turn in draft.turns):
                raise BadInput(
                    _("“{label}” does not speak in source {n}.").format(label=label, n=place + 1),
                    _("Give a label as it was read, with the place of its source."),
                )
            check_one_role(*((said, drafts[n].roles.get(said, "participant")) for n, said in (same[0], (place, label))))
