"""What of a question can still be asked: of those that are kept, codes and people go, coders are hidden, attributes are renamed.

One rule for all of it. What is gone from a list (codes, coders, attributes, values of a filter) is left out with a sentence that
says so, as long as something of that list is left: with nothing left the answer would be to another question. A question about
one thing that is gone, or about nothing but what is gone, is refused with its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.asked import CODE_LISTS, Asked, Option
from cohesion_qda.model.called import cases
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.query import Having
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import comparable

T = TypeVar("T", bound=str | int)


def named(asked: Asked, data: StudyData) -> Asked:
    """With what the codes, sources and cases that it names are called now; what of them is gone keeps its name."""
    sources = {fact.id: fact.name for fact in data.sources}
    now = {f"code {code}": data.codes.path(code) for code in asked.named_codes() if code in data.codes}
    source, case = asked.option("source"), asked.option("case")
    now |= {f"source {source}": sources[source]} if source in sources else {}
    now |= {f"case {case}": cases(data.cases.values())[case]} if case in data.cases else {}
    return replace(asked, called={**(asked.called or {}), **now})


def still(asked: Asked, data: StudyData, only: str | None) -> tuple[Asked, tuple[str, ...]]:
    """What can be asked of what is asked, and a sentence for each thing that was left out. `only` is whose codings alone may be
    seen. Raises BadInput where nothing is left of what it is about, and where that is hidden. A question that was never
    `called` by name is left as it is, for its kind to answer with what there is.
    """
    if asked.called is None:
        _check_coders(asked, data, only)
        return asked, ()
    sieve = _Sieve(asked, data, only)
    left = replace(
        asked,
        codes=sieve.codes(asked.codes),
        coders=sieve.coders(),
        by=sieve.left(asked.by, sieve.is_attribute),
        where=tuple(replace(one, values=sieve.left(one.values, sieve.is_value(one))) for one in asked.where),
        options=dict(sieve.options()),
    )
    _check_coders(left, data, only)
    return left, tuple(dict.fromkeys(sieve.notes))


def _check_coders(asked: Asked, data: StudyData, only: str | None) -> None:
    """Raises BadInput for a coder whose codings may not be seen: nothing of theirs is counted, which is not that there is nothing."""
    if only is None or asked.kind == "agreement":  # which says so itself
        return
    known = {comparable(coder.name): coder.name for coder in data.coders}
    for name in asked.coders:
        if comparable(name) != comparable(only) and comparable(name) in known:
            raise BadInput(
                _("What {coder} has coded is hidden.").format(coder=known[comparable(name)]),
                _("Show others’ codings first."),
            )


class _Sieve:
    """Takes what is gone from one question, and notes it."""

    def __init__(self, asked: Asked, data: StudyData, only: str | None) -> None:
        self._asked, self._data = asked, data
        coders = {comparable(coder.name) for coder in data.coders}
        seen = coders if only is None or asked.kind == "agreement" else coders & {comparable(only)}
        self._coders, self._hidden = seen, coders - seen
        self.notes: list[str] = []

    def left(self, wanted: tuple[T, ...], is_there: Callable[[T], bool]) -> tuple[T, ...]:
        """What is there of a list by names; where nothing is, all of it, for its kind to tell what there is instead."""
        there = tuple(one for one in wanted if is_there(one))
        if there:
            self._leave_out(*(str(one) for one in wanted if one not in there))
        return there or wanted

    def coders(self) -> tuple[str, ...]:
        """Those that are there and may be seen. That others are hidden is said of every answer: it has no sentence of its own."""
        seen = tuple(name for name in self._asked.coders if comparable(name) not in self._hidden)
        return self.left(seen or self._asked.coders, lambda name: comparable(name) in self._coders)

    def codes(self, wanted: tuple[T, ...]) -> tuple[T, ...]:
        """Those that are there of a list of codes. Raises BadInput where there were some and are none."""
        there = tuple(code for code in wanted if code in self._data.codes)
        gone = [self._called("code", code) for code in wanted if code not in there]
        if gone and not there:
            raise _no_longer(gone[0])
        self._leave_out(*gone)
        return there

    def options(self) -> Iterator[tuple[str, Option]]:
        """The options, without codes that are gone. Raises BadInput where it is about one thing, and that is gone."""
        chosen = self.codes(tuple(code for name in CODE_LISTS for code in self._asked.option(name, ())))
        for name, value in self._asked.options.items():
            if name in CODE_LISTS and isinstance(value, tuple):
                yield name, tuple(code for code in value if code in chosen)
            else:
                yield name, value
        about: dict[str, Callable[[int], bool]] = {
            "source": lambda source: any(fact.id == source for fact in self._data.sources),
            "case": lambda case: CaseId(case) in self._data.cases,
        }
        for name, is_there in about.items():
            one = self._asked.option(name)
            if one is not None and not is_there(one):
                raise _no_longer(self._called(name, one))
        question = self._asked.question
        if question is not None and question not in self._data.codes:
            raise _no_longer(self._called("code", question))

    def is_attribute(self, name: str) -> bool:
        from cohesion_qda.analysis.columns import attribute_of

        try:
            attribute_of(self._data, name)
        except NotFound:
            return False
        except BadInput:  # it is there, without values
            return True
        return True

    def is_value(self, one: Having) -> Callable[[str], bool]:
        """Whether something has a value of the attribute, or is the question or the source, that a filter names."""
        from cohesion_qda.analysis.narrowed import checked

        def is_there(value: str) -> bool:
            try:
                checked(self._data, replace(one, values=(value,)))
            except NotFound:
                return False
            return True

        return is_there

    def _called(self, what: str, number: T) -> str:
        return (self._asked.called or {}).get(f"{what} {number}", str(number))

    def _leave_out(self, *names: str) -> None:
        self.notes += [_("“{name}” is no longer there, and was left out.").format(name=name) for name in names]


def _no_longer(name: str) -> BadInput:
    return BadInput(
        _("“{name}”, which this answer was about, is no longer there.").format(name=name),
        _("Ask about something else, or take back what removed it."),
    )
