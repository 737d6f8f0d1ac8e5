"""The command that tells what reads the language of the talk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.base.settings import Settings
from cohesion_qda.cli import main


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["language", "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    import spacy

    nlp = spacy.blank("xx", meta={"name": "mine", "version": "2"})
    nlp.add_pipe("attribute_ruler").add([[{"TEXT": "Haus"}]], {"POS": "NOUN"})
    nlp.to_disk(tmp_path / "mine")
    return tmp_path / "mine"


def test_ours_is_told_with_its_scores_and_the_vectors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["language"]) == 0
    told = capsys.readouterr().out
    assert "Used for “en”: cohesion-en " in told
    assert "Nothing is missing." in told
    assert "names of people and places found" in told and "parts of speech right" in told
    assert "Sentence vectors: " in told
    assert ": ships with the program" in told


def test_the_document_holds_what_is_used_what_is_missing_and_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys)
    assert found["used"]["name"] == "cohesion-en" and found["missing"] == []
    assert found["scores"]["spoken"]["lemma"] >= 0.98
    assert found["vectors"] in ("minilm", "words")
    assert found["used"] in found["pipelines"]


def test_welsh_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "--of", "cy")
    assert found["used"]["key"] == "blank-cy" and found["scores"] == {}
    assert len(found["missing"]) == 5
    assert main(["language", "--of", "cy"]) == 0
    told = capsys.readouterr().out
    assert "Words are brought together by look-up" in told and "Nothing is missing" not in told


def test_a_pipeline_is_taken_in_and_used(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["language", "--add", str(made), "--use", "xx_mine", "--of", "xx"]) == 0
    told = capsys.readouterr()
    assert told.err == "Took in xx_mine 2.\n"
    assert "Used for “xx”: xx_mine 2" in told.out and "xx_mine 2: in your folder for models" in told.out
    assert Settings()["language_pipeline"] == "xx_mine"
    assert main(["language", "--use", ""]) == 0
    assert Settings()["language_pipeline"] == ""


def test_one_that_is_gone_is_said_and_one_that_is_unknown_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Settings()["language_pipeline"] = "en_core_web_md"
    assert any("“en_core_web_md” is not there any more" in words for words in _json(capsys)["missing"])
    assert main(["language", "--use", "en_core_web_xx"]) == 1
    assert "There is no language pipeline “en_core_web_xx”." in capsys.readouterr().err
    assert main(["language", "--add", "nowhere.whl"]) == 1
    assert "There is no file or folder nowhere.whl." in capsys.readouterr().err
