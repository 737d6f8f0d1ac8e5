"""Looking through a report for what may tell who somebody is, and masking what nobody has settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.detail import ATTRIBUTION, KEEP, KINDS, LEAVE_OUT, NAME, NUMBERS, WORDS, Detail, Spot
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.reporting import NAMED, PSEUDONYM
from cohesion_qda.model.text import Span
from cohesion_qda.report import masking, singling
from cohesion_qda.report.attributions import Attributions, attribution
from cohesion_qda.report.masking import Masks, Text

if TYPE_CHECKING:
    from cohesion_qda.analysis.details import Found, Matcher
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.model.study import StudyData
    from cohesion_qda.report.values import Quotation, ReportData


@dataclass(frozen=True, slots=True)
class Checked:
    """A report as it is written, and what of it may tell who somebody is."""

    data: ReportData
    details: tuple[Detail, ...]


def check(
    data: ReportData,
    study: StudyData,
    heard: Callable[[], Heard],
    settled: Iterable[tuple[str, str, str, str]],
    names: Mapping[str, str],
) -> Checked:
    """Find the details of a report, and mask those that nobody settled. `heard` gives the parse of what was said; it is asked only where something
    is quoted. `settled` are kind, words, verdict and words instead; `names` those of the report's parts.
    """
    return _Checking(data, study, heard, Settled(settled), names).checked()


class Settled:
    """What was decided: rows of kind, words, verdict and words instead. Words of any kind are compared by themselves alone."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        from cohesion_qda.analysis.details import known_in

        self._by = {self._place(kind, words): (verdict, instead) for kind, words, verdict, instead in rows}
        self._kept = known_in(
            key for (kind, key), (verdict, _instead) in self._by.items() if not kind and verdict == KEEP
        )

    def of(self, kind: str, words: str) -> tuple[str, str]:
        """The verdict on a detail and the words instead, both empty where there is none. Part of a name that is kept is kept, too."""
        from cohesion_qda.analysis.details import as_words

        found = self._by.get(self._place(kind, words))
        if found is None and kind in WORDS and tuple(as_words(words)) in self._kept:
            return KEEP, ""
        return found or ("", "")

    def __contains__(self, words: str) -> bool:
        return self._place(NAME, words) in self._by

    @staticmethod
    def _place(kind: str, words: str) -> tuple[str, str]:
        from cohesion_qda.analysis.details import key_of

        return ("", key_of(words)) if kind in WORDS else (kind, words)


@dataclass(slots=True)
class _Entry:
    """Words while details are looked for: how they are written, as what they were found, and where they stand."""

    forms: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    spots: list[Spot] = field(default_factory=list)

    def note(self, words: str, kind: str) -> None:
        """They were found so."""
        self.forms[words] += 1
        self.kinds[kind] += 1

    def detail(self, settled: Settled) -> Detail:
        """The detail that they are: as they are written most often."""
        kind = min(self.kinds, key=lambda k: (-self.kinds[k], KINDS.index(k)))
        words = min(self.forms, key=lambda form: (-self.forms[form], form))
        return Detail(kind, words, *settled.of(kind, words), tuple(dict.fromkeys(self.spots)))


