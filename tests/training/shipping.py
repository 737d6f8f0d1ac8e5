"""From a trained pipeline to the files that ship: without what only training needs, with a list of them and their sha256."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

# Forms of talk that spaCy leaves whole, and what their parts stand for
_CUT = {"wanna": ("want", "to"), "outta": ("out", "of"), "lotta": ("lot", "of")}
# Words of British talk that the texts it was trained on hardly have: part of speech, lemma
_SAID = {
    "erm": ("INTJ", "erm"), "er": ("INTJ", "er"), "innit": ("INTJ", "innit"), "nah": ("INTJ", "nah"),
    "mm": ("INTJ", "mm"), "mmm": ("INTJ", "mmm"), "hiya": ("INTJ", "hiya"), "cos": ("SCONJ", "because"),
    "coz": ("SCONJ", "because"), "dunno": ("VERB", "know"), "coulda": ("AUX", "could"), "shoulda": ("AUX", "should"),
    "woulda": ("AUX", "would"), "sorta": ("ADV", "sorta"), "kinda": ("ADV", "kinda"), "wan": ("VERB", "want"),
    "quid": ("NOUN", "quid"), "telly": ("NOUN", "telly"), "mum": ("NOUN", "mum"), "mums": ("NOUN", "mum"),
}  # fmt: skip
_NOT_SHIPPED = ("paths", "system", "corpora", "training", "pretraining", "initialize")


def ship(trained: Path, out: Path, name: str, version: str) -> None:
    """Write the pipeline in `trained` to `out`, which is made anew: without the words of the texts it was trained on,
    without the settings of the training, and of its meta.json what loading reads.
    """
    from spacy.util import load_config, load_model_from_path

    nlp = load_model_from_path(trained)
    if "morphologizer" in nlp.pipe_names:
        teach_talk(nlp)
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out)
    write_json(out / "vocab" / "strings.json", _strings(nlp, out))
    config = load_config(out / "config.cfg", interpolate=False)
    for section in _NOT_SHIPPED:
        config.pop(section, None)
    config.to_disk(out / "config.cfg", interpolate=False)
    meta = {
        "lang": "en", "name": name, "version": version, "spacy_version": ">=3.8,<3.9", "license": "CC-BY-SA-4.0",
        "vectors": {"width": 0, "vectors": 0, "keys": 0, "name": None}, "labels": {}, "pipeline": list(nlp.pipe_names),
        "components": list(nlp.component_names), "disabled": [],
    }  # fmt: skip
    write_json(out / "meta.json", meta)


def teach_talk(nlp: Any) -> None:
    """Cut forms of talk in two, and let some words be what they nearly always are."""
    from spacy.attrs import NORM, ORTH

    for word, norms in _CUT.items():
        for written in (word, word.capitalize()):
            nlp.tokenizer.add_special_case(
                written, [{ORTH: written[:3], NORM: norms[0]}, {ORTH: written[3:], NORM: norms[1]}]
            )
    ruler = nlp.add_pipe("attribute_ruler")
    for word, (pos, lemma) in _SAID.items():
        ruler.add([[{"LOWER": word}]], {"POS": pos, "LEMMA": lemma})
    ruler.add([[{"LOWER": {"IN": ["out", "lot"]}}, {"LOWER": "ta"}]], {"POS": "ADP", "LEMMA": "of"}, index=1)


def _strings(nlp: Any, folder: Path) -> list[str]:
    """What the components say by number: their labels, and the beginnings and ends of words that lemmas are made with."""
    import srsly

    found = {
        label
        for name in nlp.pipe_names
        for label in getattr(nlp.get_pipe(name), "labels", ())
        if isinstance(label, str)
    }
    for trees in folder.glob("*/trees"):
        for tree in srsly.read_msgpack(trees)["trees"]:
            found |= {nlp.vocab.strings[tree[key]] for key in ("orig", "subst") if key in tree}
    return sorted(found)


def write_json(path: Path, document: Any) -> None:
    """One JSON document, readable and the same every time."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_manifest(folder: Path, version: str) -> None:
    """`manifest.json`: the version, and of every other file its size and sha256."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    write_json(
        folder / "manifest.json",
        {
            "version": version,
            "files": {
                p.relative_to(folder).as_posix(): {"bytes": p.stat().st_size, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()}
                for p in files
            },
        },
    )  # fmt: skip
