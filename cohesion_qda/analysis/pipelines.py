"""Which spaCy pipelines there are, which one reads a language, and what is missing where none does.

Ours for English ships with the program. A researcher's own - a package that is installed, or a folder or wheel in the
folder for models - is used when it is wished for. Of such data only the weights are read: no code of it is ever run.
Loading takes a second, and belongs on the worker process.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.base.resources import resource
from cohesion_qda.base.settings import config_folder

if TYPE_CHECKING:
    from spacy.language import Language

OURS = "cohesion-en"
WORDS = frozenset({"lemma", "pos", "parse"})
NAMES = "names"
# what each kind of component gives; any other is left out, and so are those that need what is left out
_GIVES = {
    "lemmatizer": "lemma", "trainable_lemmatizer": "lemma", "morphologizer": "pos", "attribute_ruler": "pos",
    "parser": "parse", "ner": NAMES,
}  # fmt: skip
_FOR_WORDS = frozenset({*_GIVES, "tok2vec", "tagger", "senter", "sentencizer"}) - {"ner"}
_NEED_MORE = frozenset({"ja", "ko", "th", "vi", "ru", "uk", "zh"})  # spaCy cuts or looks up these with other packages


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """One pipeline. `key` stands in what is derived with it: "cohesion-en 1.0", "en_core_web_sm 3.8.0", "blank-cy".

    `kind` is ours, installed, folder, wheel or blank; `has` some of lemma, pos, parse and names; `path` its folder or wheel,
    empty for a blank one. `note` is a sentence where another one was wished for than this.
    """

    key: str
    name: str
    version: str
    language: str
    kind: str
    path: str
    has: frozenset[str]
    note: str = ""


def models_folder() -> Path:
    """Where a researcher's own pipelines lie."""
    return config_folder() / "models"


def available(models: Path | None = None) -> list[PipelineInfo]:
    """Every pipeline there is: ours, installed packages, then the folders and wheels in `models` (by default the person's
    folder for models). What cannot be read there is passed over; of two with one key the first is given.
    """
    found: dict[str, PipelineInfo] = {}
    for info in (*_shipped(), *_installed(), *_kept(models or models_folder())):
        found.setdefault(info.key, info)
    return list(found.values())


def choose(language: str, wish: str = "", models: Path | None = None) -> PipelineInfo:
    """The pipeline for a language ("en", "en-GB", "cy"): the one wished for by its key or name where it is there and reads
    that language; else ours; else any that is there; else spaCy's blank one. `note` says when a wish could not be met.
    """
    code = language.lower().replace("_", "-").partition("-")[0] or "en"
    there = available(models)
    fitting = [info for info in there if info.language == code]
    best = fitting[0] if fitting else blank(code)
    if not wish or wish in (best.key, best.name):
        return best
    for info in fitting:
        if wish in (info.key, info.name):
            return info
    if any(wish in (info.key, info.name) for info in there):
        return best  # it is there, and for another language
    note = _("The language pipeline “{wish}” is not there any more; “{used}” is used instead.")
    return replace(best, note=note.format(wish=wish, used=best.key))


def blank(language: str) -> PipelineInfo:
    """The pipeline that has learned nothing: tokens, sentences by punctuation, lemmas by look-up where there is a list."""
    has = frozenset({"lemma"}) if _look_up(language) else frozenset[str]()
    return PipelineInfo(f"blank-{language}", f"blank-{language}", "", language, "blank", "", has)


def missing(info: PipelineInfo) -> list[str]:
    """What this pipeline does not give, in plain sentences; empty when it gives everything."""
    from cohesion_qda.analysis.noise import noise_of

    found = []
    if not noise_of(info.language).stop:
        found.append(
            _(
                "There is no list of words of grammar (the, and, of …) for this language: they are counted until you leave them out."
            )
        )
    if "lemma" not in info.has:
        found.append(_("Forms of one word (house, houses) are not brought together."))
    elif info.kind == "blank":
        found.append(_("Words are brought together by look-up, without looking at the sentence they stand in."))
    if "pos" not in info.has:
        found.append(_("Phrases are found by leaving out stop words, not by grammar."))
    if "parse" not in info.has:
        found.append(_("Sentences end at full stops, question marks and exclamation marks only."))
    if NAMES not in info.has:
        found.append(_("Names of people and places are found only where the lists of names have them."))
    return found


def load(info: PipelineInfo) -> Language:
    """The pipeline for words: tokens, sentences, and what it has of lemmas, parts of speech and parse; no names.
    Kept for the life of the process. Raises UserError when its data cannot be read.
    """
    return _loaded(replace(info, note=""), "words")


