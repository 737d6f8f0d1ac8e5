"""Themes with their codes and key passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.ids import CodeId, SegmentId, ThemeId
from cohesion_qda.model.theme import Theme

_THEME = (
    "SELECT t.id, t.name, t.statement, t.question_id, t.status, t.position, "
    "(SELECT count(*) FROM theme_passage p WHERE p.theme_id = t.id) FROM theme t"
)


def all_(db: Database) -> list[Theme]:
    """Every theme, in the researcher's order."""
    codes: dict[int, list[CodeId]] = {}
    for theme, code in db.execute("SELECT theme_id, code_id FROM theme_code ORDER BY id").fetchall():
        codes.setdefault(theme, []).append(CodeId(code))
    return [_theme(row, codes.get(row[0], [])) for row in db.execute(_THEME + " ORDER BY t.position, t.id").fetchall()]


def by_id(db: Database, theme: ThemeId) -> Theme | None:
    """The theme with that id."""
    row = db.execute(_THEME + " WHERE t.id = ?", [theme]).fetchone()
    codes = db.execute("SELECT code_id FROM theme_code WHERE theme_id = ? ORDER BY id", [theme]).fetchall()
    return _theme(row, [CodeId(code) for (code,) in codes]) if row else None


def add(db: Database, name: str, question: CodeId | None) -> ThemeId:
    """A new theme, after all others."""
    cursor = db.execute(
        "INSERT INTO theme (name, question_id, position) VALUES (?, ?, (SELECT ifnull(max(position), -1) + 1 FROM theme))",
        [name, question],
    )
    return ThemeId(int(cursor.lastrowid or 0))


def update(db: Database, theme: ThemeId, **values: Any) -> None:
    """Set columns of one theme; nothing is written when nothing differs."""
    settings = ", ".join(f"{name} = ?" for name in values)
    differs = " OR ".join(f"{name} IS NOT ?" for name in values)
    db.execute(f"UPDATE theme SET {settings} WHERE id = ? AND ({differs})", [*values.values(), theme, *values.values()])


def reorder(db: Database, themes: Sequence[ThemeId]) -> None:
    """Put the themes in this order."""
    for position, theme in enumerate(themes):
        update(db, theme, position=position)


def delete(db: Database, theme: ThemeId) -> None:
    """Take a theme away; its codes and passages stay."""
    db.execute("DELETE FROM theme WHERE id = ?", [theme])


def add_codes(db: Database, theme: ThemeId, codes: Iterable[CodeId]) -> int:
    """Let codes support a theme. Gives how many did not before."""
    return sum(
        db.execute(
            "INSERT INTO theme_code (theme_id, code_id) VALUES (?, ?) ON CONFLICT (theme_id, code_id) DO NOTHING",
            [theme, code],
        ).rowcount
        for code in codes
    )


def remove_codes(db: Database, theme: ThemeId, codes: Iterable[CodeId]) -> None:
    """Let codes no longer support a theme."""
    db.conn.executemany("DELETE FROM theme_code WHERE theme_id = ? AND code_id = ?", [(theme, code) for code in codes])


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let every theme hold `into` for `code`, once, and answer it where it is a question, because the two become one."""
    db.execute(
        "DELETE FROM theme_code WHERE code_id = ? AND theme_id IN (SELECT theme_id FROM theme_code WHERE code_id = ?)",
        [code, into],
    )
    db.execute("UPDATE theme_code SET code_id = ? WHERE code_id = ?", [into, code])
    db.execute(
        "UPDATE theme SET question_id = ? WHERE question_id = ? AND (SELECT is_question FROM code WHERE id = ?)",
        [into, code, into],
    )


def passages(db: Database, theme: ThemeId) -> list[SegmentId]:
    """The key passages of a theme, in the order they were chosen."""
    found = db.execute("SELECT segment_id FROM theme_passage WHERE theme_id = ? ORDER BY id", [theme])
    return [SegmentId(row[0]) for row in found.fetchall()]


def add_passages(db: Database, theme: ThemeId, segments: Iterable[SegmentId]) -> int:
    """Let segments be key passages of a theme. Gives how many were not before."""
    return sum(
        db.execute(
            "INSERT INTO theme_passage (theme_id, segment_id) VALUES (?, ?) ON CONFLICT (theme_id, segment_id) DO NOTHING",
            [theme, segment],
        ).rowcount
        for segment in segments
    )


def remove_passages(db: Database, theme: ThemeId, segments: Iterable[SegmentId]) -> int:
    """Let segments no longer be key passages of a theme. Gives how many were."""
    return sum(
        db.execute("DELETE FROM theme_passage WHERE theme_id = ? AND segment_id = ?", [theme, segment]).rowcount
        for segment in segments
    )


def _theme(row: tuple[Any, ...], codes: Sequence[CodeId]) -> Theme:
    question = None if row[3] is None else CodeId(row[3])
    return Theme(ThemeId(row[0]), row[1], row[2], question, row[4], row[5], tuple(codes), row[6])
