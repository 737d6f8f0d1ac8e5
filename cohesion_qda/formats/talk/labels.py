"""What a speaker's label looks like: its shape, the words it is made of, and the time stamps beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from cohesion_qda.model.text import comparable

ROLE, CODE, NAME, INITIALS, WEAK, LOWER, NONE = range(7)
SURE = (ROLE, CODE)


def words(text: str) -> frozenset[str]:
    """The words of `text` as a set."""
    return frozenset(text.split())


MODERATOR_WORDS = words(
    "moderator mod facilitator fac interviewer int intv researcher host chair chairperson chairman chairwoman"
)
OBSERVER_WORDS = words("observer notetaker note-taker transcriber interpreter translator")
COLLECTIVE_WORDS = words(
    "all several many group everyone everybody multiple various unknown unidentified unclear voices crowd both"
)
SPEAKER_WORDS = (
    MODERATOR_WORDS
    | OBSERVER_WORDS
    | words("participant respondent resp interviewee speaker attendee panelist panellist co-moderator")
)
_NUMBERED_WORDS = words("person member voice woman man female male student teacher parent carer resident")
_BEFORE_ROLE = words(
    "the a one another some first second third fourth young younger old older male female co lead assistant"
)
PARTICULARS = words(
    """date time place location venue duration length participants moderators interviewers facilitators respondents
    attendees present apologies file recording recorded title transcribed project id"""
)
_HEADINGS = PARTICULARS | words(
    """note notes nb ps transcript transcription subject topic example question section table figure chapter theme
    page part item step day week phase year appendix annex objective aim goal action priority recommendation finding
    outcome option summary source reference keywords background introduction conclusion contact email e-mail tel
    phone fax web website http https www url version number gender age ethnicity occupation key important remember
    reminder warning tip re cc tbc faq fyi timescale target lead budget cost quote code"""
)
_LAST_HEADINGS = words("date time number place location id title length duration details notes points")
_NEVER_FIRST = words(
    """the a an and but or so because for in on at to from with by as if then when where what who why how that this
    second third fourth fifth lastly these those there here it he she they we you i my our your their his her one another some also well yes no yeah
    ok okay like just maybe perhaps first secondly firstly lastly finally again anyway e.g i.e look listen sorry
    thanks thank is was do did are not let says said hm hmm mm mhm uh um oh ah right exactly true sure"""
)
_NOTE_WORDS = words(
    """laughter laughs laughing laugh pause pauses silence inaudible unintelligible crosstalk applause music sighs
    sigh cough coughs nods overlapping break interruption noise sic unclear"""
)
_TITLES = words("mr mrs ms miss mx dr prof professor cllr councillor sir dame lord lady rev revd imam rabbi")
_DESCRIPTION_WORDS = words(
    """f m female male woman man girl boy nonbinary non-binary trans she/her he/him they/them age aged years yrs year
    old teacher headteacher pupil student parent carer mother father mum dad grandmother grandfather grandparent
    resident neighbour volunteer worker nurse doctor councillor officer imam vicar priest pastor rabbi retired teens teenager yr
    pensioner shopkeeper librarian trustee manager tenant landlord refugee"""
)
_SEXES = words("f m female male woman man girl boy nonbinary non-binary")
_PARTICLES = words("de da di du van von der den la le al el bin ibn ap of and & y e mac")

_CODE = re.compile(r"(?:[A-Z0-9]{1,5}[-_.])?([^\W\d_]{1,12})[ _.\-#]{0,2}\d{1,3}[a-zA-Z]?\Z")
_TITLE_STOP = re.compile(r"(?<=[^\W\d_])\.(?= )")
_AGE = re.compile(r"(?:1[0-9]|[2-9]\d|10\d)(?:s|yrs|y/o|yo)?\Z")
_DESCRIPTION_PIECES = re.compile(r"[\s,;:–—]+|(?<=\d)[-/]|(?<=\b[fm])[/]", re.IGNORECASE)
_BRACKET_AT_END = re.compile(r"(\S.*?)\s*(\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\])\Z", re.DOTALL)
_Q_NUMBER = re.compile(r"[Qq]\d+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,4}\Z")
_NUMBERING = re.compile(r"(?:\d{1,3}|[A-Za-z]|one|two|three|four|five|six|seven|eight|nine|ten)\Z", re.IGNORECASE)
_PIECES = re.compile(r"[\s_#]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad]")
CLOCK = r"(?:\d{1,2}:\d{1,2}:\d{1,2}[.,]\d{1,3}|(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,:]\d{1,3}|-\d{1,2}(?=\s?#))?(?!\d))"
_STAMP = re.compile(
    rf"(?P<open>[\[(<#]\s*)?(?P<clock>{CLOCK})(?:\s*(?:-->|-|–|—|to)\s*{CLOCK})?(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?(?P<close>\s*[\])>#])?(?![\w:])"
)
_IN_UNITS = re.compile(
    r"[\[(<#]\s?(?:(?P<h>\d{1,2})\s?h(?:rs?|ours?)?)?,?\s?(?:(?P<m>\d{1,3})\s?m(?:ins?|inutes?)?)?,?\s?"
    r"(?:(?P<s>\d{1,2})\s?s(?:ecs?|econds?)?)?\s?[\])>#]",
    re.IGNORECASE,
)


def key_of(label: str) -> str:
    """What two writings of one label share: neither case nor the full stop of `Dr.` tells them apart."""
    return _TITLE_STOP.sub("", comparable(_INVISIBLE.sub("", label))).rstrip(" .:")


def tidy(label: str) -> str:
    """A label as it is shown: invisible characters and spaces at the ends gone, inner white space single."""
    return " ".join(_INVISIBLE.sub("", label).split()).strip(" *_")


def seconds_of(clock: str) -> float | None:
    """`01:02:03.5`, `01:02:03-5` or `02:03` in seconds; None when minutes or seconds pass 59."""
    pieces = clock.replace(",", ".").replace("-", ".").split(":")
    if len(pieces) == 4:
        pieces.pop()
    try:
        numbers = [float(piece) for piece in pieces]
    except ValueError:
        return None
    if numbers[-1] >= 60 or (len(numbers) == 3 and numbers[1] >= 60):
        return None
    total = 0.0
    for number in numbers:
        total = total * 60 + number
    return total


def stamp_at(text: str, start: int = 0, *, bracketed: bool = False) -> tuple[float, int] | None:
    """Seconds and end of a time stamp that begins at `start`; a range counts by its beginning."""
    found = _STAMP.match(text, start)
    if found is None:
        return in_units_at(text, start)
    if (bracketed or found["open"] or found["close"]) and not (found["open"] and found["close"]):
        return None
    seconds = seconds_of(found["clock"])
    if seconds is None:
        return None
    return (_of_day(found["clock"], found["half"]) if found["half"] else seconds), found.end()


def in_units_at(text: str, start: int = 0, *, fewest: int = 2) -> tuple[float, int] | None:
    """Seconds and end of a time in a bracket that is written with at least so many units: `[4m 3s]`, `(1 h 2 min)`."""
    found = _IN_UNITS.match(text, start)
    if found is None or sum(1 for number in found.groups() if number) < fewest:
        return None
    hours, minutes, seconds = (int(number or 0) for number in found.group("h", "m", "s"))
    return None if seconds > 59 else (hours * 3600.0 + minutes * 60 + seconds, found.end())


def _of_day(clock: str, half: str) -> float:
    """Seconds since midnight of `10:02 AM`."""
    hours, minutes, seconds = (*map(float, clock.replace(",", ".").replace("-", ".").split(":")), 0.0)[:3]
    return (hours % 12 + 12 * (half in "Pp")) * 3600 + minutes * 60 + seconds


def only_stamp(text: str) -> float | None:
    """Seconds, when `text` is a time stamp and nothing else."""
    if len(text) > 60:
        return None
    stamp = stamp_at(text.strip())
    return stamp[0] if stamp and stamp[1] == len(text.strip()) else None


def words_of(label: str) -> list[str]:
    """The words of a label, folded, without the numbers at their ends."""
    return [word for piece in _PIECES.split(label) if (word := piece.casefold().strip(".()[],").rstrip("0123456789_-"))]


@lru_cache(maxsize=4096)
def shape_of(label: str) -> int:
    """How much `label` looks like a speaker's: a role, a code such as P1, a name, initials, or less."""
    pieces = [piece for piece in _PIECES.split(label) if piece]
    if not pieces or not label[0].isalnum() or len(pieces) > 6:
        return NONE
    if label.endswith("?"):
        return _shape_of_doubted(label.rstrip("? "))
    if _is_role(pieces):
        return ROLE
    if len(pieces) > 1 and _tells_who(pieces):
        return NAME
    first = pieces[0].casefold().rstrip(".,'’")
    last = pieces[-1].casefold().rstrip(".,")
    bare = first.rstrip("0123456789_-")
    singular = bare.removesuffix("s") if len(bare) > 3 else bare
    if {bare, first, singular} & _HEADINGS or (len(pieces) > 1 and last in _LAST_HEADINGS):
        return NONE
    if _Q_NUMBER.match(label):
        return NONE
    code = _CODE.match(label)
    if code and (len(code[1]) <= 4 or code[1].isupper()):
        return CODE
    if first in _NEVER_FIRST and not (len(label) == 1 and label.isupper()):
        return NONE
    if label.isupper() and _INITIALS.match(label):
        return INITIALS
    return _shape_of_words(pieces)


