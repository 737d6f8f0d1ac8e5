"""The moderator's guide, and the sections of sources that answer its questions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from cohesion_qda.model.ids import QuestionId, SectionId, SourceId
from cohesion_qda.model.section import GuideQuestion, Section
from cohesion_qda.model.text import Span

# a section ends where the next begins, or with the text
_SECTION = """
SELECT s.id, s.source_id, s."start", ifnull(lead(s."start") OVER (PARTITION BY s.source_id ORDER BY s."start"), o.length),
    s.question_id, ifnull(q.text, s.title), s.title, s.is_placed
FROM section s JOIN source o ON o.id = s.source_id LEFT JOIN guide_question q ON q.id = s.question_id
"""


def questions(db: Database) -> list[GuideQuestion]:
    """The guide, in its order."""
    found = db.execute("SELECT id, position, text FROM guide_question ORDER BY position, id").fetchall()
    return [GuideQuestion(QuestionId(r[0]), r[1], r[2]) for r in found]


def set_questions(db: Database, wanted: Sequence[tuple[QuestionId | None, str]]) -> None:
    """Let the guide be these questions in this order; None stands for a new one. Questions that are not among them go,
    and the sections they had are then under no question.
    """
    kept = {question for question, _text in wanted if question is not None}
    for old in questions(db):
        if old.id not in kept:
            db.execute("DELETE FROM guide_question WHERE id = ?", [old.id])
    for position, (question, text) in enumerate(wanted):
        if question is None:
            db.execute("INSERT INTO guide_question (position, text) VALUES (?, ?)", [position, text])
        else:
            db.execute(
                "UPDATE guide_question SET position = :position, text = :text "
                "WHERE id = :id AND (position <> :position OR text <> :text)",
                {"position": position, "text": text, "id": question},
            )


def of_source(db: Database, source: SourceId) -> list[Section]:
    """The sections of `source`, in order."""
    found = db.execute(_SECTION + 'WHERE s.source_id = ? ORDER BY s."start"', [source]).fetchall()
    return [_section(row) for row in found]


def by_id(db: Database, section: SectionId) -> Section | None:
    """The section with that id."""
    row = db.execute("SELECT source_id FROM section WHERE id = ?", [section]).fetchone()
    return next((s for s in of_source(db, SourceId(row[0])) if s.id == section), None) if row else None


def rows(db: Database) -> tuple[tuple[int, int, int, str], ...]:
    """(source, start, end, title) of every section under a question or a heading, by source and start."""
    found = db.execute(_SECTION + 'ORDER BY s.source_id, s."start"').fetchall()
    return tuple((r[1], r[2], r[3], r[5]) for r in found if r[5] and r[2] < r[3])


def begin(
    db: Database, source: SourceId, start: int, question: QuestionId | None, title: str, *, is_placed: bool = False
) -> None:
    """Let a section begin at `start`, in place of the one that begins there; a question keeps the heading it takes.
    A heading, or an end, `is_placed` where a person put it there.
    """
    takes = "excluded.question_id IS NOT NULL AND excluded.title = '' AND title <> ''"
    db.execute(
        'INSERT INTO section (source_id, question_id, "start", title, is_placed) VALUES (?, ?, ?, ?, ?) '
        'ON CONFLICT (source_id, "start") DO UPDATE SET question_id = excluded.question_id, '
        f"title = iif({takes}, title, excluded.title), is_placed = iif({takes}, is_placed, excluded.is_placed) "
        "WHERE question_id IS NOT excluded.question_id "
        f"OR NOT ({takes}) AND (title <> excluded.title OR is_placed <> excluded.is_placed)",
        [source, question, start, title, is_placed],
    )


def move(db: Database, section: SectionId, start: int) -> None:
    """Let a section begin elsewhere in its source, in place of the one that begins there; a question takes its heading."""
    there = db.execute(
        "SELECT o.id, o.title, o.is_placed FROM section s JOIN section o ON o.source_id = s.source_id "
        'WHERE s.id = ? AND o.id <> s.id AND o."start" = ?',
        [section, start],
    ).fetchone()
    if there is not None:
        delete(db, SectionId(there[0]))
    db.execute(
        'UPDATE section SET "start" = ?, is_placed = question_id IS NULL OR title <> \'\' WHERE id = ? AND "start" <> ?',
        [start, section, start],
    )
    if there is not None and there[1]:
        db.execute(
            "UPDATE section SET title = ?, is_placed = ? WHERE id = ? AND question_id IS NOT NULL AND title = ''",
            [there[1], there[2], section],
        )


def give_up(db: Database, section: SectionId) -> None:
    """Take the question of a section away; it goes altogether where it has no heading."""
    db.execute("DELETE FROM section WHERE id = ? AND title = ''", [section])
    db.execute("UPDATE section SET question_id = NULL WHERE id = ? AND question_id IS NOT NULL", [section])


def delete(db: Database, section: SectionId) -> None:
    """Take a section away: what it held goes on with the one before."""
    db.execute("DELETE FROM section WHERE id = ?", [section])


def _section(row: tuple[int, int, int, int, int | None, str, str, int]) -> Section:
    question = None if row[4] is None else QuestionId(row[4])
    return Section(
        SectionId(row[0]), SourceId(row[1]), Span(row[2], max(row[2], row[3])), question, row[5], row[6], bool(row[7])
    )
