"""What is said about a word cloud: over it, under it, and to those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.cloud import Cloud, CloudWord
from cohesion_qda.report import words
from cohesion_qda.report.drawn.reading import MOST_SAID, Told, alt, line_of
from cohesion_qda.report.numbers import decimal


def headline(given: Cloud) -> str:
    """What stands over the cloud and over its bars."""
    if given.title:
        return given.title
    if given.by == "keyness":
        return _("What sets this talk apart: {selection}").format(selection=given.about)
    return _("What people said most: {selection}").format(selection=given.about or _("All talk"))


def subtitle(given: Cloud) -> str:
    """How many words there are, by which number, and of how many people."""
    n = len(given.words)
    counted = (_counted if _has_phrases(given) else _counted_words)(given.by, n).format(n=words.number(n))
    if not given.base.participants:
        return counted
    people = words.participants(given.base.participants)
    if not given.base.groups:
        return _("{counted} {people} spoke here.").format(counted=counted, people=people)
    spoke = _("{counted} {people} spoke here, in {groups}.")
    return spoke.format(counted=counted, people=people, groups=words.groups(given.base.groups))


def _counted_words(by: str, n: int) -> str:
    return {
        "participants": ngettext(
            "{n} word by the number of participants who said it.", "{n} words by the number of participants who said them.", n
        ),
        "groups": ngettext(
            "{n} word by the number of groups in which it was said.", "{n} words by the number of groups in which they were said.", n
        ),
        "mentions": ngettext("{n} word by how often it was said.", "{n} words by how often they were said.", n),
        "keyness": ngettext(
            "{n} word by how strongly it sets this talk apart from the rest.",
            "{n} words by how strongly they set this talk apart from the rest.", n,
        ),
    }[by]  # fmt: skip


def _counted(by: str, n: int) -> str:
    return {
        "participants": ngettext(
            "{n} word or phrase by the number of participants who said it.", "{n} words and phrases by the number of participants who said them.", n
        ),
        "groups": ngettext(
            "{n} word or phrase by the number of groups in which it was said.", "{n} words and phrases by the number of groups in which they were said.", n
        ),
        "mentions": ngettext(
            "{n} word or phrase by how often it was said.", "{n} words and phrases by how often they were said.", n
        ),
        "keyness": ngettext(
            "{n} word or phrase by how strongly it sets this talk apart from the rest.",
            "{n} words and phrases by how strongly they set this talk apart from the rest.", n,
        ),
    }[by]  # fmt: skip


def rule(given: Cloud) -> str:
    """What the size of a word promises."""
    return {
        "participants": _(
            "The area of the letters is in proportion to the number of participants: a word that four times as many said is twice as tall."
        ),
        "groups": _(
            "The area of the letters is in proportion to the number of groups: a word that was said in four times as many is twice as tall."
        ),
        "mentions": _(
            "The area of the letters is in proportion to the number of times: a word that was said four times as often is twice as tall."
        ),
        "keyness": _(
            "The area of the letters is in proportion to the z-score of the log-odds (Monroe, Colaresi and Quinn 2008): with four times the score a word is twice as tall."
        ),
    }[given.by]  # fmt: skip


def colours(given: Cloud) -> str:
    """What colour and place mean."""
    if not given.families:
        return _("Colour and place mean nothing.")
    if given.wish.colours == "question":
        return _(
            "Colour and shape: the research question in whose passages most participants said it. Place means nothing."
        )
    return _("Colour and shape: the code in whose passages most participants said it. Place means nothing.")


def notes(
    given: Cloud, left_out: Sequence[str] = (), unwritable: Sequence[str] = (), *, sizes: bool = True
) -> list[str]:
    """The sentences under a cloud; under bars (no `sizes`) those that hold of them too."""
    said = [f"{rule(given)} {colours(given)}"] if sizes else []
    if given.by == "keyness":
        said.append(
            _(
                "Only words that many more participants said here than chance would have it, and in several groups, are shown."
            )
        )
    if given.wish.phrases and given.more and not _has_phrases(given):
        said.append(_("No phrase comes up often enough to be among them."))
    if given.more:
        more = ngettext(
            "{n} more word further down the ranking is not shown.",
            "{n} more words further down the ranking are not shown.",
            given.more,
        )
        said.append(more.format(n=words.number(given.more)))
    if left_out:
        sentence = ngettext(
            "There was no room for {n} word: {words}.", "There was no room for {n} words: {words}.", len(left_out)
        )
        said.append(sentence.format(n=words.number(len(left_out)), words=", ".join(left_out)))
    if unwritable:
        said.append(_("None of the program’s fonts can write: {words}.").format(words=", ".join(unwritable)))
    if given.hidden:
        said.append(hidden(given))
    if given.study:
        said.append(_("Study: {name}.").format(name=given.study))
    return said


def _has_phrases(given: Cloud) -> bool:
    return any(" " in each.word for each in given.words)


def hidden(given: Cloud) -> str:
    """That words of few people are left out, or, where nobody speaks, words that were said seldom."""
    if given.base.participants:
        said = _("Words that fewer than {n} people said are left out.")
    else:
        said = _("Words that were said fewer than {n} times are left out.")
    return said.format(n=words.number(given.threshold))


def number(given: Cloud, each: CloudWord) -> str:
    """The number a word's size stands for, with what it is out of: `12 of 85 participants`."""
    if given.by == "keyness":
        return _("z {z}; {count}").format(
            z=decimal(each.weight, 1), count=words.out_of("participants", each.count, given.base)
        )
    if not given.base.of(given.by):
        return words.counted(given.by, each.count.of(given.by))
    return words.out_of(given.by, each.count, given.base)


