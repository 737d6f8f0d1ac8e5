"""The command about the language of talk: what reads it, how well, and what is missing."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.base.settings import Settings
from cohesion_qda.cli.output import emit, line, note

if TYPE_CHECKING:
    from cohesion_qda.analysis.pipelines import PipelineInfo


def language(options: Namespace) -> int:
    """The pipelines are listed, with the one in use, its scores and what it lacks; one is taken in or chosen before."""
    from cohesion_qda.analysis import pipelines

    settings = Settings()
    if options.add is not None:
        note(_("Took in {name}.").format(name=pipelines.add(options.add).key))
    there = pipelines.available()
    if options.use is not None:
        _use(settings, options.use, there)
    used = pipelines.choose(options.of, settings["language_pipeline"])
    scores = pipelines.scores() if used.kind == "ours" else {}
    lacking = [*pipelines.missing(used), *([used.note] if used.note else [])]
    if options.json:
        emit(
            {
                "language": used.language, "used": _document(used), "missing": lacking, "scores": scores,
                "vectors": _tier(used.language), "pipelines": [_document(info) for info in there],
                "models": str(pipelines.models_folder()),
            }
        )  # fmt: skip
        return 0
    line(_("Used for “{language}”: {name}").format(language=used.language, name=used.key))
    for words in lacking or [_("Nothing is missing.")]:
        line(f"    {words}")
    if scores:
        _tell_scores(scores)
    line(_vectors_in_words(_tier(used.language)))
    line(_("There are:"))
    for info in there:
        line(f"    {info.key}: {_in_words(info)}")
    line(_("More can be taken in with --add, or put into {folder}.").format(folder=pipelines.models_folder()))
    return 0


def _use(settings: Settings, name: str, there: list[PipelineInfo]) -> None:
    known = {"", *(info.key for info in there), *(info.name for info in there)}
    if name not in known:
        raise NotFound(_("language pipeline"), name, sorted(info.key for info in there))
    settings["language_pipeline"] = name


def _document(info: PipelineInfo) -> dict[str, Any]:
    return {
        "key": info.key, "name": info.name, "version": info.version, "language": info.language, "kind": info.kind,
        "path": info.path, "has": sorted(info.has),
    }  # fmt: skip


def _tier(language: str) -> str:
    from cohesion_qda.analysis import sentences

    return sentences.tier(language)


def _in_words(info: PipelineInfo) -> str:
    return {
        "ours": _("ships with the program"),
        "installed": _("installed as a package"),
        "folder": _("in your folder for models"),
        "wheel": _("in your folder for models, as a wheel"),
    }.get(info.kind, info.kind)


def _vectors_in_words(tier: str) -> str:
    if tier == "minilm":
        return _("Sentence vectors: all-MiniLM-L6-v2.")
    return _("Sentence vectors: none. Suggestions are made from words alone.")


def _tell_scores(scores: Any) -> None:
    """The scores that have a bar, measured on spoken English that the pipeline was not trained on."""
    spoken = scores.get("spoken", {})
    line(_("    On spoken English that it has never seen, from raw text:"))
    for key, words in (
        ("part_of_speech", _("parts of speech right")),
        ("lemma", _("dictionary forms right")),
        ("attachment", _("grammar right (labelled attachment)")),
        ("noun_phrases", _("noun phrases of several words (F)")),
        ("names_recall", _("names of people and places found")),
        ("names_recall_review", _("names found in a review")),
        ("names_recall_small_letters", _("names found in text without capitals")),
    ):
        if key in spoken:
            line(f"        {spoken[key]:.3f}  {words}")
