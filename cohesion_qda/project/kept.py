"""The study as counting needs it: read once, then kept up with what the journal says was done since."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cohesion_qda.model.ids import CoderId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.store import attributes, cases, codes, codings, sections, sources, study
from cohesion_qda.store.connection import Database, snapshot

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints

FEW = 500  # codings and segments that are followed one by one; beyond, all are read again

# what each part of a study is read with, and the tables of which it is made
_PARTS: Mapping[str, tuple[Callable[[Database], Any], frozenset[str]]] = {
    "sources": (study.facts, frozenset({"source", "attribute", "attribute_value"})),
    "cases": (study.case_map, frozenset({"study_case", "attribute", "attribute_value"})),
    "codes": (codes.tree, frozenset({"code"})),
    "coders": (lambda db: tuple(cases.coders(db)), frozenset({"coder"})),
    "turns": (study.turns, frozenset({"turn", "speaker"})),
    "codings": (codings.rows, frozenset({"coding", "segment"})),
    "sections": (sections.rows, frozenset({"section", "guide_question", "source"})),
    "questions": (lambda db: tuple(sections.questions(db)), frozenset({"guide_question"})),
    "types": (attributes.types, frozenset({"attribute"})),
}


class KeptStudy:
    """Reads again only what was touched: by acts of this connection part by part, and of few codings these alone; after
    another program wrote, everything. What is given is one and the same object until something that counts changes.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._stamp = (-1, -1)  # as `study.stamp` gave it
        self._change = 0  # the last row of the journal that is in it
        self._whole: StudyData | None = None
        self._of: dict[CoderId, StudyData] = {}
        self._words: dict[str, Ints] = {}  # by the text's hash

    def of(self, coder: CoderId | None = None) -> StudyData:
        """The study as it is now, with the codings of one coder alone, or of everybody."""
        whole = self._now()
        if coder is None:
            return whole
        if coder not in self._of:
            self._of[coder] = replace(whole, codings=tuple(row for row in whole.codings if row[5] == coder))
        return self._of[coder]

    def words(self) -> dict[SourceId, Ints]:
        """Where the words of every source begin, in code points. Each text is read once, and again only when it is
        another.
        """
        from cohesion_qda.analysis.words import word_starts

        texts = study.contents(self._db)
        for source, text in texts.items():
            if text not in self._words:
                self._words[text] = word_starts(sources.text(self._db, source))
        self._words = {text: self._words[text] for text in texts.values()}
        return {source: self._words[text] for source, text in texts.items()}

    def _now(self) -> StudyData:
        if self._db.conn.in_transaction:  # what is under way may still be taken back
            self._of = {}
            self._whole = None
            return _read(self._db)
        with snapshot(self._db):
            stamp = study.stamp(self._db)
            found = self._whole
            if found is None or stamp[0] != self._stamp[0]:
                last, touched = study.touched(self._db, None)
                found = _read(self._db)
            elif stamp != self._stamp:
                last, touched = study.touched(self._db, self._change)
                found = self._followed(found, touched)
            else:
                return found
        if found is not self._whole:
            self._whole, self._of = found, {}
        self._stamp, self._change = stamp, last
        return found

    def _followed(self, data: StudyData, touched: Mapping[str, frozenset[int]]) -> StudyData:
        """`data` with what was done since: the rows that were `touched`, by table."""
        parts = {name: read for name, (read, tables) in _PARTS.items() if tables & touched.keys()}
        few = touched.get("coding", frozenset()), touched.get("segment", frozenset())
        if "codings" in parts and len(few[0]) + len(few[1]) <= FEW:
            gone, there = codings.rows_of(self._db, *few)
            kept = [row for row in data.codings if row[0] not in gone]
            for row in there:
                insort(kept, row, key=_place)
            parts["codings"] = lambda _db: tuple(kept)
        return replace(data, **{name: read(self._db) for name, read in parts.items()}) if parts else data


def _read(db: Database) -> StudyData:
    return StudyData(**{name: read(db) for name, (read, _tables) in _PARTS.items()})


def _place(row: codings.Row) -> tuple[int, int, int]:
    """What codings are sorted by: source, start, end."""
    return row[1], row[2], row[3]
