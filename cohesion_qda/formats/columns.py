"""What the columns of a sheet are for: who speaks and what is said, or questions and what is known of respondents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.grid import Grid
from cohesion_qda.formats.talk.labels import INITIALS, SURE, WEAK, apart, key_of, only_stamp, shape_of, tidy, words
from cohesion_qda.model.text import comparable

SOURCE = ("source", "transcript", "file", "document", "source name", "file name", "filename")
PARTICIPANT = ("participant", "speaker", "label")
PERSON = (*PARTICIPANT, "participant id", "name", "person", "pseudonym", "respondent", "who")
_SPEAKER = (
    "speaker", "speakers", "speaker name", "speaker label", "speaker id", "who", "who speaks", "said by", "spoken by",
    "sprecher", "sprecherin", "locuteur", "hablante", "orador",
)  # fmt: skip
_MAY_SPEAK = (*PERSON, "participant name", "initials", "user", "role")
_TALK = (
    "text", "utterance", "utterances", "transcript", "transcription", "speech", "content", "talk", "dialogue", "said",
    "what was said", "words", "message", "sentence", "turn",
)  # fmt: skip
_WRITTEN = ("comment", "comments", "response", "answer", "notes")
_TIME = ("time", "timestamp", "time stamp", "timecode", "time code", "start", "start time", "begin", "from", "at")
_RESPONDENT = (
    "respondent", "respondent id", "response id", "participant", "participant id", "pseudonym", "name", "id", "ref",
    "reference", "code", "case", "no", "nr", "number", "#",
)  # fmt: skip
_NEVER_SPEAKER = words(
    """gender sex age ethnicity religion faith place town city village ward area location district neighbourhood
    postcode country language group session role type category theme topic code status date day month year emotion
    sentiment rating score attitude question section"""
)
_BRACKET_AT_END = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\Z")
_SECONDS = re.compile(r"(\d{1,6}(?:[.,]\d{1,20})?)\s*(s|sec|secs|seconds|ms)?\Z", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")
_LOOKED_AT = 3_000  # rows
_NOTHING = frozenset({"n/a", "na", "nil", "no answer", "no response", "(blank)"})


@dataclass(frozen=True, slots=True)
class Speech:
    """The places of the columns of a transcript."""

    speaker: int
    text: int
    time: int | None = None
    source: int | None = None

    def others(self, grid: Grid) -> list[str]:
        """The titles of the columns that are not used and hold something."""
        used = {self.speaker, self.text, self.time, self.source}
        return [title for place, title in enumerate(titles(grid)) if place not in used and _filled(grid, place)]


@dataclass(frozen=True, slots=True)
class Survey:
    """The places of the columns of a survey: the respondent's name, if any, the questions, and what is known of them."""

    respondent: int | None
    questions: tuple[int, ...]
    attributes: tuple[int, ...]


def titles(grid: Grid) -> list[str]:
    """A title of its own for each column; `Column C` where there is none."""
    found: list[str] = []
    seen: dict[str, int] = {}
    for place, title in enumerate(grid.header):
        title = title or _("Column {letter}").format(letter=_letter(place))
        seen[comparable(title)] = n = seen.get(comparable(title), 0) + 1
        found.append(title if n == 1 else f"{title} ({n})")
    return found


def speech_columns(grid: Grid, *, is_asked: bool = False) -> Speech | None:
    """Where a transcript (of at least one row) has its columns: by their titles, or else by what they hold. None when this is no transcript.

    Titles such as `name` and `comment` fit a survey as well: people must then speak more than once. When `is_asked`
    (a person says that it is one), the likeliest columns are taken.
    """
    text = _text_column(grid)
    is_called_talk = _fold(grid.header[text]) in _TALK
    is_talk = is_asked or is_called_talk or _is_talk(grid, text)
    speaker = _titled(grid, _SPEAKER, but=text)
    if speaker is not None and not (is_asked or is_called_talk or _recur(grid, speaker, text)):
        speaker = None
    if speaker is None and is_talk:
        person = _titled(grid, _MAY_SPEAK, but=text)
        if person is not None and (is_asked or (_recur(grid, person, text) and _is_short(grid, person))):
            speaker = person
        else:
            speaker = _speaker_by_values(grid, text, is_sure=is_asked or is_called_talk)
    if speaker is None:
        return None
    source = _titled(grid, SOURCE, but=text)
    found = Speech(speaker, text, _time_column(grid, speaker, text))
    return replace(found, source=source) if source not in (None, speaker, found.time) else found