def _shape_of_doubted(label: str) -> int:
    """The shape of a label that the transcriber was not sure of: `P2?`, `M?`, `Anna?`."""
    shape = shape_of(label)
    if shape in SURE or (shape == INITIALS and len(label) == 1):
        return CODE
    return WEAK if shape == NAME else NONE


def is_shortened(label: str) -> bool:
    """`In.`, short for a name though it is a word; but not `No.`, short for a number."""
    return label[0].isupper() and label[1:3].islower() and label[2:] == "." and label != "No."


def _tells_who(pieces: list[str]) -> bool:
    """`Female, 60s`, `M, 34, teacher`: no name, but who it is in a few words."""
    told = [piece.casefold().strip(".,") for piece in pieces]
    return told[0] in _SEXES and all(word in _DESCRIPTION_WORDS or _AGE.match(word) for word in told)


def is_description(bracket: str) -> bool:
    """Whether `bracket` tells who a speaker is, `(F, 34)` or `[teacher]`, and not what happens, `(laughs)`."""
    pieces = [piece.casefold().strip(".") for piece in _DESCRIPTION_PIECES.split(bracket[1:-1].strip()) if piece]
    if not 0 < len(pieces) <= 6 or pieces[0] in _NEVER_FIRST or _NOTE_WORDS.intersection(pieces):
        return False
    known = _DESCRIPTION_WORDS | SPEAKER_WORDS
    if len(pieces) == 2 and pieces[0].isalpha() and pieces[1].isdecimal():
        return True  # `(yr 9)`, `(ward 3)`
    return any(piece in known or _AGE.match(piece) for piece in pieces)


