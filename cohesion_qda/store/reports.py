"""What the author of the findings report decided: parts in order, words of their own, passages that are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from cohesion_qda.model.ids import CodeId, CoderId, SegmentId, ThemeId
from cohesion_qda.model.reporting import CODE, QUESTION, place_key

_BETWEEN = "\n\n"  # the words on two places that become one
_CHOSEN = "(SELECT ifnull(max(position), -1) + 1 FROM report_quote WHERE code_id = :code)"


def parts(db: Database) -> dict[str, bool]:
    """The parts that were put in order or switched, in their order, and whether each is shown."""
    found = db.execute("SELECT key, is_shown FROM report_part ORDER BY position, id").fetchall()
    return {key: bool(is_shown) for key, is_shown in found}


def set_parts(db: Database, shown: Mapping[str, bool]) -> None:
    """Keep parts in this order, each shown or not; those that are kept and not named (their question is gone) stand after them."""
    rest = {key: is_shown for key, is_shown in parts(db).items() if key not in shown}
    for position, (key, is_shown) in enumerate({**shown, **rest}.items()):
        db.execute(
            "INSERT INTO report_part (key, position, is_shown) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE "
            "SET position = excluded.position, is_shown = excluded.is_shown "
            "WHERE position <> excluded.position OR is_shown <> excluded.is_shown",
            [key, position, int(is_shown)],
        )


def words(db: Database) -> dict[str, str]:
    """The author's words by the key of their place."""
    return dict(db.execute("SELECT key, body FROM report_words ORDER BY key").fetchall())


def write_words(db: Database, key: str, body: str) -> None:
    """Keep the author's words for a place; empty ones go. Nothing is written when nothing differs."""
    if not body:
        db.execute("DELETE FROM report_words WHERE key = ?", [key])
        return
    db.execute(
        "INSERT INTO report_words (key, body) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body "
        "WHERE body <> excluded.body",
        [key, body],
    )


def last_name(db: Database, table: str, id_: int) -> str:
    """What a code or theme that is gone was called; empty where the trail does not tell."""
    row = db.execute(
        "SELECT json_extract(before, '$.name') FROM change WHERE tbl = ? AND row_id = ? AND after IS NULL ORDER BY id DESC",
        [table, id_],
    ).fetchone()
    return row[0] if row else ""


def quotes(db: Database) -> dict[CodeId, dict[SegmentId, str]]:
    """The segments that are quoted for each code, in the author's order, with what each stands for."""
    found: dict[CodeId, dict[SegmentId, str]] = {}
    for code, segment, role in db.execute(
        "SELECT code_id, segment_id, role FROM report_quote ORDER BY code_id, position, id"
    ).fetchall():
        found.setdefault(CodeId(code), {})[SegmentId(segment)] = role
    return found


def choose(db: Database, code: CodeId, segments: Iterable[SegmentId], role: str) -> int:
    """Quote segments for a code, after those that are quoted. Gives how many were not, or stood for something else."""
    return sum(
        db.execute(
            f"INSERT INTO report_quote (segment_id, code_id, role, position) VALUES (:segment, :code, :role, {_CHOSEN}) "
            "ON CONFLICT (segment_id, code_id) DO UPDATE SET role = excluded.role WHERE role <> excluded.role",
            {"segment": segment, "code": code, "role": role},
        ).rowcount
        for segment in segments
    )


def unchoose(db: Database, code: CodeId, segments: Iterable[SegmentId]) -> int:
    """Quote segments no longer for a code. Gives how many were."""
    return sum(
        db.execute("DELETE FROM report_quote WHERE code_id = ? AND segment_id = ?", [code, segment]).rowcount
        for segment in segments
    )


def order(db: Database, code: CodeId, segments: Sequence[SegmentId]) -> None:
    """Let what is quoted for a code stand in this order."""
    db.conn.executemany(
        "UPDATE report_quote SET position = ?1 WHERE code_id = ?2 AND segment_id = ?3 AND position <> ?1",
        [(position, code, segment) for position, segment in enumerate(segments)],
    )


