"""The study as the functions that suggest get it: its talk, its words, and what was worked out of its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from cohesion_qda.analysis import parsing, pipelines, sentences
from cohesion_qda.analysis.parsing import Parsed
from cohesion_qda.analysis.pipelines import PipelineInfo
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.study import Talk

if TYPE_CHECKING:
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.sentences import Pieces


@dataclass(frozen=True, slots=True)
class Kept:
    """What was worked out of texts, by their hash, and by whom: the project keeps it, and gives it back the next time."""

    parse: Mapping[str, bytes] = field(default_factory=dict)
    vectors: Mapping[str, bytes] = field(default_factory=dict)
    parse_maker: str = ""
    vectors_maker: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A study that was listened to. `parsed` has what the pipeline `info` says of each text, by its hash; `pieces` has vectors,
    or is None in the second tier.
    """

    talk: Talk
    info: PipelineInfo
    words: Words
    parsed: Mapping[str, Parsed]
    pieces: Pieces | None


def hear(
    talk: Talk, kept: Kept | None = None, wish: str = "", job: Job | None = None, *, vectors: bool = True
) -> tuple[Heard, Kept]:
    """Listen to the talk with the pipeline wished for; and what is new, to be kept. Without `vectors` there are no pieces: what
    needs words alone does not wait for them.

    What is kept is taken where the same maker made it and it is whole; all else is made anew. Raises UserError and Cancelled.
    """
    from cohesion_qda.analysis.language import listened

    kept, job = kept or Kept(), job or Job()
    info = pipelines.choose(talk.wording.language, wish)
    talk = with_texts(talk)
    parsed, new = _parsed(talk, kept, info, job)
    words = listened(talk, parsed, info, job)
    pieces, encoded = with_vectors(talk, kept, info, job) if vectors else (None, Kept())
    return Heard(talk, info, words, parsed, pieces), replace(encoded, parse=new, parse_maker=parsing.maker(info))


def with_vectors(talk: Talk, kept: Kept, info: PipelineInfo, job: Job) -> tuple[Pieces | None, Kept]:
    """The pieces of a talk that has its texts, and the vectors of them that are new; None in the second tier."""
    maker = sentences.maker(info.language)
    known = kept.vectors if kept.vectors_maker == maker else {}
    pieces, new = sentences.pieces_of(talk.contents, talk.texts, known, info.language, job)
    return pieces, Kept(vectors=new, vectors_maker=maker)


def with_texts(talk: Talk) -> Talk:
    """The talk with the texts of its sources; where it was made without, they are laid out of what was said."""
    missing = [fact.id for fact in talk.sources if talk.contents.get(fact.id) not in talk.texts]
    if not missing:
        return talk
    contents, texts = dict(talk.contents), dict(talk.texts)
    said: dict[int, list[tuple[int, str]]] = {source: [] for source in missing}
    for u in talk.utterances:
        if u.source in said:
            said[u.source].append((u.span.start, u.text))
    for source in missing:
        text = _laid_out(said[source])
        contents[source] = sha256(text.encode()).hexdigest()
        texts[contents[source]] = text
    return replace(talk, contents=contents, texts=texts)


def _laid_out(said: list[tuple[int, str]]) -> str:
    parts, at = [], 0
    for start, text in sorted(said):
        if start >= at:
            parts.append("\n" * (start - at) + text)
            at = start + len(text)
    return "".join(parts)


def _parsed(talk: Talk, kept: Kept, info: PipelineInfo, job: Job) -> tuple[dict[str, Parsed], dict[str, bytes]]:
    """What the pipeline says of every text, and what of it is new."""
    found: dict[str, Parsed] = {}
    if kept.parse_maker == parsing.maker(info):
        for content, data in kept.parse.items():
            try:
                found[content] = Parsed.from_bytes(data, content)
            except (ValueError, KeyError, TypeError):  # damaged, or another text's: made anew
                continue
    wanted = set(talk.contents.values())
    new = parsing.parse(
        {content: text for content, text in talk.texts.items() if content in wanted and content not in found},
        info, job, found.values(),
    )  # fmt: skip
    for content, data in new.items():
        found[content] = Parsed.from_bytes(data, content)
    return {content: parsed for content, parsed in found.items() if content in wanted}, new
