"""What the author of a findings report decides: its parts in order, the words that stay when it is written again, who a quotation is said to
be by.
"""

from __future__ import annotations

from dataclasses import dataclass

NAMED, PSEUDONYM, GROUP, NOBODY = "named", "pseudonym", "group", "none"
ATTRIBUTIONS = (NAMED, PSEUDONYM, GROUP, NOBODY)
"""Under a quotation: the person as the study names them, and the group; a pseudonym that the report makes, and the group; the group alone;
nothing.
"""

DISSENT = "dissent"
ROLES = ("", DISSENT)
"""What a chosen quotation stands for: the theme, or a view against it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report and whether it is written. `key` is one of `report.contents.PARTS`, or `question 12`: the chapter of the question that
    is the code with that id. `words` are the author's own, put under its heading.
    """

    key: str
    is_shown: bool = True
    words: str = ""
