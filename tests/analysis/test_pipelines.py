"""Which pipeline reads the talk, what ours makes of it, and what is said of wheels and folders that cannot be used."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.analysis import pipeline_data, pipelines
from cohesion_qda.analysis.pipelines import PipelineInfo, add, available, choose, load, missing
from cohesion_qda.base.errors import CannotWrite, UserError
from cohesion_qda.base.resources import resource
from tests.conftest import ROOT, shared_data
from tests.training.scores import BARS, megabytes


@pytest.fixture(scope="module")
def ours() -> PipelineInfo:
    return choose("en")


@pytest.fixture(scope="module")
def reads(ours: PipelineInfo) -> Callable[[str], list[Any]]:
    nlp = load(ours)
    return lambda text: list(nlp(text))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder of a pipeline that somebody made: it says of every word "Haus" that it is a noun."""
    import spacy

    nlp = spacy.blank("de", meta={"name": "made", "version": "1.2.0"})
    nlp.add_pipe("attribute_ruler").add([[{"TEXT": "Haus"}]], {"POS": "NOUN"})
    nlp.to_disk(tmp_path / "made")
    return tmp_path / "made"


@pytest.fixture
def wheel(made: Path, tmp_path: Path) -> Path:
    """The same as a wheel, with code that says so when it runs."""
    return _wheel(
        made, tmp_path / "de_made-1.2.0-py3-none-any.whl", {"de_made/de_made-1.2.0/late.py": "raise SystemExit"}
    )


def _wheel(
    folder: Path, path: Path, more: dict[str, str | bytes] | None = None, within: str = "de_made/de_made-1.2.0/"
) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("de_made/__init__.py", "raise SystemExit('code of the wheel ran')")
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, within + file.relative_to(folder).as_posix())
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return path


def models() -> Path:
    return Path(os.environ["COHESION_QDA_CONFIG"]) / "models"


# -- ours --------------------------------------------------------------------------------------------------------------


def test_ours_reads_english_and_nothing_is_missing(ours: PipelineInfo) -> None:
    assert (ours.kind, ours.name, ours.note) == ("ours", "cohesion-en", "")
    assert ours.key == f"cohesion-en {ours.version}"
    assert ours.has == {"lemma", "pos", "parse", "names"}
    assert missing(ours) == []
    assert choose("en-GB") == choose("EN_us") == choose("en", "cohesion-en") == ours


@pytest.mark.parametrize(
    ("said", "lemmas"),
    [
        ("The buses were running late again.", "the bus be run late again ."),
        ("um I dunno, the kids haven't gotten anywhere to go", "um I know , the kid have not get anywhere to go"),
        ("they closed two libraries and the women's centre", "they close two library and the woman 's centre"),
    ],
)
def test_words_of_talk_have_their_dictionary_forms(reads: Callable[[str], list[Any]], said: str, lemmas: str) -> None:
    assert " ".join(token.lemma_ for token in reads(said)) == lemmas


def test_parts_of_speech_and_who_does_what(reads: Callable[[str], list[Any]]) -> None:
    words = {token.text: token for token in reads("Yeah, the young people really need a decent youth club.")}
    assert [words[w].pos_ for w in ("Yeah", "young", "people", "need", "club")] == [
        "INTJ",
        "ADJ",
        "NOUN",
        "VERB",
        "NOUN",
    ]
    assert words["people"].head.text == words["club"].head.text == "need"
    assert (words["people"].dep_, words["club"].dep_) == ("nsubj", "obj")


def test_sentences_are_cut(reads: Callable[[str], list[Any]]) -> None:
    starts = [token.text for token in reads("I moved here. Nobody knew me! Why would they?") if token.is_sent_start]
    assert starts == ["I", "Nobody", "Why"]


def test_every_file_that_ships_is_as_it_was_made() -> None:
    folder = resource("language/en")
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    files.pop("manifest.json")
    assert set(files) == set(told["files"])
    for name, data in files.items():
        assert hashlib.sha256(data).hexdigest() == told["files"][name]["sha256"], name
    assert {"LICENSE", "ATTRIBUTION.md", "scores.json"} <= set(files)
    assert b"CC BY-SA 4.0" in files["LICENSE"]


def test_the_scores_that_ship_meet_the_bars(ours: PipelineInfo) -> None:
    scores = pipelines.scores()
    assert scores["version"] == ours.version
    assert {key: value for key, value in scores["spoken"].items() if value < BARS[key]} == {}
    assert megabytes(resource("language/en")) <= BARS["megabytes"]


@pytest.mark.campaign
def test_the_scores_that_ship_are_measured_again(ours: PipelineInfo) -> None:
    from tests.training.scores import measured

    again = measured(ours, shared_data() / "english")
    for part in ("spoken", "web"):
        assert again[part] == pytest.approx(pipelines.scores()[part], abs=0.002)