def spoken_rows(grid: Grid, columns: Speech) -> list[tuple[str, ...]]:
    """The rows of a transcript; the header among them where it is no header but the first turn."""
    rows = [row for _number, row in grid.rows]
    labels = {key_of(row[columns.speaker].rstrip(" :")) for row in rows if row[columns.speaker]}
    first, said = key_of(grid.header[columns.speaker].rstrip(" :")), grid.header[columns.text]
    is_turn = first in labels or (not first and said and _fold(said) not in (*_TALK, *_WRITTEN))
    return [grid.header, *rows] if is_turn else rows


def seconds_in(cells: Sequence[str], title: str) -> list[float | None]:
    """Seconds for each cell of a time column: `01:02:03`, `02:03`, `62.5`, `62 s`; a spreadsheet's days below 1; and
    minutes and seconds that it took for hours and minutes, when nothing begins between two minutes.
    """
    clocks = [only_stamp(cell) if ":" in cell else None for cell in cells]
    whole = [at for cell, at in zip(cells, clocks, strict=True) if at is not None and cell.count(":") == 2]
    if len(whole) > 3 and len(whole) == sum(1 for at in clocks if at is not None) and not any(at % 60 for at in whole):
        clocks = [None if at is None else at / 60 for at in clocks]
    numbers = [
        (float(found[1].replace(",", ".")), found[2] or "") if (found := _SECONDS.match(cell)) else None
        for cell in cells
    ]
    plain = [pair[0] for pair in numbers if pair]
    is_days = len(plain) > 1 and max(plain) < 1 and any("." in cell for cell in cells)
    is_thousandths = bool(re.search(r"\bms\b|milli", title.casefold()))
    found_at: list[float | None] = []
    for at, pair in zip(clocks, numbers, strict=True):
        if pair:
            at = pair[0] * (86_400 if is_days else 0.001 if is_thousandths or pair[1].lower() == "ms" else 1)
        found_at.append(at)
    return found_at


def survey_columns(grid: Grid, *, is_asked: bool = False) -> Survey | None:
    """Where a survey has its columns: those with long answers, nearly all different, are questions. None when there
    are none; when `is_asked`, the column with the most text is one.
    """
    respondent = _respondent_column(grid)
    rest = [place for place in range(len(grid.header)) if place != respondent and _filled(grid, place)]
    questions = [place for place in rest if _is_open(grid, place)]
    if not questions and is_asked and rest:
        questions = [max(rest, key=lambda place: sum(map(len, _filled(grid, place))))]
    if not questions:
        return None
    return Survey(respondent, tuple(questions), tuple(place for place in rest if place not in questions))


def _respondent_column(grid: Grid) -> int | None:
    """The column with a name or number of each respondent's own."""
    folded = [_fold(title) for title in grid.header]
    called = [place for name in _RESPONDENT for place, title in enumerate(folded) if title == name]
    called += [place for place, title in enumerate(folded) if title.endswith(" id")]
    return next((place for place in called if _is_key(grid, place)), None)


def is_answer(cell: str) -> bool:
    """Whether something was answered: not only a dash, and not `n/a`."""
    return _LETTER.search(cell) is not None and cell.casefold().strip(" .") not in _NOTHING


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        letters = chr(65 + left) + letters
    return letters


def _fold(title: str) -> str:
    return _BRACKET_AT_END.sub("", comparable(title).replace("_", " ")).strip(" :.")


