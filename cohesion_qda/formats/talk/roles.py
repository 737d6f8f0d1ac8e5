"""Proposals: who moderates, who observes, and what kind of source it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.labels import COLLECTIVE_WORDS, MODERATOR_WORDS, OBSERVER_WORDS, key_of, words_of

_FAMILY = re.compile(r"(.*?[^\W\d_])[ _.\-#]*\d{1,4}[a-z]?\Z")
_TOGETHER = re.compile(r"\w\s*[&+]\s*\w| and ")
_PARTICIPANTS = re.compile(
    r"(?:participants?|respondents?|interviewees?|attendees|members|present)\b[^:\n]{0,40}:(.*)", re.IGNORECASE
)
_MODERATORS = re.compile(
    r"(?:moderators?|facilitators?|interviewers?|researchers?|moderated by|interviewed by|facilitated by)"
    r"\b[^:\n]{0,20}:?(.*)",
    re.IGNORECASE,
)
_OPENING, _CLOSING = 0.3, 0.2
_NEARLY_ALL, _FEWEST_TURNS = 0.95, 8


@dataclass(frozen=True, slots=True)
class Talk:
    """What one turn tells about its speaker."""

    label: str
    asks: bool
    words: int = 0


def propose(talk: Sequence[Talk], preamble: Sequence[str]) -> dict[str, str]:
    """A role for each label, in the order of first speaking: by the label's words; by the lists of names above
    the transcript; else the one who asks, opens and closes, and those outside the participants' numbering.
    """
    labels = list(dict.fromkeys(turn.label for turn in talk))
    named = _by_words(labels) | _named_above(labels, preamble)
    asking = _who_asks(talk, [label for label in labels if not _is_collective(label)])
    observers = {label for label in labels if set(words_of(label)) & OBSERVER_WORDS}
    others = _outside(labels, preamble, asking or next(iter(sorted(named)), "")) - observers
    if not named:
        named = others or ({asking} if asking else set())
    elif len(labels) > 2:
        named = named | others
    return {
        label: "moderator" if label in named else "observer" if label in observers else "participant"
        for label in labels
    }


def kind_of(roles: dict[str, str]) -> str:
    """The kind of source its speakers suggest; `document` where nobody speaks."""
    if not roles:
        return "document"
    participants = [label for label, role in roles.items() if role == "participant" and not _is_collective(label)]
    return "interview" if len(participants) <= 1 or len(roles) <= 2 else "focus group"


def doubts(roles: dict[str, str], talk: Sequence[Talk]) -> tuple[str, ...]:
    """A warning where nothing, or next to nothing, of the talk would be counted."""
    if not roles:
        return ()
    if "participant" not in roles.values():
        return (_("Everybody who speaks was taken for a moderator; moderators are never counted. Check the roles."),)
    moderated = sum(turn.words for turn in talk if roles[turn.label] == "moderator")
    total = sum(turn.words for turn in talk)
    if len(talk) < _FEWEST_TURNS or moderated < _NEARLY_ALL * total:
        return ()
    return (_("Nearly all of the talk is by moderators; moderators are never counted. Check the roles."),)


def _is_collective(label: str) -> bool:
    return bool(set(words_of(label)) & COLLECTIVE_WORDS) or _TOGETHER.search(label) is not None


def _by_words(labels: list[str]) -> set[str]:
    found = {label for label in labels if set(words_of(label)) & MODERATOR_WORDS}
    if found:
        return found
    keys = {key_of(label): label for label in labels}
    answers = [key for key in keys if key in ("r", "p", "a", "ie", "b") or re.match(r"[rp]\d", key)]
    return {keys[key] for key in ("i", "q", "ir") if key in keys and answers}


def _listed(text: str, labels: list[str]) -> set[str]:
    """The labels that a line above the transcript names; nobody where the line or the list is too long to be one."""
    if len(text) > 500 or len(labels) > 100:
        return set()
    return {label for label in labels if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text, re.IGNORECASE)}


def _named_above(labels: list[str], preamble: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for line in preamble:
        match = _MODERATORS.match(line)
        if match:
            found |= _listed(match[1], labels)
    return found if len(found) < len(labels) else set()


def _outside(labels: list[str], preamble: Sequence[str], lead: str) -> set[str]:
    """Those who are no participants, when a list or a numbering of participants says so and `lead` is not in it."""
    everyone = {label for label in labels if not _is_collective(label)}
    for line in preamble:
        match = _PARTICIPANTS.match(line)
        listed = _listed(match[1], labels) if match else set()
        if len(listed) >= 2 and lead and lead not in listed and len(everyone - listed) <= 3:
            return everyone - listed
    families: dict[str, set[str]] = {}
    for label in everyone:
        match = _FAMILY.match(label.split(" (")[0])
        if match:
            families.setdefault(key_of(match[1]), set()).add(label)
    largest = max(families.values(), key=len, default=set())
    rest = everyone - largest
    if len(largest) >= 2 and lead in rest and len(rest) <= 3 and len(rest) < len(largest):
        return rest
    return set()


def _who_asks(talk: Sequence[Talk], labels: list[str]) -> str:
    """The label that most clearly asks, opens and closes; empty when nobody does."""
    if len(labels) < 2:
        return ""
    turns = Counter(turn.label for turn in talk)
    asked = Counter(turn.label for turn in talk if turn.asks)
    total = sum(asked[label] for label in labels)
    if not total:
        return ""
    opens = {turn.label: _OPENING / place for place, turn in reversed(list(enumerate(talk[:2], 1)))}
    closes = {turn.label: _CLOSING for turn in talk[-2:]}

    def score(label: str) -> float:
        often = min(1.0, asked[label] / turns[label]) * (turns[label] > 2)
        return asked[label] / total + often + opens.get(label, 0.0) + closes.get(label, 0.0)

    lead = max(labels, key=score)
    ends = 1.0 if lead not in opens or lead not in closes else 0.6  # who opens and closes need not ask as much
    clear = asked[lead] >= 0.15 * ends * turns[lead] and asked[lead] / total > ends / len(labels)
    return lead if clear else ""