def test_the_training_names_no_address_and_trains_on_no_test() -> None:
    for file in (ROOT / "tests" / "training").glob("*.cfg"):
        assert "http" not in file.read_text(encoding="utf-8")
    from tests.training import language

    source = Path(language.__file__).read_text(encoding="utf-8")
    assert "spoken" not in source.partition("def material")[2].partition("\ndef ")[0]


# -- other languages, and what others made -----------------------------------------------------------------------------


def test_welsh_is_read_without_grammar_and_that_is_said() -> None:
    info = choose("cy")
    assert (info.key, info.kind, info.has) == ("blank-cy", "blank", {"lemma"})
    doc = load(info)("Mae'r plant yn y tai. Roedd hi'n oer.")
    assert {"plentyn", "tŷ"} <= {token.lemma_ for token in doc}
    assert len(list(doc.sents)) == 2
    said = " ".join(missing(info))
    assert "by look-up" in said and "not by grammar" in said and "only where the lists of names have them" in said


@pytest.mark.parametrize("language", ["ja", "zh", "th", "ko", "vi", "ru", "tlh"])
def test_every_other_language_can_at_least_be_cut_into_words(language: str) -> None:
    info = choose(language)
    assert info.kind == "blank"
    assert len(load(info)("Ena dva tri. Stiri.")) == 6
    assert ("lemma" in info.has) == (language == "ru")
    if language != "ru":
        assert any("Forms of one word" in said for said in missing(info))


def test_a_wish_that_is_gone_falls_back_and_says_so(ours: PipelineInfo) -> None:
    info = choose("en", "en_core_web_lg 3.8.0")
    assert info.key == ours.key
    assert info.note == (
        f"The language pipeline “en_core_web_lg 3.8.0” is not there any more; “{ours.key}” is used instead."
    )
    assert load(info) is load(ours)


@pytest.mark.parametrize("kind", ["wheel", "folder"])
def test_one_that_the_researcher_has_is_taken_in_and_used(wheel: Path, made: Path, kind: str) -> None:
    assert choose("de").kind == "blank"
    info = add(wheel if kind == "wheel" else made.parent)  # the folder around it does as well
    assert (info.key, info.kind, info.language, info.has) == ("de_made 1.2.0", "folder", "de", {"pos"})
    assert info in available()
    assert choose("de", "de_made") == choose("de", "de_made 1.2.0") == choose("de") == info
    assert choose("en", "de_made").kind == "ours" and choose("en", "de_made").note == ""
    assert [token.pos_ for token in load(info)("Das Haus")] == ["", "NOUN"]
    assert not list(models().rglob("*.py"))
    assert add(wheel) == info  # again: it takes the place of the first
    assert [entry.name for entry in models().iterdir()] == ["de_made-1.2.0"]


def test_a_wheel_put_into_the_folder_is_found_and_unpacked_when_it_is_used(wheel: Path) -> None:
    models().mkdir()
    there = wheel.rename(models() / wheel.name)
    (models() / "other.whl").write_text("no wheel")
    info = choose("de", "de_made")
    assert (info.kind, info.path) == ("wheel", str(there))
    assert load(info)("Haus")[0].pos_ == "NOUN"
    assert choose("de").kind == "folder"
    assert pipeline_data.unpacked(there) == models() / "de_made-1.2.0"


def test_an_installed_package_is_found_and_not_imported(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    (site / "de_made").mkdir(parents=True)
    (site / "de_made" / "__init__.py").write_text("raise SystemExit('imported')")
    made.rename(site / "de_made" / "de_made-1.2.0")
    about = site / "de_made-1.2.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: de_made\nVersion: 1.2.0\n")
    (about / "entry_points.txt").write_text("[spacy_models]\nde_made = de_made\ngone_made = gone_made\n")
    monkeypatch.syspath_prepend(str(site))
    info = choose("de")
    assert (info.key, info.kind) == ("de_made 1.2.0", "installed")
    assert load(info)("Haus")[0].pos_ == "NOUN"


# -- what cannot be used -----------------------------------------------------------------------------------------------