class _Checking:
    """One look through a report."""

    def __init__(
        self, data: ReportData, study: StudyData, heard: Callable[[], Heard], settled: Settled, names: Mapping[str, str]
    ) -> None:
        from cohesion_qda.analysis.details import small_words

        self._data, self._study, self._settled = data, study, settled
        self._by = Attributions(study, data.extras.attribution)
        self._quoted = list(masking.spoken(data))
        self._written = [text for text in masking.written(data, names) if text.words.strip()]
        unnamed = (fact.name for fact in study.sources if not self._by.tells_source(fact.id))
        self._written += (Text(_("Names of sources"), name) for name in unnamed)
        self._called: dict[str, set[CaseId]] = {}  # whose name it is, by the name as it is compared
        self._clouds = list(masking.cloud_words(data))
        self._topics = list(masking.topics(data))
        self._small = set(small_words((*(text.words for text in self._texts()), *self._topics)))
        self._talk = self._listen(heard) if self._quoted or self._clouds else {}
        self._public = self._published()

    def checked(self) -> Checked:
        entries = self._named()
        self._locate(entries)
        found = [
            replace(entry.detail(self._settled), masked=self._pseudonym(key))
            for key, entry in entries.items()
            if entry.spots
        ]
        found.sort(key=lambda each: (KINDS.index(each.kind), -len(each.spots), each.words.casefold()))
        details = (*found, *self._attributions(), *self._numbers())
        return Checked(
            replace(masking.masked(self._data, self._masks(entries, details)), singled=told(details)), details
        )

    def _texts(self) -> Iterable[Text]:
        yield from (text for _quotation, texts in self._quoted for text in texts)
        yield from self._written

    # -- what there is -------------------------------------------------------------------------------------------------

    def _published(self) -> frozenset[tuple[str, ...]]:
        """Runs of words that the report tells anyway: also people and sources where they stand under quotations. A word of a code that is an
        ordinary one tells nobody’s name: “Green spaces” is no “Mr Green”.
        """
        from cohesion_qda.analysis.details import known_in

        names = list(masking.published(self._data))
        names += (fact.name for fact in self._study.sources if self._by.tells_source(fact.id))
        if self._by.rule == NAMED:
            names += (case.name for case in self._study.cases.values())
        return known_in(names) | {run for run in known_in(self._topics) if len(run) > 1 or run[0] not in self._small}

    def _is_detail(self, words: str) -> bool:
        """Whether words are to be settled: a person said so before, or the report does not tell them anyway."""
        from cohesion_qda.analysis.details import as_words

        return words in self._settled or tuple(as_words(words)) not in self._public

    def _named(self) -> dict[str, _Entry]:
        """The names in quotations, near them, in what the author wrote and in word clouds; where people are not named, theirs."""
        from cohesion_qda.analysis.details import Matcher, in_writing, key_of

        entries: dict[str, _Entry] = {}

        def note(words: str, kind: str) -> None:
            if self._is_detail(words):
                entries.setdefault(key_of(words), _Entry()).note(words, kind)

        talk = self._talk
        for quotation, texts in self._quoted:
            near = _near(quotation, texts)
            for words, found in talk.get(quotation.source, ()):
                if found.span.overlaps(near):
                    note(words, found.kind)
        kinds = {key_of(words): found.kind for of in talk.values() for words, found in of}
        anywhere = Matcher(words for of in talk.values() for words, _found in of)
        for text in self._written:
            for found in in_writing(text.words):
                note(found.span.of(text.words), found.kind)
        for text in (*self._written, *self._clouds):
            for span, key in anywhere.find(text.words):
                note(span.of(text.words), kinds[key])
        for name, case in self._people():
            note(name, NAME)
            self._called.setdefault(key_of(name), set()).add(case)
        return entries

    def _listen(self, heard: Callable[[], Heard]) -> dict[SourceId, list[tuple[str, Found]]]:
        """The names in what was said, by source."""
        from cohesion_qda.analysis.details import in_talk

        found: dict[SourceId, list[tuple[str, Found]]] = {}
        listened = heard()
        for source, content in listened.talk.contents.items():
            text, parsed = listened.talk.texts[content], listened.parsed[content]
            found[source] = [(one.span.of(text), one) for one in in_talk(text, parsed)]
            self._small.update(form for form in parsed.forms if form.islower())
        return found

    def _people(self) -> Iterable[tuple[str, CaseId]]:
        """The names of the study's people, whole and in parts, where the report is not to name them."""
        from cohesion_qda.analysis.details import is_ordinary, parts_of_name

        if self._by.rule == NAMED:
            return
        for case in self._study.cases.values():
            if case.kind == "participant" and not any(map(str.isdigit, case.name)) and not is_ordinary(case.name):
                names = dict.fromkeys((case.name, *parts_of_name(case.name)))
                yield from ((name, case.id) for name in names if name.lower() not in self._small)

    def _pseudonym(self, key: str) -> str:
        """What stands for the name of a participant where quotations are by pseudonyms; empty for that of several, and of anybody else."""
        people = self._called.get(key, set())
        if self._by.rule != PSEUDONYM or len(people) != 1:
            return ""
        (case,) = people
        return f"[{self._by.person(case)}]" if self._study.cases[case].role == "participant" else ""

    def _locate(self, entries: dict[str, _Entry]) -> None:
        """Where each stands; addresses and numbers are found on the way."""
        from cohesion_qda.analysis.details import Matcher, in_figures, key_of

        matcher = Matcher(form for entry in entries.values() for form in entry.forms)
        for text in self._texts():
            figures = in_figures(text.words)
            for one in figures:
                words = one.span.of(text.words)
                if self._is_detail(words):
                    entry = entries.setdefault(key_of(words), _Entry())
                    entry.note(words, one.kind)
                    entry.spots.append(_spot(text, one.span))
            for span, key in matcher.find(text.words):
                if not any(span.overlaps(one.span) for one in figures):
                    entries[key].spots.append(_spot(text, span))
        for text in self._clouds:
            for span, key in matcher.find(text.words):
                entries[key].spots.append(_spot(text, span))

    def _attributions(self) -> list[Detail]:
        """Sources in which few speak, and that stand under quotations."""
        quoted = [(q, texts) for q, texts in self._quoted if self._by.tells_source(q.source)]
        few = singling.singled(
            self._study, singling.speaking(self._study, ((q.source, q.span) for q, _texts in quoted))
        )
        ids = {fact.name: fact.id for fact in self._study.sources}
        found = []
        for name in dict.fromkeys(each.source for each in few):
            spots = [
                Spot(text.where, q.attribution, Span(0, len(q.attribution)), q.source, q.span)
                for q, texts in quoted
                if q.source == ids[name]
                for text in texts[len(q.before) : len(q.before) + 1]
            ]
            found.append(Detail(ATTRIBUTION, name, *self._settled.of(ATTRIBUTION, name), tuple(spots)))
        return found

    def _numbers(self) -> list[Detail]:
        few = masking.few(self._data, singling.FEWEST)
        return [Detail(NUMBERS, title, *self._settled.of(NUMBERS, title), few=n) for title, n in few.items()]

    # -- masking -------------------------------------------------------------------------------------------------------

    def _masks(self, entries: Mapping[str, _Entry], details: Iterable[Detail]) -> Masks:
        from cohesion_qda.analysis.details import Matcher, key_of, parts_of_name

        by_key = {key_of(each.words): each for each in details if each.kind in WORDS}
        instead = {key: each.written for key, each in by_key.items() if each.verdict != KEEP}
        forms = [form for key in by_key for form in entries[key].forms]  # what is kept is not taken apart
        for each in [by_key[key] for key in instead if by_key[key].kind == NAME]:
            for part in parts_of_name(each.words):
                if key_of(part) not in by_key and part.lower() not in self._small and self._is_detail(part):
                    instead[key_of(part)] = each.written
                    forms.append(part)
        few = {each.words: each.verdict for each in details if each.kind == ATTRIBUTION and each.verdict != KEEP}
        changed = _Changed(self, Matcher(forms), instead)
        return Masks(changed.text, changed.shows, lambda q: self._attributed(q, few), tuple(few))

    def _attributed(self, quotation: Quotation, few: Mapping[str, str]) -> Quotation:
        """A quotation from a source in which few speak is said to be from a source of its kind."""
        fact = next((fact for fact in self._study.sources if fact.id == quotation.source), None)
        if fact is None or fact.name not in few:
            return quotation
        if few[fact.name] == LEAVE_OUT:
            return replace(quotation, attribution="", turn=0)
        names = [self._by.person(case) for case in quotation.people]
        kind = called.kinds().get(fact.kind, fact.kind)
        return replace(quotation, attribution=attribution([name for name in names if name], kind), turn=0)