def _titled(grid: Grid, names: Sequence[str], but: int | None = None) -> int | None:
    """The first of `names` that is a title, by the order of `names`, with something in its column."""
    folded = [_fold(title) for title in grid.header]
    for name in names:
        for place, title in enumerate(folded):
            if title == name and place != but and _filled(grid, place):
                return place
    return None


def _filled(grid: Grid, place: int) -> list[str]:
    return [row[place] for _number, row in grid.rows if row[place]]


def _is_short(grid: Grid, place: int) -> bool:
    return mean(map(len, _filled(grid, place))) <= 50


def _text_column(grid: Grid) -> int:
    """The column with the talk: one that is called so and does not only number or name, else the one with most text."""
    sizes = [sum(map(len, _filled(grid, place))) for place in range(len(grid.header))]
    for name in (*_TALK, *_WRITTEN):
        place = _titled(grid, (name,))
        if place is not None and sizes[place] * 2 > max(sizes):
            return place
    return sizes.index(max(sizes))


def _recur(grid: Grid, speaker: int, text: int) -> bool:
    """Whether people speak more than once: labels come again, or are left out where somebody goes on."""
    labels = [key_of(row[speaker]) for _number, row in grid.rows if row[text]]
    said = [label for label in labels if label]
    return bool(said) and len(set(said)) * 5 <= len(labels) * 3


def _is_talk(grid: Grid, place: int) -> bool:
    return mean(value.count(" ") for value in _filled(grid, place)) >= 2


def _speaker_by_values(grid: Grid, text: int, *, is_sure: bool) -> int | None:
    """The only column whose values look like speakers' labels that come again and again, beside one column of talk.

    A column such as gender looks the same: so either it `is_sure` that this is talk, or there are labels such as P1.
    """
    if sum(_is_open(grid, place) for place in range(len(grid.header))) > 1:
        return None
    found = [place for place in range(len(grid.header)) if place != text and _has_labels(grid, place, text)]
    if len(found) != 1:
        return None
    labels = {apart(tidy(cell.rstrip(" :")))[0] for cell in (*_filled(grid, found[0]), grid.header[found[0]]) if cell}
    looks_like = any(shape_of(label) in (*SURE, INITIALS) for label in labels)
    return found[0] if is_sure or looks_like else None


def _has_labels(grid: Grid, place: int, text: int) -> bool:
    values = _filled(grid, place)
    if not values or _NEVER_SPEAKER.intersection(_fold(grid.header[place]).split()):
        return False
    labels = [apart(tidy(value.rstrip(" :")))[0] for value in values]
    fitting = sum(1 for label in labels if 0 < len(label) <= 50 and shape_of(label) <= WEAK)
    return fitting >= 0.9 * len(labels) and _recur(grid, place, text) and len(set(map(key_of, labels))) > 1


def _time_column(grid: Grid, speaker: int, text: int) -> int | None:
    called = _titled(grid, _TIME)
    places: list[int] = [*([] if called is None else [called]), *range(len(grid.header))]
    for place in places:
        if place in (speaker, text):
            continue
        values = _filled(grid, place)
        is_called_so = _fold(grid.header[place]) in _TIME
        stamps = seconds_in(values, "") if is_called_so else [only_stamp(v) if ":" in v else None for v in values]
        if values and 2 * sum(1 for at in stamps if at is not None) > len(values):
            return place
    return None


def _is_key(grid: Grid, place: int) -> bool:
    values = [row[place] for _number, row in grid.rows]
    return (
        bool(values)
        and all(values)
        and len(set(map(comparable, values))) == len(values)
        and max(map(len, values)) <= 60
    )


def _is_open(grid: Grid, place: int) -> bool:
    """Whether a column holds free answers: some are long, and most are unlike the others."""
    values = [value for value in _filled(grid, place)[:_LOOKED_AT] if is_answer(value)]
    if not values:
        return False
    lengths = [value.count(" ") + 1 for value in values]
    differ = len(set(map(comparable, values))) / len(values)
    asks = grid.header[place].rstrip().endswith("?")
    return (max(lengths) >= 8 and differ > 0.3) or (asks and mean(lengths) >= 2 and differ > 0.5)