def count(db: Database, codes: Iterable[CodeId]) -> int:
    """How many passages are quoted for these codes."""
    ids = list(codes)
    found = db.execute(f"SELECT count(*) FROM report_quote WHERE code_id IN ({', '.join('?' * len(ids))})", ids)
    return int(found.fetchone()[0])


def theme_roles(db: Database) -> dict[ThemeId, dict[SegmentId, str]]:
    """The key passages of each theme in the order they were chosen, with what each stands for."""
    found: dict[ThemeId, dict[SegmentId, str]] = {}
    for theme, segment, role in db.execute(
        "SELECT theme_id, segment_id, role FROM theme_passage ORDER BY id"
    ).fetchall():
        found.setdefault(ThemeId(theme), {})[SegmentId(segment)] = role
    return found


def set_theme_role(db: Database, theme: ThemeId, segments: Iterable[SegmentId], role: str) -> int:
    """Say what key passages of a theme stand for. Gives for how many that is new."""
    return sum(
        db.execute(
            "UPDATE theme_passage SET role = ?1 WHERE theme_id = ?2 AND segment_id = ?3 AND role <> ?1",
            [role, theme, segment],
        ).rowcount
        for segment in segments
    )


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let what the author decided on `code` stand for `into`, because the two become one: where both have words, those of `into` come first;
    quotations of `code` follow those of `into`.
    """
    both = {"code": code, "into": into}
    db.execute(
        "DELETE FROM report_quote WHERE code_id = :code "
        "AND segment_id IN (SELECT segment_id FROM report_quote WHERE code_id = :into)",
        both,
    )
    db.execute(
        "UPDATE report_quote SET code_id = :into, position = position + "
        "(SELECT ifnull(max(position), -1) + 1 FROM report_quote WHERE code_id = :into) WHERE code_id = :code",
        both,
    )
    known = words(db)
    for what in (CODE, QUESTION):
        old, new = place_key(what, code), place_key(what, into)
        if old in known:
            write_words(db, new, _BETWEEN.join(text for text in (known.get(new, ""), known[old]) if text))
            write_words(db, old, "")


def follow(db: Database, moved: Iterable[tuple[SegmentId, CodeId]], into: CodeId) -> None:
    """Passages were recoded from a code to `into`: what of them is quoted for a code that nobody uses there any more is quoted for `into`."""
    for segment, code in set(moved):
        both = {"segment": segment, "code": code, "into": into}
        gone = (
            "segment_id = :segment AND code_id = :code AND NOT EXISTS "
            "(SELECT 1 FROM coding c WHERE c.segment_id = :segment AND c.code_id = :code)"
        )
        db.execute(
            f"DELETE FROM report_quote WHERE {gone} "
            "AND EXISTS (SELECT 1 FROM report_quote o WHERE o.segment_id = :segment AND o.code_id = :into)",
            both,
        )
        db.execute(f"UPDATE report_quote SET code_id = :into WHERE {gone}", both)


def changed(db: Database) -> tuple[str, str]:
    """When something in the project first and last changed (ISO 8601, UTC); what was only written out is no change."""
    row = db.execute(
        "SELECT min(at), (SELECT at FROM action WHERE id = (SELECT max(action_id) FROM change)) FROM action"
    ).fetchone()
    return row[0] or "", row[1] or ""


def coded(db: Database, coder: CoderId | None = None) -> dict[str, tuple[int, str, str]]:
    """By whom was coded, or only one coder: how many codings each has, and when the first and the last was made (ISO 8601)."""
    found = db.execute(
        "SELECT k.name, count(*), min(c.created_at), max(c.created_at) FROM coding c JOIN coder k ON k.id = c.coder_id "
        "WHERE ?1 IS NULL OR k.id = ?1 GROUP BY k.id ORDER BY k.name",
        [coder],
    )
    return {name: (n, first, last) for name, n, first, last in found.fetchall()}