class _Changed:
    """Texts with other words for what is masked, each worked out once."""

    def __init__(self, checking: _Checking, matcher: Matcher, instead: Mapping[str, str]) -> None:
        self._checking, self._matcher, self._instead = checking, matcher, instead
        self._known: dict[str, str] = {}

    def text(self, words: str) -> str:
        """A text of the report as it is written."""
        if words not in self._known:
            self._known[words] = self._made(words)
        return self._known[words]

    def shows(self, word: str) -> bool:
        """Whether a word of a cloud is shown."""
        return not any(key in self._instead for _span, key in self._matcher.find(word, in_any_case=True))

    def _made(self, words: str) -> str:
        from cohesion_qda.analysis.details import in_figures, key_of

        found = [(one.span, key_of(one.span.of(words))) for one in in_figures(words)]
        found = [(span, key) for span, key in found if key in self._instead]
        taken = [span for span, _key in found]
        found += [
            (span, key)
            for span, key in self._matcher.find(words)
            if key in self._instead and not any(map(span.overlaps, taken))
        ]
        for span, key in sorted(found, key=lambda one: -one[0].start):
            words = words[: span.start] + self._instead[key] + words[span.end :]
        return words


def _near(quotation: Quotation, texts: Iterable[Text]) -> Span:
    """The stretch of its source that a quotation and the turns around it take, and a little more."""
    length = sum(len(text.words) + 8 for text in texts)
    return Span(max(0, quotation.span.start - length), quotation.span.end + length)


def _spot(text: Text, span: Span) -> Spot:
    shown, at = masking.around(text.words, span)
    return Spot(text.where, shown, at, text.source, text.at)


def told(details: Iterable[Detail]) -> tuple[str, ...]:
    """Sentences for who writes it: what is masked because nobody has settled it, and what is told all the same."""
    open_ = Counter(each.kind for each in details if not each.is_settled)
    said = []
    if n := sum(open_[kind] for kind in WORDS):
        said.append(
            ngettext(
                "{n} name or number that may tell who somebody is has not been settled: it is masked in the report. Settle it under Check "
                "(on the command line: report --check).",
                "{n} names and numbers that may tell who somebody is have not been settled: they are masked in the report. Settle them under "
                "Check (on the command line: report --check).",
                n,
            ).format(n=n)
        )
    if n := open_[ATTRIBUTION]:
        said.append(
            ngettext(
                "{n} source in which few people speak is not named under its quotations until you settle it.",
                "{n} sources in which few people speak are not named under their quotations until you settle them.",
                n,
            ).format(n=n)
        )
    if n := open_[NUMBERS]:
        said.append(
            ngettext(
                "{n} table shows numbers of fewer than {few} people.",
                "{n} tables show numbers of fewer than {few} people.",
                n,
            ).format(n=n, few=singling.FEWEST)
        )
    return tuple(said)