def _refused(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        add(path)
    assert not models().exists() or not list(models().iterdir())
    return str(refused.value)


def test_what_is_no_pipeline_is_refused_with_a_sentence(tmp_path: Path) -> None:
    assert "There is no file or folder" in _refused(tmp_path / "gone.whl")
    (tmp_path / "notes.txt").write_text("x")
    assert _refused(tmp_path / "notes.txt").startswith("notes.txt is neither a folder nor a wheel")
    (tmp_path / "empty").mkdir()
    assert "empty holds no language pipeline." in _refused(tmp_path / "empty")
    (tmp_path / "broken.whl").write_text("PK no zip")
    assert "cannot be read: it is damaged" in _refused(tmp_path / "broken.whl")
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("other/__init__.py", "")
    assert "other.whl holds no language pipeline." in _refused(tmp_path / "other.whl")


def test_a_damaged_wheel_is_refused(wheel: Path) -> None:
    data = bytearray(wheel.read_bytes())
    at = data.index(b"[nlp]")
    data[at : at + 5] = b"[xxx]"
    wheel.write_bytes(data)
    assert "cannot be read" in _refused(wheel)


def test_no_file_is_written_outside(made: Path, tmp_path: Path) -> None:
    for n, name in enumerate(("../../../evil.txt", "a//b", "c:\\evil.txt", "a/..")):
        bad = _wheel(made, tmp_path / f"{n}.whl", {f"de_made/de_made-1.2.0/{name}": "x"})
        assert f"{n}.whl is built in a way that no language pipeline is" in _refused(bad)
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.parametrize("version", ["../../x", "1 2", "x" * 101])
def test_a_name_that_leads_elsewhere_is_refused(made: Path, version: str) -> None:
    meta = json.loads((made / "meta.json").read_text())
    (made / "meta.json").write_text(json.dumps(meta | {"version": version}))
    assert "is built in a way that no language pipeline is" in _refused(made)


@pytest.mark.parametrize("limit", ["BYTES_LIMIT", "FILES_LIMIT"])
def test_what_is_too_large_is_refused(wheel: Path, made: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(pipeline_data, limit, 1)
    assert "is larger than a language pipeline can be" in _refused(wheel)
    assert "is larger than a language pipeline can be" in _refused(made)


def test_sizes_that_the_archive_lies_about_do_not_help(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline_data, "_wanted", lambda archive, prefix, path: [
        info for info in archive.infolist() if info.filename.startswith(prefix)])  # fmt: skip
    monkeypatch.setattr(pipeline_data, "BYTES_LIMIT", 100)
    assert "is larger than a language pipeline can be" in _refused(wheel)


def test_links_out_of_the_folder_are_not_followed(made: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (made / "link").symlink_to(tmp_path / "secret")
    assert not (Path(add(made).path) / "link").exists()


@pytest.mark.parametrize(
    ("old", "new", "needed"),
    [
        ('factory = "attribute_ruler"', 'factory = "transformer"', "no part that gives lemmas"),
        ('@tokenizers = "spacy.Tokenizer.v1"', '@tokenizers = "mine.Tokenizer"', "needs “mine.Tokenizer”"),
        ('lang = "de"', 'lang = "qqq"', "cannot be read"),
        ("[components", "[compon", "cannot be read"),
    ],
)
def test_functions_that_spacy_does_not_bring_are_refused(made: Path, old: str, new: str, needed: str) -> None:
    config = made / "config.cfg"
    text = config.read_text()
    assert old in text
    config.write_text(text.replace(old, new))
    if "transformer" in new:
        meta = json.loads((made / "meta.json").read_text())
        (made / "meta.json").write_text(json.dumps(meta | {"pipeline": ["transformer"], "components": []}))
    assert needed in _refused(made)


@pytest.mark.parametrize("parts", ["[components]\nner = 3\n", "[components]\n\n[components.ner]\nfactory = 3\n"])
def test_parts_that_are_no_sections_are_refused(made: Path, parts: str) -> None:
    (made / "config.cfg").write_text(f'[nlp]\nlang = "de"\npipeline = ["ner"]\n\n{parts}')
    meta = json.loads((made / "meta.json").read_text())
    (made / "meta.json").write_text(json.dumps(meta | {"pipeline": ["ner"]}))
    _refused(made)


def test_of_a_folder_files_are_counted(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(30):
        (made / f"{n}.txt").write_text("")
    monkeypatch.setattr(pipeline_data, "FILES_LIMIT", 30)
    assert "is larger than a language pipeline can be" in _refused(made)


@pytest.mark.parametrize("meta", ["[]", "{", '{"lang": "de", "name": "made", "version": "1", "pipeline": []}'])
def test_a_pipeline_that_says_nothing_of_itself_is_refused(made: Path, meta: str) -> None:
    (made / "meta.json").write_text(meta)
    _refused(made)


def test_weights_that_are_none_are_refused(made: Path) -> None:
    (made / "attribute_ruler" / "patterns").write_bytes(b"\x00\xff")
    assert "made for another version of spaCy" in _refused(made)


def test_a_folder_that_cannot_be_written_to_is_said(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_details: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline_data.shutil, "copyfile", full)
    with pytest.raises(CannotWrite, match="could not be copied into"):
        add(made)


def test_one_that_was_spoilt_after_it_was_taken_in_says_so_when_it_is_used(made: Path) -> None:
    info = add(made)
    (Path(info.path) / "attribute_ruler" / "patterns").write_bytes(b"\x00\xff")
    with pytest.raises(UserError, match="cannot be read"):
        load(info)
    (Path(info.path) / "meta.json").unlink()
    assert choose("de").kind == "blank"


def test_the_rules_of_a_language_cut_its_words_where_there_are_some() -> None:
    assert [token.text for token in load(pipelines.blank("en"))("I'm here")] == ["I", "'m", "here"]
    assert [token.lemma_ for token in load(pipelines.blank("de"))("Die Häuser stehen")] == ["der", "haus", "stehen"]
