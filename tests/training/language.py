"""`python -m tests.training language OUT [--quick] [--part NAME]`: the English pipeline that ships in resources/language/en.

Trained from the shared data (see its README for where it is from), one thread, one seed: on one kind of processor
it gives the same weights every time. About half an hour; --quick takes two minutes and shows that everything works.
With --part only that part is trained (syntax, names, names_lower) and the rest is left to a later run without it.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.training import gazetteer, scores, shipping, talk

VERSION = "1.0"
SEED = 1
DICE = 6  # for the made sentences
HERE = Path(__file__).parent
# whether thinc's own BLIS multiplies (as when the weights that ship were trained) or numpy, which is faster
PARTS = {"syntax": True, "names": False, "names_lower": False}
QUICK = {"training.max_steps": 60, "training.eval_frequency": 30}


def shared_english() -> Path:
    """The folder of the material."""
    return Path(os.environ.get("COHESION_SHARED", ROOT.parent / "shared")) / "data" / "english"


def main(words: Sequence[str]) -> None:
    """Train what is asked for, and put the pipeline together when nothing is missing."""
    quick, rest = "--quick" in words, [word for word in words if word != "--quick"]
    asked = rest[rest.index("--part") + 1] if "--part" in rest else ""
    if not rest or (asked and asked not in PARTS):
        sys.exit("python -m tests.training language OUT [--quick] [--part syntax|names|names_lower]")
    out = Path(rest[0])
    work = out.with_name(out.name + ".work")
    work.mkdir(parents=True, exist_ok=True)
    for part in [asked] if asked else PARTS:
        if asked or not (work / part / "done").exists():
            train(part, work, quick)
    if not asked:
        put_together(work, out)


def train(part: str, work: Path, quick: bool = False) -> None:
    """Train one part; the best by the development texts is in `work/part/model-best`."""
    os.environ["OMP_NUM_THREADS"] = "1"
    from spacy.language import DEFAULT_CONFIG
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as run
    from spacy.util import fix_random_seed, load_config
    from thinc.api import use_ops

    shutil.rmtree(work / part, ignore_errors=True)
    (work / part).mkdir()
    data = work / f"{part}.spacy"
    material(part, data, 20 if quick else 1)
    paths = {"paths.train": str(data), "paths.dev": str(shared_english() / "gum_dev_spoken.spacy")}
    config = load_config(HERE / f"{part}.cfg", overrides=paths | (QUICK if quick else {}), interpolate=False)
    with use_ops("numpy", use_blis=PARTS[part]):
        fix_random_seed(SEED)
        run(init_nlp(DEFAULT_CONFIG.merge(config)), work / part, stdout=sys.stdout, stderr=sys.stderr)
    (work / part / "done").touch()


def material(part: str, path: Path, every: int = 1) -> None:
    """Write what a part is trained on, or every so many texts of it. What is for testing only is never among it."""
    import spacy
    from spacy.tokens import DocBin

    folder, nlp = shared_english(), spacy.blank("en")
    if part == "syntax":
        docs = [*scores.read(folder, "ewt_train"), *scores.read(folder, "gum_train_free")]
    else:
        dice = random.Random(DICE)
        docs = [*scores.read(folder, "ner_train"), *talk.made(nlp, _filler(dice), 60, dice)]
        if part == "names_lower":
            docs = list(talk.as_captions(docs, dice, bare=0.4))
    DocBin(docs=docs[::every]).to_disk(path)


def _filler(dice: random.Random) -> talk.Filler:
    """British names and towns come often, those of the rest of the world often enough."""
    first, last, towns = gazetteer.first_names, gazetteer.surnames, gazetteer.towns("GB", 5000)
    return talk.Filler(
        dice,
        firsts=first(("en_GB",)) * 6 + first(("en_US", "en_IN", "ga_IE", "en_NG")) * 2 + first(),
        lasts=last(("en_GB", "en_US")) * 3 + last(),
        towns=towns * 3 + gazetteer.large_towns(300_000),
        countries=gazetteer.countries(),
    )


def put_together(work: Path, out: Path) -> None:
    """The files that ship: weights, lists, licence, attribution, scores, and the list of them."""
    from cohesion_qda.analysis.pipelines import NAMES, WORDS, PipelineInfo

    out.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        shipping.ship(work / part / "model-best", out / part, f"cohesion_{part}", VERSION)
    folder = shared_english()
    annotated: list[Any] = [
        d for name in ("ewt_train", "gum_train_free", "ner_train") for d in scores.read(folder, name)
    ]
    (out / "lists").mkdir(exist_ok=True)
    for name, lines in gazetteer.lists(annotated).items():
        (out / "lists" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("LICENSE", "ATTRIBUTION.md"):
        shutil.copyfile(HERE / "shipped" / name, out / name)
    info = PipelineInfo(f"cohesion-en {VERSION}", "cohesion-en", VERSION, "en", "ours", str(out), WORDS | {NAMES})
    shipping.write_json(out / "scores.json", {"version": VERSION, **scores.measured(info, folder)})
    shipping.write_manifest(out, VERSION)
