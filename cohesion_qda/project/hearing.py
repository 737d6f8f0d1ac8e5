"""The study's talk as the functions that suggest get it, and what was worked out of its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cohesion_qda.base.jobs import Job
from cohesion_qda.base.settings import REGISTER, Settings
from cohesion_qda.model.study import Talk
from cohesion_qda.project.session import Session
from cohesion_qda.store import derived, study

if TYPE_CHECKING:
    from cohesion_qda.analysis.heard import Heard, Kept
    from cohesion_qda.analysis.spread import Workers
    from cohesion_qda.project.tables import Tables
    from cohesion_qda.store.connection import Database


class ToHear(NamedTuple):
    """All that is needed to hear a study; `stamp` is another one as soon as any of it is."""

    stamp: str
    talk: Talk
    kept: Kept
    wish: str


class Hearing:
    """Keeps the study that was heard last, and what is worked out of texts in the project."""

    def __init__(self, session: Session, tables: Tables) -> None:
        self._s = session
        self._tables = tables
        self._heard: tuple[str, bool, Heard] | None = None
        self._far: tuple[bool, int, Heard] | None = None  # with vectors; the last row of the journal in it
        self.keeps = True  # whether what workers worked out is kept in the project
        self.spread: Workers | None = None  # the workers that texts are given to, where it is not this process alone

    def talk(self) -> Talk:
        """All the talk; the same object until any of it changes. While workers read it, the one that they read."""
        return self._tables.talk() if self.spread is None or self._far is None else self._far[2].talk

    def stamp(self) -> str:
        """Another one as soon as the talk, or what it would be heard with, is another."""
        from cohesion_qda.analysis import sentences

        talk = self._tables.talk()
        parts = talk.stamp, pipeline_wish(), sentences.maker(talk.wording.language)
        return sha256(repr(parts).encode()).hexdigest()

    def to_hear(self, *, vectors: bool) -> ToHear:
        """What hearing needs, with what is kept."""
        return ToHear(self.stamp(), self._tables.talk(), self.kept(vectors=vectors), pipeline_wish())

    def kept(self, *, vectors: bool) -> Kept:
        """What was worked out of texts before; vectors where they are asked for."""
        from cohesion_qda.analysis.heard import Kept

        makers = makers_of(self._tables.talk().wording.language)
        parse = derived.all_of(self._s.db, "parse", makers["parse"])[1]
        found = derived.all_of(self._s.db, "vectors", makers["vectors"])[1] if vectors else {}
        return Kept(parse, found, makers["parse"], makers["vectors"] if vectors else "")

    def keep(self, fresh: Kept) -> bool:
        """Keep what was worked out. False, and nothing kept, where the project is only read."""
        if self._s.read_only:
            return False
        for kind, maker, made in (
            ("parse", fresh.parse_maker, fresh.parse),
            ("vectors", fresh.vectors_maker, fresh.vectors),
        ):
            if made:
                derived.keep(self._s.db, kind, maker, made)
        return True

    def is_ready(self, *, vectors: bool) -> bool:
        """Whether of every text all that hearing needs is kept."""
        return self.has_all(makers_of(self._tables.talk().wording.language), vectors=vectors)

    def has_all(self, makers: Mapping[str, str], *, vectors: bool) -> bool:
        """The same for makers that are known (`makers_of`); it reads no text and asks for no library."""
        kinds = [kind for kind, maker in makers.items() if maker and (vectors or kind != "vectors")]
        return all(not derived.missing(self._s.db, kind, makers[kind]) for kind in kinds)

    def heard(self, job: Job | None = None, *, vectors: bool = True) -> Heard:
        """The study, heard in this process and kept until it changes. Raises UserError and Cancelled."""
        from cohesion_qda.analysis import heard, pipelines
        from cohesion_qda.analysis.deriving import derived as here
        from cohesion_qda.analysis.deriving import joined

        if self.spread is not None:
            return self._heard_far(self.spread, job, vectors=vectors)
        stamp, talk, kept, wish = self.to_hear(vectors=vectors)
        if self._heard is not None and self._heard[0] == stamp and self._heard[1] >= vectors:
            return self._heard[2]
        job, talk = job or Job(), heard.with_texts(talk)
        info = pipelines.choose(talk.wording.language, wish)
        for fresh in here(talk.texts, kept, info, job, vectors=vectors):
            kept = joined(kept, fresh)
            self.keep(fresh)
        found, mended = heard.hear(talk, kept, wish, job, vectors=vectors)
        self.keep(mended)
        self._heard = stamp, vectors, found
        return found

    def _heard_far(self, spread: Workers, job: Job | None, *, vectors: bool) -> Heard:
        """The same with texts read by workers; neither they nor what was worked out of them is held in memory."""
        from cohesion_qda.analysis.far import hear
        from cohesion_qda.analysis.heard import Kept

        db, far = self._s.db, self._far
        change, touched = study.touched(db, None if far is None else far[1])
        if far is None or far[0] < vectors or self._tables.is_other(far[2].talk, touched):
            talk = self._tables.far_talk()
            makers = makers_of(talk.wording.language)
            kept = Kept(
                _Stored(db, "parse", makers["parse"]), _Stored(db, "vectors", makers["vectors"]),
                makers["parse"], makers["vectors"],
            )  # fmt: skip
            keep = self.keep if self.keeps else _let_go
            heard = hear(talk, kept, pipeline_wish(), spread, keep, job, vectors=vectors)
            self._far = far = vectors, change, heard
        return far[2]


def _let_go(_fresh: Kept) -> None:
    """It is not kept."""


class _Stored(Mapping[str, bytes]):
    """What was kept in the project when this was made, by the hash of its text; read when it is asked for."""

    def __init__(self, db: Database, kind: str, maker: str) -> None:
        self._db, self._kind, self._maker = db, kind, maker
        self._hashes = dict.fromkeys(derived.hashes(db, kind, maker)) if maker else {}

    def __getitem__(self, content: str) -> bytes:
        return derived.one(self._db, self._kind, self._maker, content)

    def __iter__(self) -> Iterator[str]:
        return iter(self._hashes)

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, content: object) -> bool:
        return content in self._hashes


def makers_of(language: str) -> dict[str, str]:
    """Who would work out each kind now, for talk of a language; no name where there is nobody. It may read files."""
    from cohesion_qda.analysis import parsing, pipelines, sentences

    parse = parsing.maker(pipelines.choose(language, pipeline_wish()))
    return {"parse": parse, "vectors": sentences.maker(language)}


def pipeline_wish() -> str:
    """The language pipeline that the person chose; empty for the program's own choice."""
    return str(Settings()["language_pipeline"]) if "language_pipeline" in REGISTER else ""
