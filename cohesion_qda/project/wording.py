"""Verbs on words: which count for nothing in this project, which are one, and what language the talk is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.text import word_pattern
from cohesion_qda.model.wording import Merge, Wording, wording_from, written
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases

SETTING = "wording"
LONGEST = 80  # characters of a word or phrase


class OwnWording:
    """`project.wording`. Words are compared without case and with straight apostrophes; each verb is one act."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def get(self) -> Wording:
        """What the researcher has said about words."""
        return wording_from(cases.setting(self._s.db, SETTING))

    def leave_out(self, texts: str | Sequence[str]) -> Change:
        """Count these words and phrases for nothing. Those that are left out already stay so.

        Raises BadInput for what holds no word.
        """
        now, wanted = self.get(), _each(texts)
        known = {written(one) for one in now.left_out}
        new = [one for one in wanted if written(one) not in known]
        gone = {written(one) for one in wanted}
        counted = tuple(one for one in now.counted if written(one) not in gone)
        return self._keep(
            "leave-out-words", replace(now, left_out=(*now.left_out, *new), counted=counted), words=wanted
        )

    def take_back(self, texts: str | Sequence[str]) -> Change:
        """Count these words and phrases again, also where it was the program that left a word out by itself.

        Raises BadInput for what is not left out.
        """
        now, wanted = self.get(), _each(texts)
        left_out = {written(one) for one in now.left_out}
        own = [one for one in wanted if written(one) not in left_out]
        for one in own:
            if not leaves_out(one, now.language) or one in now.counted:
                raise BadInput(
                    _("“{word}” is not left out.").format(word=one),
                    _("The tab “Words” lists what is left out, and so does the command “words”."),
                )
        gone = {written(one) for one in wanted}
        return self._keep(
            "take-back-words",
            replace(
                now,
                left_out=tuple(one for one in now.left_out if written(one) not in gone),
                counted=(*now.counted, *(one for one in own if leaves_out(one, now.language))),
            ),
            words=wanted,
        )

    def merge(self, shown: str, forms: str | Sequence[str]) -> Change:
        """Count `forms` as one with `shown`, and show them so. Words that count as one with any of them already come along.

        Raises BadInput where there is nothing to bring together.
        """
        now, wanted = self.get(), _each(forms)
        (shown,) = _each(shown)
        joined = [m for m in (now.merge_of(one) for one in (shown, *wanted)) if m is not None]
        every = dict.fromkeys(form for m in joined for form in (m.shown, *m.forms)) | dict.fromkeys(wanted)
        different = {written(form): form for form in reversed(every) if written(form) != written(shown)}
        if not different:
            raise BadInput(
                _("“{word}” cannot be counted as one with itself.").format(word=shown),
                _("Type another word or phrase."),
            )
        rest = tuple(m for m in now.merges if m not in joined)
        merge = Merge(shown, tuple(reversed(different.values())))
        return self._keep("merge-words", replace(now, merges=(*rest, merge)), words=list(merge.forms), word=shown)

    def unmerge(self, shown: str) -> Change:
        """Count the words shown as `shown` apart again. Raises NotFound with the nearest ones."""
        now = self.get()
        merge = now.merge_of(shown)
        if merge is None:
            raise NotFound(_("group of words that count as one"), shown, [m.shown for m in now.merges])
        return self._keep(
            "unmerge-words",
            replace(now, merges=tuple(m for m in now.merges if m != merge)),
            words=list(merge.forms),
            word=merge.shown,
        )

    def set_language(self, language: str) -> Change:
        """Say in what language the talk is: two or three letters (ISO 639). Raises BadInput for one that is none."""
        from cohesion_qda.analysis.noise import LANGUAGES, with_words

        code = language.strip().lower().replace("_", "-").partition("-")[0]
        if not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
            raise BadInput(
                _("“{language}” is no language the program knows.").format(language=language),
                _("Give it as two or three letters, such as “en” for English or “cy” for Welsh."),
            )
        if code not in LANGUAGES | with_words():
            raise BadInput(
                _("There is no language {language}.").format(language=code),
                _(
                    "There are {languages}; and, with no list of their words of grammar, the others of ISO 639-1."
                ).format(languages=", ".join(sorted(with_words()))),
            )
        return self._keep("set-talk-language", replace(self.get(), language=code), language=code)

    def _keep(self, kind: str, wording: Wording, **details: Any) -> Change:
        self._s.writing()
        if wording == self.get():
            return Change.nothing(kind)
        with self._s.act(kind, **details) as action:
            cases.set_setting(self._s.db, SETTING, wording.to_json())
        return action.change


def leaves_out(word: str, language: str) -> bool:
    """Whether the program by itself leaves a word out."""
    from cohesion_qda.analysis.noise import noise_of

    return noise_of(language).leaves_out(written(word))


def _each(texts: str | Sequence[str]) -> list[str]:
    """Words and phrases with single spaces, each once. Raises BadInput for none, and for one without a letter."""
    found: dict[str, str] = {}
    for text in (texts,) if isinstance(texts, str) else texts:
        tidy = " ".join(text.split())
        if not word_pattern().search(tidy):
            raise BadInput(_("“{text}” holds no word.").format(text=tidy), _("Type a word or a phrase."))
        if len(tidy) > LONGEST:
            raise BadInput(
                _("“{text}…” is too long for a phrase.").format(text=tidy[:40]), _("Type one word, or a few.")
            )
        found.setdefault(written(tidy), tidy)
    if not found:
        raise BadInput(_("No word was given."), _("Type a word or a phrase."))
    return list(found.values())
