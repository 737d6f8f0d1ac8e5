"""What was decided about details of the report that may tell who somebody is."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

Settled = tuple[str, str, str, str]  # kind, words, verdict, instead


def all_(db: Database) -> list[Settled]:
    """Every detail that was settled, in the order it was."""
    return [
        (str(kind), str(words), str(verdict), str(instead))
        for kind, words, verdict, instead in db.execute(
            "SELECT kind, words, verdict, instead FROM detail ORDER BY id"
        ).fetchall()
    ]


def settle(db: Database, details: Iterable[tuple[str, str]], verdict: str, instead: str = "") -> None:
    """Keep a verdict on details, each a kind and words; an empty verdict takes what was decided back. What is decided so already stays."""
    for kind, words in details:
        if not verdict:
            db.execute("DELETE FROM detail WHERE kind = ? AND words = ?", [kind, words])
            continue
        db.execute(
            "INSERT INTO detail (kind, words, verdict, instead) VALUES (?, ?, ?, ?) ON CONFLICT (kind, words) DO UPDATE "
            "SET verdict = excluded.verdict, instead = excluded.instead "
            "WHERE verdict IS NOT excluded.verdict OR instead IS NOT excluded.instead",
            [kind, words, verdict, instead],
        )