def load_names(info: PipelineInfo, *, lower: bool = False) -> Language | None:
    """The pipeline that marks names, or None when there is none; `lower` asks for the one for text without capitals."""
    return _loaded(replace(info, note=""), "names_lower" if lower else NAMES) if NAMES in info.has else None


def scores() -> Mapping[str, Any]:
    """What our pipeline reached when it was made, measure by measure; empty when it is not there."""
    try:
        found: dict[str, Any] = json.loads(resource("language/en/scores.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


@lru_cache(maxsize=6)
def _loaded(info: PipelineInfo, part: str) -> Language:
    if info.kind == "blank":
        return _blank(info.language)
    from cohesion_qda.analysis.pipeline_data import opened, unpacked

    if info.kind == "ours":
        return opened(Path(info.path) / ("syntax" if part == "words" else part), None)
    folder = unpacked(Path(info.path)) if info.kind == "wheel" else Path(info.path)
    return opened(folder, _FOR_WORDS if part == "words" else frozenset({"tok2vec", "ner"}))


def _blank(language: str) -> Language:
    import spacy

    try:
        nlp = spacy.blank("xx" if language in _NEED_MORE else language)
    except ImportError:  # a language that spaCy does not know
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    if _look_up(language):
        _register_look_up()
        nlp.add_pipe("cohesion_look_up", config={"language": language})
    return nlp


def _register_look_up() -> None:
    """Teach spaCy the component that looks lemmas up."""
    from simplemma import lemmatize
    from spacy.language import Language

    if Language.has_factory("cohesion_look_up"):
        return

    @Language.factory("cohesion_look_up", default_config={"language": "en"})
    def made(nlp: Any, name: str, language: str) -> Any:
        def look_up(doc: Any) -> Any:
            for token in doc:
                token.lemma_ = lemmatize(token.text, lang=language).lower() if token.is_alpha else token.lower_
            return doc

        return look_up


@lru_cache(maxsize=64)
def _look_up(language: str) -> bool:
    """Whether there is a list of lemmas for a language."""
    from importlib.util import find_spec

    spec = find_spec("simplemma")
    if spec is None or spec.origin is None:
        return False
    return (Path(spec.origin).parent / f"strategies/dictionaries/data/{language}.plzma").is_file()


def _shipped() -> Iterator[PipelineInfo]:
    try:
        folder = resource("language/en")
        version = str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return
    has = WORDS | ({NAMES} if (folder / NAMES).is_dir() else set())
    yield PipelineInfo(f"{OURS} {version}", OURS, version, "en", "ours", str(folder), frozenset(has))


def _installed() -> Iterator[PipelineInfo]:
    """The packages that say they are spaCy's models; none of them is imported."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for point in sorted(entry_points(group="spacy_models"), key=lambda p: p.name):
        try:
            spec = find_spec(point.name)
        except (ImportError, ValueError):
            continue
        for place in spec.submodule_search_locations or () if spec else ():
            for meta in sorted(Path(place).glob("*/meta.json")):
                yield from described(meta.parent, "installed")


def _kept(models: Path) -> Iterator[PipelineInfo]:
    try:
        entries = sorted(models.iterdir())
    except OSError:
        return
    from cohesion_qda.analysis.pipeline_data import wheel_meta

    for entry in entries:
        if entry.is_dir() and (entry / "config.cfg").is_file():
            yield from described(entry, "folder")
    for entry in entries:
        if entry.suffix == ".whl" and (meta := wheel_meta(entry)) is not None:
            yield from _told(meta, "wheel", entry)


def described(folder: Path, kind: str) -> Iterator[PipelineInfo]:
    """The pipeline in a folder, as its meta.json tells of it; nothing where that cannot be read."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    yield from _told(meta, kind, folder)


def _told(meta: Any, kind: str, path: Path) -> Iterator[PipelineInfo]:
    if not isinstance(meta, dict) or not all(isinstance(meta.get(key), str) for key in ("lang", "name", "version")):
        return
    pipes = [str(pipe) for pipe in meta.get("pipeline") or meta.get("components") or ()]
    name = f"{meta['lang']}_{meta['name']}"
    has = frozenset(_GIVES[pipe] for pipe in pipes if pipe in _GIVES)
    yield PipelineInfo(f"{name} {meta['version']}", name, meta["version"], meta["lang"], kind, str(path), has)


def add(path: Path, models: Path | None = None) -> PipelineInfo:
    """Take in a wheel or folder that the researcher has: it is checked, copied into the folder for models, and read once.
    Nothing of it is kept when it cannot be used. Raises UserError, which says why.
    """
    from cohesion_qda.analysis.pipeline_data import taken_in

    folder = taken_in(path, models or models_folder())
    for info in described(folder, "folder"):
        return info
    raise UserError(_("{name} holds no language pipeline.").format(name=path.name))
