"""How memos are told."""

from __future__ import annotations

import datetime

import pytest

from cohesion_qda.model.ids import MemoId, SegmentId, SourceId
from cohesion_qda.model.memo import Memo, MemoEntry, Subject
from cohesion_qda.model.place import Place
from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos import words
from cohesion_qda.ui.memos.quotes import quotes_of

TODAY = datetime.date(2026, 11, 21)  # a Saturday
PLACE = Place(SegmentId(1), SourceId(1), Span(3, 9), "the park", "Women", ("Carol", "Joan"), 3, "Group 1")


def local(hours: int, day: int = 21, month: int = 11, year: int = 2026) -> str:
    at = datetime.datetime(year, month, day, hours).astimezone()
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("when", "first"),
    [("today", (2026, 11, 21)), ("week", (2026, 11, 16)), ("month", (2026, 11, 1))],
)
def test_this_week_begins_on_monday(when: str, first: tuple[int, int, int]) -> None:
    assert words.days_of(when, TODAY) == words.Between(datetime.date(*first), TODAY)


def test_any_time_narrows_nothing():
    assert words.days_of("", TODAY) is None


def test_days_hold_their_first_and_last_moment():
    since, until = words.Between(TODAY, TODAY).in_utc()
    assert since <= local(0) < until
    assert since <= local(23) < until
    assert not since <= local(23, day=20) < until
    assert not since <= local(0, day=22) < until


def test_days_in_words():
    assert words.Between(TODAY, TODAY).words == "21.11.2026"
    assert words.Between(datetime.date(2026, 10, 1), TODAY).words == "01.10.2026 to 21.11.2026"


def test_dates_say_no_more_than_they_must():
    assert words.date_words(local(9), TODAY) == "09:00"
    assert words.date_words(local(9, day=3), TODAY) == "3 Nov"
    assert words.date_words(local(9, year=2024), TODAY) == "21 Nov 2024"


def memo(**values: str) -> Memo:
    kept = {"body": "First line.\nSecond.", "created_at": local(9), "updated_at": local(9)} | values
    return Memo(MemoId(1), "segment", 1, coder="Asha", **kept)


def test_when_it_was_written_and_changed():
    assert words.written_words(memo(), TODAY) == "Asha, 09:00"
    assert words.written_words(memo(created_at=local(9, day=3)), TODAY) == "Asha, 3 Nov, last changed 09:00"


def test_a_title_or_the_first_line_stands_for_a_memo():
    assert memo().headline == "First line."
    assert memo(title="Park").headline == "Park"
    assert memo(body="\n\n  Late\n").headline == "Late"
    assert len(memo(body="long " * 40).headline) <= 80


def test_a_memo_as_text_has_everything():
    entry = MemoEntry(memo(title="Park"), Subject("segment", place=PLACE), 1)
    assert words.as_text(entry, [PLACE], TODAY) == (
        "Park\nAbout: passage of “Women”: “the park”\nAsha, 09:00\n\nFirst line.\nSecond.\n\n"
        "“the park” (Carol, Joan, Women, turn 3)\n"
    )
    silent = Place(SegmentId(1), SourceId(1), Span(3, 9), "the park", "Minutes")
    assert words.quotation(silent) == "“the park” (Minutes)"


def test_counts_of_memos():
    assert words.counted(1, 1) == "1 memo"
    assert words.counted(2, 12) == "2 of 12 memos"


def test_a_quote_says_where_it_is_and_whether_it_was_corrected_away():
    assert quotes_of([PLACE])[0].place == "Women, turn 3 (Group 1)"
    lost = Place(SegmentId(1), SourceId(1), Span(3, 3), "the park", "Women", ("Carol",), 3, "Women")
    assert quotes_of([lost])[0].place == "Women, turn 3, corrected away since"
    assert quotes_of([lost])[0].quote == "the park"
