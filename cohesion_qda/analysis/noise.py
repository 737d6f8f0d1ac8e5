"""What a word may be: a term of its own, a part of a phrase, or talk-noise that counts for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from cohesion_qda.analysis import talknoise

WORD = re.compile(r"[^\W\d_]+(?:['\-&.][^\W_]+)*'?")
# a term by itself; the first, a middle or the last word of a phrase; or what joins two words: "of", or "'s"
ALONE, BEGINS, MIDDLE, ENDS, OF, OWNS = 1, 2, 4, 8, 16, 32
THING = ALONE | BEGINS | MIDDLE | ENDS
KIND = ALONE | BEGINS | MIDDLE

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff "
    "fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks "
    "ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps "
    "pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz "
    "ve vi vo wa wo xh yi yo za zh zu"
)
LANGUAGES = frozenset(_ISO_639_1.split())


@dataclass(frozen=True)
class Noise:
    """The judgement on the words of a language: English by our lists of talk-noise, any other by spaCy's stop words."""

    language: str
    stop: frozenset[str]

    def key(self, form: str, pos: str, lemma: str) -> str:
        """What a form in small letters is brought together under: its lemma, unless that is known to mislead."""
        if self.language != "en":
            return lemma or form
        if form in talknoise.IRREGULAR:
            return talknoise.IRREGULAR[form]
        if pos not in ("", "VERB") and form in talknoise.KEEP_ING | talknoise.KEEP_ED:
            return form
        if not pos and (form in talknoise.KEEP_ING or form in talknoise.KEEP_ED):
            return form
        return lemma.rstrip("'") or form

    def may(self, form: str, pos: str, key: str) -> int:
        """What a form with a part of speech (empty where nobody told) may be, of ALONE, BEGINS, MIDDLE, ENDS, OF, OWNS."""
        if self.language == "en" and form == "of":
            return OF
        if self.language == "en" and form == "'s" and pos == "PART":
            return OWNS
        if not WORD.fullmatch(form) or self._is_short(form):
            return 0
        return self._by_list(form, key) if not pos else self._by_part_of_speech(form, pos, key)

    def leaves_out(self, word: str) -> bool:
        """Whether a word in small letters is left out by itself, whatever it is in its sentence."""
        if word == "of" or not WORD.fullmatch(word) or self._is_short(word):
            return True
        if self.language != "en":
            return word in self.stop
        return word in self.stop or word in talknoise.NOT_A_THING

    def _is_short(self, form: str) -> bool:
        return self.language == "en" and len(form) < 3 and form not in talknoise.SHORT

    def _by_list(self, form: str, key: str) -> int:
        if form in self.stop or (self.language == "en" and key in self.stop and form not in talknoise.KEEP_ING):
            return 0
        if self.language != "en":
            return THING
        if form in talknoise.WEAK:
            return BEGINS
        is_adverb = form.endswith("ly") and len(form) > 6 and form not in talknoise.LY
        return 0 if is_adverb else THING

    def _by_part_of_speech(self, form: str, pos: str, key: str) -> int:
        if self.language != "en":
            may = {"NOUN": THING, "PROPN": THING, "ADJ": KIND, "VERB": ALONE, "X": THING}.get(pos, 0)
            return 0 if form in self.stop else may
        if pos in ("NOUN", "PROPN"):
            is_noise = form in talknoise.NOT_A_THING or key in talknoise.NOT_A_THING
            return 0 if is_noise else THING
        if pos == "ADJ":
            if form in talknoise.NOT_A_KIND or key in talknoise.NOT_A_KIND:
                return 0
            return BEGINS | MIDDLE if form in talknoise.WEAK or key in talknoise.WEAK else KIND
        if pos == "VERB":
            is_noise = form in self.stop or key in self.stop or form in talknoise.WEAK or key in talknoise.WEAK
            return 0 if is_noise else ALONE
        return self._by_list(form, key) if pos == "X" else 0


@cache
def noise_of(language: str) -> Noise:
    """The judgement on the words of a language of two letters."""
    return Noise(language, talknoise.STOP if language == "en" else _stop_words(language))


@cache
def with_words() -> frozenset[str]:
    """The languages that have a list of words of grammar to leave out."""
    spacy = find_spec("spacy")
    if spacy is None or spacy.origin is None:
        return frozenset({"en"})
    return frozenset(
        {"en", *(file.parent.name for file in (Path(spacy.origin).parent / "lang").glob("*/stop_words.py"))}
    )


def _stop_words(language: str) -> frozenset[str]:
    """The stop words that spaCy has of a language; none where it has no list. The rest of the language is not loaded, which for
    some takes seconds.
    """
    spacy = find_spec("spacy")
    if spacy is None or spacy.origin is None or not language.isalpha():
        return frozenset()
    file = Path(spacy.origin).parent / "lang" / language / "stop_words.py"
    spec = spec_from_file_location(f"_stop_words_{language}", file)
    if spec is None or spec.loader is None or not file.is_file():
        return frozenset()
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ImportError:
        return frozenset()
    return frozenset(module.STOP_WORDS)
