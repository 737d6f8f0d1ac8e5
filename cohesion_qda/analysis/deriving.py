"""What is worked out of texts once and kept: their parse and their vectors, a few texts at a time.

What is done after each few texts is handed out at once, so that it is kept even where the rest is stopped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from cohesion_qda.analysis import parsing, sentences
from cohesion_qda.analysis.heard import Kept
from cohesion_qda.analysis.parsing import Parsed
from cohesion_qda.analysis.pipelines import PipelineInfo
from cohesion_qda.base.jobs import Job

BATCH = 20_000  # code points that are worked on together: a few seconds
PARSING = 0.2  # the share of the time that parsing takes where there are vectors, too


def derived(
    texts: Mapping[str, str], kept: Kept, info: PipelineInfo, job: Job | None = None, *, vectors: bool = True
) -> Iterator[Kept]:
    """What is still to be worked out of texts (by their hash), batch by batch, each as soon as it is done. Whole lines that
    are in what is kept, of these texts or of others, are not worked out again. Raises UserError and Cancelled.
    """
    job, kept = job or Job(), of_makers(kept, info)
    no_parse, no_vectors = missing(texts, kept, info, vectors=vectors)
    wanted = {content: text for content, text in texts.items() if content in no_parse | no_vectors}
    total, done = sum(map(len, wanted.values())), 0
    known = list(_parses(kept)) if no_parse else []
    for batch in batches(wanted, wanted, BATCH):
        long = sum(map(len, batch.values()))
        share = _Share(job, done / total, (done + long) / total)
        yield derive(
            {content: text for content, text in batch.items() if content in no_parse},
            {content: text for content, text in batch.items() if content in no_vectors},
            info, share, known, kept.vectors.values(),
        )  # fmt: skip
        done += long


def derive(
    to_parse: Mapping[str, str], to_encode: Mapping[str, str], info: PipelineInfo, job: Job | None = None,
    parses: Iterable[Parsed] = (), vectors: Iterable[bytes] = (),
) -> Kept:  # fmt: skip
    """The parses of some texts and the vectors of some; lines that are in `parses` and `vectors` are not worked out again."""
    job = job or Job()
    middle = 1.0 if not to_encode else PARSING if to_parse else 0.0
    return Kept(
        parsing.parse(to_parse, info, _Share(job, 0, middle), parses) if to_parse else {},
        sentences.embed(to_encode, _Share(job, middle, 1), vectors),
        parsing.maker(info), sentences.maker(info.language),
    )  # fmt: skip


def missing(
    texts: Iterable[str], kept: Kept, info: PipelineInfo, *, vectors: bool = True
) -> tuple[frozenset[str], frozenset[str]]:
    """The texts (by their hash) whose parse is to be worked out, and those whose vectors are; what is kept must be of the makers
    that would be asked now.
    """
    wanted = frozenset(texts)
    encodes = vectors and bool(sentences.maker(info.language))
    return wanted - kept.parse.keys(), wanted - kept.vectors.keys() if encodes else frozenset()


def batches(texts: Mapping[str, str], wanted: Collection[str], most: int) -> Iterator[dict[str, str]]:
    """The texts wanted in their order, as many together as have at most so many code points; none is read before its turn."""
    some: dict[str, str] = {}
    size = 0
    for content in texts:
        if content not in wanted:
            continue
        text = texts[content]
        if some and size + len(text) > most:
            yield some
            some, size = {}, 0
        some[content] = text
        size += len(text)
    if some:
        yield some


def of_makers(kept: Kept, info: PipelineInfo) -> Kept:
    """What is kept, without what others made than those that would be asked now."""
    makers = parsing.maker(info), sentences.maker(info.language)
    return Kept(
        kept.parse if kept.parse_maker == makers[0] else {},
        kept.vectors if kept.vectors_maker == makers[1] else {},
        *makers,
    )


def joined(kept: Kept, fresh: Kept) -> Kept:
    """Both together; where the makers differ, what is fresh alone."""
    parse_maker, vectors_maker = fresh.parse_maker or kept.parse_maker, fresh.vectors_maker or kept.vectors_maker
    return Kept(
        {**(kept.parse if kept.parse_maker == parse_maker else {}), **fresh.parse},
        {**(kept.vectors if kept.vectors_maker == vectors_maker else {}), **fresh.vectors},
        parse_maker, vectors_maker,
    )  # fmt: skip


def _parses(kept: Kept) -> Iterator[Parsed]:
    """What was kept and can be read."""
    for content, data in kept.parse.items():
        try:
            yield Parsed.from_bytes(data, content)
        except (ValueError, KeyError, TypeError):
            continue


class _Share(Job):
    """A stretch of a longer job, from `first` to `last` of the whole (0 to 1)."""

    def __init__(self, whole: Job, first: float, last: float) -> None:
        super().__init__()
        self._whole, self._first, self._long = whole, first, last - first

    @property
    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled

    def step(self, done: int, total: int, what: str = "") -> None:
        self._whole.step(
            round(1000 * (self._first + self._long * (min(1.0, done / total) if total else 0))), 1000, what
        )
