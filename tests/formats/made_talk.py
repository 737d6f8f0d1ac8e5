"""Made talks, written down in every way that transcribers have, with the slips that they make."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument, Row

Talk = list[tuple[str, str]]

CASTS = {
    "given names": ["Moderator", "Anna", "Bilal", "Chidi", "Dorota", "Eve", "Farah", "Gareth"],
    "full names": ["Interviewer", "Anna Smith", "Bilal Khan", "Mary-Jane O’Neil", "Jean-Luc de la Tour", "Li Wei",
                   "Aoife O'Brien", "Zed Adeyemi"],
    "titles": ["Facilitator", "Dr. Khan", "Cllr Green", "Mrs Patel", "Prof. Jones", "Rev. Hill", "Ms O’Neil", "Mr Li"],
    "capitals": ["MODERATOR", "ANNA", "BILAL", "CHIDI", "DOROTA", "EVE", "FARAH", "GARETH"],
    "codes": ["M", "P1", "P2", "P3", "P4", "P5", "P6", "P7"],
    "long codes": ["GA", "TN1", "TN2", "TN11", "TN12", "TN3", "TN21", "TN9"],
    "men and women": ["Mod", "F1", "F2", "M1", "M2", "F3", "M3", "F4"],
    "roles": ["Interviewer 1", "Participant 1", "Participant 2", "Participant 3", "Interviewer 2", "Participant 4",
              "Participant 5", "Observer"],
    "machine": [f"SPEAKER_{n:02}" for n in range(8)],
    "machine two": [f"Speaker {n}" for n in range(1, 9)],
    "initials": ["JK", "AB", "CD", "EF", "GH", "IJ", "KL", "MN"],
    "right to left": ["مدير", "علي", "فاطمة", "محمد حسن", "נועה", "ליאור", "زينب", "יוסף"],
    "scripts": ["Moderatorin", "Ürsel", "Żaneta", "José", "Анна", "Борис", "Ингрид", "Ørjan"],
    "sites": ["Facilitator", "BSR01", "BSR02", "BSR03", "BSR04", "BSR05", "BSR06", "BSR07"],
}  # fmt: skip

QUESTIONS = [
    "What does cohesion mean to you?", "And where do people meet around here?", "Could you say a bit more about that?",
    "Shall we begin with the park, and then go on to the shops?", "So, who else sees it that way?",
    "Thank you. What would you change, if you could?", "Right. And how does that make you feel?", "Why?",
]  # fmt: skip
ANSWERS = [
    "Well, it is about people who talk to each other, for example: in the park or at the school gate.",
    "Yes.", "No.", "I agree with that.", "Mm.", "Yeah, yeah.", "Both.",
    "It was 17:30 when we came home, and nobody was on the street.",
    "I told my neighbour: go and speak to them yourself! And she did.",
    "As Anna said: it is the buses. They stopped in 2019, and that was that.",
    "There is a page about it, http://example.org: it says what they plan.",
    "“Nothing changes,” she said – and she was right… mostly.",
    "I don't know (laughs). My mum used to say: be kind. So I am.",
    "People in Batley, Dewsbury and Mirfield all say the same thing; they want more to do for the young ones. "
    "It is not a matter of money alone. It is a matter of trust, and trust takes years.",
    "The church, the mosque, the library: those are the places that count. And the café on the corner.",
    "Hm, I would say it's fifty-fifty. Some do, some don't [coughs] and some never will.",
    "First, the parks. Second, the lights. Third: someone who picks up the phone.",
    "We moved here from Leeds when I was four, so I have seen it change a lot, and not all of it for the worse, mind.",
    "Is it? I wonder.", "Who else would do it, if not us?",
]  # fmt: skip
NOTES = ["(all laugh)", "(pause)", "[phone rings]", "(a child comes in and is sent out again)", "[inaudible 00:12]"]
INNER_NOTES = ["(nods)", "(laughs)", "(quietly)", "[laughing]"]


@dataclass(frozen=True)
class Slips:
    """What goes with the writing down, as shares of the turns."""

    notes: float = 0.0  # stage notes on lines of their own
    noted_labels: float = 0.0  # `Anna (nods):`
    long_turns: float = 0.0  # a second paragraph
    wrong_stops: float = 0.0  # `Anna;` or `Anna.` or `Anna:Text`
    misspelt: float = 0.0
    hard_spaces: bool = False
    wrapped: bool = False  # lines of 72 characters
    blank_lines: bool = False


CLEAN = Slips()
USUAL = Slips(notes=0.1, noted_labels=0.05, long_turns=0.1)
ROUGH = Slips(notes=0.15, noted_labels=0.08, long_turns=0.15, wrong_stops=0.04, misspelt=0.02, hard_spaces=True)


def talk(chance: random.Random, cast: list[str], turns: int) -> Talk:
    """A talk in which everyone speaks and nobody twice running; the first of the cast asks."""
    order = list(cast)
    while len(order) < turns:
        rest = [name for name in cast if name != order[-1]]
        order.append(rest[0] if rest[0] == cast[0] and chance.random() < 0.35 else chance.choice(rest))
    return [(name, chance.choice(QUESTIONS if name == cast[0] else ANSWERS)) for name in order]


def clock(n: int) -> str:
    return f"{n // 60:02}:{n % 60:02}:{n * 7 % 60:02}"


# Each way of writing: (label, time, speech) -> the lines of a paragraph.
LINES: dict[str, str] = {
    "Name: text": "{label}: {speech}",
    "Name : text": "{label} : {speech}",
    "Name:<tab>text": "{label}:\t{speech}",
    "Name:|text": "{label}:\n{speech}",
    "**Name:** text": "**{label}:** {speech}",
    "**Name**: text": "**{label}**: {speech}",
    "[Name] text": "[{label}] {speech}",
    "[Name]: text": "[{label}]: {speech}",
    "Name|text": "{label}\n{speech}",
    "**Name**|text": "**{label}**\n{speech}",
    "Name<tab>text": "{label}\t{speech}",
    "Name – text": "{label} – {speech}",
    "Name - text": "{label} - {speech}",
    "Name (time): text": "{label} ({at}): {speech}",
    "Name [time]: text": "{label} [{at}]: {speech}",
    "Name time: text": "{label} {at}: {speech}",
    "[time] Name: text": "[{at}] {label}: {speech}",
    "time Name: text": "{at} {label}: {speech}",
    "[time] **Name:** text": "[{at}] **{label}:** {speech}",
    "Name: [time] text": "{label}: [{at}] {speech}",
    "Name (time):|text": "{label} ({at}):\n{speech}",
    "Name  time|text": "{label}  {at}\n{speech}",
    "Name (time)|text": "{label} ({at})\n{speech}",
    "time Name|text": "{at} {label}\n{speech}",
    "[time] Name|text": "[{at}] {label}\n{speech}",
    "time|Name: text": "{at}\n{label}: {speech}",
    "time --> time|Name|text": "0:{short}.0 --> 0:{short}.9\n{label}\n{speech}",
    "#time# Name: text": "#{at}-5# {label}: {speech}",
    "Name: text #time#": "{label}: {speech} #{at}-5#",
    "Name (F, 34): text": "{label} (F, 34): {speech}",
}
SETTLED = {"Name (F, 34): text": "{label} (F, 34)"}


def written(chance: random.Random, said: Talk, way: str, slips: Slips) -> tuple[str, Talk]:
    """The text of a .txt file, and the talk as it should be found in it (misspelt labels as they are written)."""
    blocks: list[str] = []
    truth: Talk = []
    for n, (name, speech) in enumerate(said):
        label = _misspelt(chance, name) if chance.random() < slips.misspelt and len(name) > 4 else name
        truth.append((SETTLED.get(way, "{label}").format(label=label), speech))
        shown = label
        if chance.random() < slips.noted_labels and way in ("Name: text", "[time] Name: text", "Name:<tab>text"):
            shown = f"{label} {chance.choice(INNER_NOTES)}"
        line = LINES[way].format(label=shown, speech=speech, at=clock(n), short=f"{n // 60}:{n % 60}")
        if way == "Name: text" and chance.random() < slips.wrong_stops and n > len({name for name, _s in said}):
            line = line.replace(": ", chance.choice([":", "; ", " : "] + ([". "] if label.isupper() else [])), 1)
        if slips.hard_spaces and ": " in line and chance.random() < 0.3:
            line = line.replace(": ", ":\u00a0", 1)
        if slips.wrapped:
            line = "\n".join(
                "\n".join(textwrap.wrap(part, 72, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False))
                for part in line.split("\n")
            )
        blocks.append(line)
        if chance.random() < slips.long_turns and not way.endswith("#time#"):
            more = chance.choice(ANSWERS[-4:])
            blocks.append(more)
            truth[-1] = (truth[-1][0], f"{speech} {more}")
        if chance.random() < slips.notes:
            blocks.append(chance.choice(NOTES))
    return ("\n\n" if slips.blank_lines else "\n").join(blocks), truth


def _misspelt(chance: random.Random, name: str) -> str:
    at = chance.randrange(2, len(name) - 1)
    return name[:at] + name[at + 1 :] if name[at].isalpha() and not name[at - 1].isspace() else name


def in_one_paragraph(said: Talk) -> RawDocument:
    return RawDocument((Paragraph(" ".join(f"{label}: {_ended(speech)}" for label, speech in said)),))


def in_few_paragraphs(said: Talk) -> RawDocument:
    turns = [f"{label}: {_ended(speech)}" for label, speech in said]
    return RawDocument(tuple(Paragraph(" ".join(turns[n : n + 4])) for n in range(0, len(turns), 4)))


def _ended(speech: str) -> str:
    return speech if speech[-1] in ".?!…)”" else f"{speech}."


def bold_names(said: Talk) -> RawDocument:
    return RawDocument(tuple(Paragraph(f"{label} {speech}", (len(label),)) for label, speech in said))


def bold_names_above(said: Talk) -> RawDocument:
    parts = [p for label, speech in said for p in (Paragraph(label, (len(label),)), Paragraph(speech))]
    return RawDocument(tuple(parts))


def bold_names_with_soft_breaks(said: Talk) -> RawDocument:
    return RawDocument(tuple(Paragraph(f"{label}\n{speech}", (len(label), 0)) for label, speech in said))


def table_of_two(said: Talk) -> RawDocument:
    return RawDocument(tuple(Row(1, ((Paragraph(label),), (Paragraph(speech),))) for label, speech in said))


def table_of_three(said: Talk) -> RawDocument:
    return RawDocument(
        tuple(
            Row(1, ((Paragraph(clock(n)),), (Paragraph(label),), (Paragraph(speech),)))
            for n, (label, speech) in enumerate(said)
        )
    )


def captions_that_say(said: Talk) -> RawDocument:
    cues = [
        Cue(piece, label, 10.0 * n + i)
        for n, (label, speech) in enumerate(said)
        for i, piece in enumerate(textwrap.wrap(speech, 40, break_on_hyphens=False))
    ]
    return RawDocument(tuple(cues))


def captions_with_names_at_changes(said: Talk) -> RawDocument:
    cues = [
        Cue(piece, "", 10.0 * n + i)
        for n, (label, speech) in enumerate(said)
        for i, piece in enumerate(textwrap.wrap(f"{label}: {speech}", 40, break_on_hyphens=False))
    ]
    return RawDocument(tuple(cues))


DOCUMENTS: dict[str, Callable[[Talk], RawDocument]] = {
    "one paragraph": in_one_paragraph,
    "few paragraphs": in_few_paragraphs,
    "bold names": bold_names,
    "bold names above": bold_names_above,
    "bold names, soft breaks": bold_names_with_soft_breaks,
    "table of two": table_of_two,
    "table of three": table_of_three,
    "captions that say": captions_that_say,
    "captions, names at changes": captions_with_names_at_changes,
}