def said(given: Cloud, each: CloudWord) -> str:
    """A word in a sentence: how widely and how often it was said, and in the passages of which code mostly."""
    numbers = [number(given, each)]
    if given.by not in ("participants", "keyness") and given.base.participants:
        numbers.append(words.out_of("participants", each.count, given.base))
    if given.by != "groups" and given.base.groups:
        numbers.append(words.out_of("groups", each.count, given.base))
    if given.by != "mentions":
        numbers.append(words.mentions(each.count.mentions))
    if each.family >= 0:
        numbers.append(_("mostly in “{code}”").format(code=given.families[each.family].name))
    return line_of(each.word, numbers)


def told(given: Cloud, shown: Sequence[CloudWord], left_out: Sequence[str]) -> str:
    """The alternative text of a cloud: its heaviest words with their numbers, and how many words are not in it."""
    numbers = tuple(line_of(each.word, [number(given, each)]) for each in shown)
    text = alt(Told(_("Word cloud"), numbers, 0.0), headline(given), subtitle(given))
    if not left_out:
        return text
    missing = ngettext("There was no room for {n} word.", "There was no room for {n} words.", len(left_out))
    return f"{text} {missing.format(n=words.number(len(left_out)))}"


def told_bars(given: Cloud) -> str:
    """The alternative text of the bars."""
    numbers = tuple(line_of(each.word, [number(given, each)]) for each in given.words)
    return alt(Told(_("Bar chart"), numbers, 0.0), headline(given), subtitle(given))


def why(given: Cloud) -> str:
    """Why there is no word, and what to do."""
    return {
        "nothing to compare": _("Keyness compares some talk with the rest: choose a code, a question, a place or a group."),
        "nothing stands out": _("No word sets this talk apart: too few people said the same. Choose more talk, or count participants."),
        "all hidden": _("Too few people said each word: choose more talk, or let words of few people stand.")
        if given.base.participants else _("Each word was said too seldom: choose more talk, or let rare words stand."),
    }.get(given.why, _("Import transcripts first, or choose a code that has passages."))  # fmt: skip


__all__ = [
    "MOST_SAID",
    "colours",
    "headline",
    "hidden",
    "notes",
    "number",
    "rule",
    "said",
    "subtitle",
    "told",
    "told_bars",
    "why",
]
