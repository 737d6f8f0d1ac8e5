"""Sentence vectors: what they are of, that they hang on nothing but the words, and that all goes on without them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis import sentences
from cohesion_qda.analysis.sentences import PIECE, Pieces, cut, embed, encode, pieces_of
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.base.resources import resource
from cohesion_qda.model.ids import SourceId

LIBRARY = "I really love our local library."
HEART = "The library is the heart of our community."
TAX = "Council tax went up again and what do we get for it?"


@pytest.fixture
def hidden(monkeypatch):
    monkeypatch.setattr(sentences, "FOLDER", "vectors/nowhere")


def test_what_is_about_the_same_lies_near():
    near, heart, far = encode([LIBRARY, HEART, TAX])
    assert np.allclose(np.linalg.norm([near, heart, far], axis=1), 1, atol=1e-5)
    assert near @ heart > 0.6 and near @ far < 0.3


def test_a_vector_hangs_on_its_own_words_alone():
    alone = encode([TAX])[0]
    assert (encode([LIBRARY, TAX, "No."])[1] == alone).all()
    together = embed({"a": f"{LIBRARY}\n{TAX}", "b": TAX})
    assert (Pieces.of({SourceId(1): "b"}, together).rows == Pieces.of({SourceId(1): "a"}, together).rows[1:]).all()


def test_every_line_has_a_piece_and_long_ones_are_cut_at_sentences():
    long = " ".join(f"This is sentence number {n} of a long turn." for n in range(40))
    text = f"{LIBRARY}\n\n(laughs)\nUm, er.\n{long}\n" + "word " * 200
    pieces = [(span.of(text), words) for span, words in cut(text)]
    assert pieces[0] == (LIBRARY, LIBRARY)
    assert all(words.endswith("turn.") for _said, words in pieces[1:-3])
    assert " ".join(words for _said, words in pieces[1:-3]) == long
    assert [len(words.split()) for _said, words in pieces[-3:]] == [66, 67, 67]
    assert [words for _span, words in cut("Um, I think, er, the bus (coughs) is late, erm.")] == [
        "I think, the bus is late,"
    ]


@given(st.text(alphabet="ab .?!\n(),\U0001f600é", max_size=400))
def test_pieces_lie_in_order_inside_lines_and_leave_out_no_letter(text):
    pieces = [span for span, _words in cut(text)]
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    assert all("\n" not in span.of(text) and len(span.of(text).split()) <= PIECE for span in pieces)
    inside = {n for span in pieces for n in range(span.start, span.end)}
    spoken = sentences.without_stage_notes(text)
    assert all(n in inside for n, letter in enumerate(spoken) if letter in "abé")


def test_lines_that_are_known_are_not_worked_out_again(monkeypatch):
    before = embed({"old": f"{LIBRARY}\n{TAX}"})
    asked = []
    monkeypatch.setattr(sentences, "encode", lambda texts, job=None: asked.extend(texts) or encode(texts, job))
    after = embed({"new": f"Hello there.\n{TAX}\n{LIBRARY}\n{TAX}"}, known=before.values())
    assert asked == ["Hello there."]
    old, new = Pieces.of({SourceId(1): "old"}, before), Pieces.of({SourceId(1): "new"}, after)
    assert (new.rows[[2, 1]] == old.rows).all() and (new.rows[1] == new.rows[3]).all()
    assert new.start.tolist() == [0, 13, 13 + len(TAX) + 1, 13 + len(TAX) + len(LIBRARY) + 2]
    assert np.abs((encode([TAX]) * new.vectors([1])).sum() - 1) < 1e-4


def test_what_was_kept_and_is_damaged_is_made_anew():
    contents, texts = {SourceId(3): "a", SourceId(4): "b"}, {"a": TAX, "b": LIBRARY}
    made = embed(texts)
    pieces, new = pieces_of(contents, texts, {"a": made["a"][:-1], "b": made["a"]}, "en", Job())
    assert new == made and pieces.source.tolist() == [3, 4]
    again, new = pieces_of(contents, texts, made, "en", Job())
    assert not new and (again.rows == pieces.rows).all()


def test_a_stretch_is_the_mean_of_its_pieces_by_how_much_of_each_it_has():
    text = f"{LIBRARY}\n{TAX}"
    pieces = Pieces.of({SourceId(7): "a"}, embed({"a": text}))
    first, second = pieces.vectors()
    at = len(LIBRARY) + 1
    found = pieces.of_stretches(np.array([7, 7, 7, 8]), np.array([2, 0, 0, 0]), np.array([9, at + 10, at - 1, 9]))
    assert np.allclose(found[0], first, atol=1e-5) and np.allclose(found[2], first, atol=1e-5)
    mean = first * len(LIBRARY) + second * 10
    assert np.allclose(found[1], mean / np.linalg.norm(mean), atol=1e-5)
    assert not found[3].any()


def test_without_the_file_the_second_tier_says_why(hidden):
    assert sentences.tier() == "words" and sentences.maker() == ""
    assert sentences.missing().startswith("The file of sentence vectors is not there.")
    assert embed({"a": TAX}) == {}
    assert pieces_of({SourceId(1): "a"}, {"a": TAX}, {}, "en", Job()) == (None, {})
    with pytest.raises(RuntimeError, match="not there"):
        encode([TAX])


def test_a_damaged_file_is_never_loaded(monkeypatch, tmp_path):
    for name in ("manifest.json", "tokenizer.json"):
        shutil.copy(resource("vectors/minilm") / name, tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"half of it")
    monkeypatch.setattr(sentences, "_folder", lambda: tmp_path)
    assert sentences.missing().startswith("The file of sentence vectors is damaged.")
    (tmp_path / "manifest.json").write_text("{")
    assert sentences.tier() == "words"
    (tmp_path / "manifest.json").unlink()
    assert sentences.tier() == "words"


def test_a_file_that_this_computer_cannot_run_is_given_up(monkeypatch, tmp_path):
    shutil.copy(resource("vectors/minilm") / "tokenizer.json", tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"of another kind of computer")
    files = {p.name: sentences.sha256(p.read_bytes()).hexdigest() for p in tmp_path.iterdir()}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": files}))
    monkeypatch.setattr(sentences, "_folder", lambda: tmp_path)
    assert sentences.tier() == "minilm"
    assert embed({"a": TAX}) == {}
    assert sentences.missing() == "This computer cannot run the sentence vectors."


def test_the_library_is_told_to_send_nothing_to_its_makers_before_it_is_used(monkeypatch):
    import onnxruntime

    done = []
    session = onnxruntime.InferenceSession
    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: done.append("quiet"))
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda *a, **k: done.append("used") or session(*a, **k))
    sentences._loaded.cache_clear()
    encode([TAX])
    assert done == ["quiet", "used"]


def test_another_language_and_missing_libraries_are_told(monkeypatch):
    assert sentences.tier("cy") == "words" and sentences.missing("cy") == "Sentence vectors know English only."
    monkeypatch.setattr(sentences, "_LIBRARIES", ("onnxruntime_that_is_not_there",))
    assert "not installed" in sentences.missing()


def test_it_can_be_stopped_and_says_where_it_is():
    told = []
    encode(["Yes."] * 3, Job(lambda done, total, what: told.append((done, total))))
    assert told[-1] == (3, 3)
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        embed({"a": TAX}, stopped)


def test_encoding_brings_nothing_that_could_connect():
    """`tokenizers` depends on a library that downloads: it is never imported."""
    code = (
        "import sys; from cohesion_qda.analysis.sentences import encode; encode(['Hello.']); "
        "print([n for n in ('huggingface_hub', 'requests', 'httpx', 'urllib3', 'torch', 'transformers') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
