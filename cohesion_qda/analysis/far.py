"""Hearing a study that is larger than memory: its texts, their parse and their vectors go by, a batch at a time.

Workers read a batch of texts (`spread`); what they give back is put on a shelf, in a file. Then what was said is counted source by
source off the shelf, by the same functions that count a small study, so the result is the same. In memory stay numbers
alone: some for each word that was said, and the turns' places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cohesion_qda.analysis import deriving, parsing, pipelines, sentences
from cohesion_qda.analysis.heard import Heard, Kept
from cohesion_qda.analysis.parsing import Parsed
from cohesion_qda.analysis.pipelines import PipelineInfo
from cohesion_qda.analysis.sentences import Pieces
from cohesion_qda.analysis.shelf import Shelf
from cohesion_qda.analysis.spread import Workers
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.study import Talk


def hear(
    talk: Talk, kept: Kept, wish: str, spread: Workers, keep: Callable[[Kept], object], job: Job | None = None, *, vectors: bool
) -> Heard:  # fmt: skip
    """As `heard.hear`, the texts read by workers, none of them held longer than it is needed. `keep` gets what is new, a batch at a
    time. Raises UserError and Cancelled.
    """
    from cohesion_qda.analysis.language import listened

    job = job or Job()
    info = pipelines.choose(talk.wording.language, wish)
    kept = deriving.of_makers(kept, info)
    parse, encoded = Shelf(kept.parse), Shelf(kept.vectors)
    for fresh in spread.derived(talk.texts, kept, info, job, vectors=vectors):
        keep(fresh)
        for shelf, made in ((parse, fresh.parse), (encoded, fresh.vectors)):
            for content, data in made.items():
                shelf.put(content, data)
    parsed = Parses(parse, talk.texts, info)
    words = listened(talk, parsed, info, job)
    return Heard(talk, info, words, parsed, _pieces(talk, encoded, info) if vectors else None)


def _pieces(talk: Talk, encoded: Shelf, info: PipelineInfo) -> Pieces | None:
    """The pieces of all sources; None in the second tier, and where a worker could not run the network."""
    if sentences.missing(info.language) or any(content not in encoded for content in talk.contents.values()):
        return None
    try:
        return Pieces.on_disk(talk.contents, encoded)
    except ValueError:  # some that were kept are damaged
        for content in dict.fromkeys(talk.contents.values()):
            if not sentences.is_sound(content, encoded[content]):
                made = sentences.embed({content: talk.texts[content]})
                if not made:
                    return None
                encoded.put(content, made[content])
        return Pieces.on_disk(talk.contents, encoded)


class Parses(Mapping[str, Parsed]):
    """What the pipeline says of each text, read off a shelf when it is asked for; made anew where it is damaged."""

    def __init__(self, shelf: Shelf, texts: Mapping[str, str], info: PipelineInfo) -> None:
        self._shelf, self._texts, self._info = shelf, texts, info

    def __getitem__(self, content: str) -> Parsed:
        data = self._shelf[content]
        try:
            return Parsed.from_bytes(data, content)
        except (ValueError, KeyError, TypeError):
            made = parsing.parse({content: self._texts[content]}, self._info)[content]
            self._shelf.put(content, made)
            return Parsed.from_bytes(made, content)

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
