"""What a pipeline says of a text, kept as bytes: every place is right, nothing foreign is trusted, lines are read once."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import talk

from cohesion_qda.analysis import parsing, pipelines
from cohesion_qda.analysis.heard import Kept, hear
from cohesion_qda.analysis.parsing import BEGINS, NAMES, UPOS, Parsed, evened, parse
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.text import canonical

BLANK = pipelines.blank("en")
LETTERS = "abc déÖ ß漢字 ਪੰਜਾਬੀ اردو 😀👩‍👩‍👧 -’'\n\t().,?x(laughs)"
TEXTS = st.one_of(st.text(LETTERS, max_size=80), st.text(max_size=60)).map(canonical)


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def parsed(text: str, info: pipelines.PipelineInfo = BLANK) -> Parsed:
    content = hash_of(text)
    return Parsed.from_bytes(parse({content: text}, info)[content], content)


@given(TEXTS)
def test_places_cut_the_very_words_out_of_the_text_in_any_script(text: str) -> None:
    found, even = parsed(text), evened(text)
    assert len(even) == len(text)
    lines = text.split("\n")
    begins = np.cumsum([0, *(len(line) + 1 for line in lines)])
    for n in range(len(found)):
        start, end = int(found.start[n]), int(found.end[n])
        assert found.forms[found.form[n]] == even[start:end]
        assert begins[found.line[n]] <= start < end <= begins[found.line[n] + 1] - 1
    assert (found.start[1:] >= found.end[:-1]).all(), "tokens do not overlap"
    held = {n for a, b in zip(found.start.tolist(), found.end.tolist(), strict=True) for n in range(a, b)}
    assert all(n in held or even[n].isspace() for n in range(len(even))), "nothing that was said is lost"


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_what_was_kept_is_what_was_worked_out(texts: list[str]) -> None:
    made = parse({hash_of(text): text for text in texts}, BLANK)
    for text in texts:
        content = hash_of(text)
        again = Parsed.from_bytes(made[content], content)
        assert again.to_bytes(content) == made[content]
        assert made[content] == parse({content: text}, BLANK)[content], "a text hangs on no other"


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_known_lines_are_taken_as_they_were(text: str, more: str, at: int) -> None:
    lines = text.split("\n")
    corrected = "\n".join([*lines[:at], more, *lines[at:]])
    content = hash_of(corrected)
    assert parse({content: corrected}, BLANK, known=[parsed(text)]) == parse({content: corrected}, BLANK)


def test_a_correction_reads_its_changed_lines_only(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The bus is late.\nThe library closed.\n\nWe walk."
    known = parsed(text)
    read: list[str] = []
    real = parsing._pieces
    monkeypatch.setattr(parsing, "_pieces", lambda line: read.append(line) or real(line))
    corrected = text.replace("closed", "shut")
    parse({"x": corrected}, BLANK, known=[known])
    assert read == ["The library shut."]
    read.clear()
    parse({"x": "One line.\nOne line.", "y": "One line."}, BLANK)
    assert read == ["One line."], "what is said twice is read once"


@pytest.mark.parametrize("harm", [b"", b"CQDA", b"\0" * 200])
def test_what_is_damaged_or_of_another_text_is_refused(harm: bytes) -> None:
    text = "The bus is late."
    data = parse({"one": text}, BLANK)["one"]
    for wrong in (harm, data[:-1], data[:40] + b"\1" + data[41:], data + b"x"):
        with pytest.raises(ValueError, match="damaged"):
            Parsed.from_bytes(wrong, "one")
    with pytest.raises(ValueError, match="another text"):
        Parsed.from_bytes(data, "two")


def test_what_cannot_be_trusted_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "choose", lambda language, *_more: BLANK)
    study = talk([("Ann", "The bus is late."), ("Bob", "The bus!")], [("Cat", "No bus, no library.")])
    heard, kept = hear(study, vectors=False)
    one, two = kept.parse
    assert hear(study, kept, vectors=False)[1].parse == {}
    for harmed in (
        replace(kept, parse={**kept.parse, one: b"rubbish"}),
        replace(kept, parse={one: kept.parse[two], two: kept.parse[two]}),
    ):
        again, fresh = hear(study, harmed, vectors=False)
        assert dict(fresh.parse) == {one: kept.parse[one]}
        assert again.words.terms == heard.words.terms
    assert dict(hear(study, replace(kept, parse_maker="other 1"), vectors=False)[1].parse) == dict(kept.parse)
    assert hear(study, Kept(), vectors=False)[1].parse_maker == parsing.maker(BLANK)


def test_the_parse_does_not_hang_on_who_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "choose", lambda language, *_more: BLANK)
    lines = [("Ann", "The bus is late."), ("Bob", "The library?")]
    one, kept = hear(talk(lines), vectors=False)
    other, fresh = hear(talk([("MOD", lines[0][1]), ("Cat", lines[1][1])]), kept, vectors=False)
    assert fresh.parse == {}
    assert one.words.terms == ("bus", "late", "library")
    assert other.words.terms == ("library",)


def test_a_job_that_is_stopped_stops_and_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    job = Job(lambda done, total, _what: told.append((done, total)))
    text = "\n".join(f"Line {n} of the talk." for n in range(300))
    parse({"x": text}, BLANK, job)
    assert told[-1][0] == told[-1][1] > 0
    job.cancel()
    with pytest.raises(Cancelled):
        parse({"x": text}, BLANK, job)


def test_hyphened_words_stay_whole_and_fillers_are_known() -> None:
    found = parsed("Well-being matters, you know - a drop-in. I kind of agree.")
    forms = [found.forms[n] for n in found.form]
    assert forms[:2] == ["Well-being", "matters"] and "drop-in" in forms
    assert {f for f, is_filler in zip(forms, found.filler, strict=True) if is_filler} == {"you", "know", "kind", "of"}
    assert found.opens.sum() == 2


def test_very_long_lines_are_read_in_pieces() -> None:
    text = "This is one sentence of a very long turn. " * 1200
    found = parsed(text)
    assert set(found.line.tolist()) == {0}
    assert found.opens.sum() == 1200
    assert found.end[-1] == len(text.rstrip())
    wall = parsed("x" * 45_000)
    assert (wall.end - wall.start).sum() == 45_000


def test_our_pipeline_tells_parts_of_speech_lemmas_and_names() -> None:
    info = pipelines.choose("en")
    if info.kind != "ours":
        pytest.skip("the weights are not there")
    found = parsed("The women from Huddersfield walked to the houses.", info)
    told = {
        found.forms[f]: (UPOS[p], found.lemmas[n], NAMES[name % BEGINS])
        for f, p, n, name in zip(found.form, found.pos, found.lemma, found.name, strict=True)
    }
    assert told["women"][:2] == ("NOUN", "woman")
    assert told["houses"][:2] == ("NOUN", "house")
    assert told["walked"][:2] == ("VERB", "walk")
    assert told["Huddersfield"][2] == "place"