def apart(label: str) -> tuple[str, str]:
    """A label without the bracket at its end, and that bracket; `Resident A`, `(F, 34)`."""
    found = _BRACKET_AT_END.match(label)
    return (found[1], found[2]) if found else (label, "")


def in_description(bracket: str) -> frozenset[str]:
    """The words of a description, however they are set apart."""
    return frozenset(re.findall(r"\w+", bracket.casefold()))


def _is_role(pieces: list[str]) -> bool:
    words = [piece.casefold().strip(".()") for piece in pieces]
    numbered = len(words) > 1 and _NUMBERING.match(words[-1]) is not None
    if numbered:
        words = words[:-1]
    elif words[-1].rstrip("0123456789-") != words[-1]:
        numbered = True
        words[-1] = words[-1].rstrip("0123456789-")
    if len(words) == 2 and words[0] in ("male", "female", "unknown", "unidentified") and words[1] == "voice":
        return True
    while len(words) > 1 and words[0] in _BEFORE_ROLE | COLLECTIVE_WORDS:
        words = words[1:]
    whole = "-".join(words)
    return whole in SPEAKER_WORDS or whole == "note-taker" or (numbered and whole in _NUMBERED_WORDS)


def _shape_of_words(pieces: list[str]) -> int:
    if any(piece.endswith(("?", "!", ";")) for piece in pieces):
        return NONE
    if any(piece.endswith(",") for piece in pieces):
        return WEAK if _is_name_and_whose(pieces) else NONE
    if len(pieces) > 1 and pieces[0].casefold().rstrip(".") in _TITLES and pieces[1].casefold() not in _NEVER_FIRST:
        rest = [piece for piece in pieces[1:] if piece.casefold() not in _PARTICLES]
        if 0 < len(rest) <= 2 and all(piece[0].isalpha() for piece in rest):
            return NAME
    if any(piece.endswith(".") and len(piece) > 5 for piece in pieces[:-1]):
        return NONE
    letters = [piece for piece in pieces if any(c.isalpha() for c in piece)]
    if not letters:
        return NONE
    is_name = all(_is_name_word(p) or (i and p.casefold() in _PARTICLES) for i, p in enumerate(pieces))
    if is_name and len(pieces) <= 4:
        return NAME
    if pieces[0][0].isupper():
        return WEAK if len(pieces) <= 5 else NONE
    return LOWER if len(pieces) == 1 and pieces[0].isalpha() and len(pieces[0]) >= 3 else NONE


def _is_name_and_whose(pieces: list[str]) -> bool:
    """`Khan, Bilal`, `Amara Nwosu, Tenants’ Voice`."""
    words = [piece.rstrip(",") for piece in pieces if piece.casefold() not in _PARTICLES]
    return "".join(pieces).count(",") == 1 and all(word and _is_name_word(word) and word[0].isalpha() for word in words)


def _is_name_word(piece: str) -> bool:
    first = piece.lstrip("'’")[:1]
    return first.isupper() or first.isdigit() or (first.isalpha() and not first.islower())


def is_particular(label: str) -> bool:
    """Whether `label` names a particular of the session, such as its date, place or participants."""
    pieces = [piece.casefold().rstrip(".") for piece in _PIECES.split(label) if piece]
    return bool(pieces) and (pieces[0] in PARTICULARS or pieces[-1] in PARTICULARS) and shape_of(label) == NONE


def is_note_word(label: str) -> bool:
    """Whether a label in brackets is rather a stage note, such as `[Laughter]`."""
    return any(word in _NOTE_WORDS for word in words_of(label))


def is_title(word: str) -> bool:
    """Whether a word is a title such as `Dr`."""
    return word.casefold().strip(" .") in _TITLES
