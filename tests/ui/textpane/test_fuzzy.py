"""Finding codes from a few letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.textpane.fuzzy import best_letters, fit, matches, same_name

NAMES = ["Learning together", "Language barriers", "Social media rumours", "Buses and getting about", "Café culture"]
TREE = CodeTree(
    [Code(CodeId(1), None, "What unites", "", is_question=True)]
    + [Code(CodeId(i + 2), CodeId(1), name, "navy", position=i) for i, name in enumerate(NAMES)]
    + [Code(CodeId(9), CodeId(1), "Closing", "navy", "Places that shut, such as the library.", position=9)]
)


def names(typed: str, recent: list[int] | None = None) -> list[str]:
    return [m.code.name for m in matches(TREE, typed, [CodeId(r) for r in recent or []])]


def test_the_words_that_begin_so_come_first() -> None:
    assert names("lear")[:2] == ["Learning together", "Language barriers"]
    assert matches(TREE, "lear")[0].letters == (0, 1, 2, 3)


def test_initials_find_a_code() -> None:
    assert names("bga")[0] == "Buses and getting about"
    assert names("smr") == ["Social media rumours"]


def test_whatever_has_a_name_is_found_as_a_code_is() -> None:
    for typed in ("lear", "bga", "smr", "cafe", "e", "o m", "xyzzy"):
        found = [(name, score) for name in [*NAMES, "Closing"] if (score := fit(name, typed)) is not None]
        best = sorted(found, key=lambda pair: (-pair[1], len(pair[0])))
        assert [name for name, _score in best] == names(typed), typed


def test_what_is_used_more_comes_first_among_those_that_fit_alike() -> None:
    assert [m.code.id for m in matches(TREE, "", uses={CodeId(5): 3, CodeId(4): 7})][:2] == [4, 5]
    assert [m.code.name for m in matches(TREE, "unites", among=TREE)] == ["What unites"]


def test_accents_and_case_do_not_matter() -> None:
    assert names("CAFE") == ["Café culture"]


def test_a_word_of_the_definition_finds_a_code_after_the_names() -> None:
    assert names("library") == ["Closing"]


def test_nothing_typed_shows_the_recent_ones_first_and_no_question() -> None:
    assert names("", [4, 3])[:2] == ["Social media rumours", "Language barriers"]
    assert "What unites" not in names("")


def test_nothing_fits() -> None:
    assert names("xyzzy") == []


def test_the_same_name_is_found_whatever_the_case() -> None:
    assert same_name(TREE, " cafe  CULTURE ") is TREE[CodeId(6)]
    assert same_name(TREE, "cafe") is None


@given(st.sampled_from(NAMES), st.data())
def test_letters_of_a_name_in_order_always_find_it(name: str, data: st.DataObject) -> None:
    kept = [c for c in name if data.draw(st.booleans()) and not c.isspace()]
    wanted = ["e" if c == "é" else c.casefold() for c in kept]
    letters = best_letters(name, wanted)
    assert letters is not None
    assert list(letters) == sorted(set(letters))
    assert [name[at].casefold().replace("é", "e") for at in letters] == wanted
