"""Which numbers of a table must be hidden so that the small ones cannot be worked out from the others.

A hidden number is safe when there is another table with the very same published numbers in which it is large. So for
every small number such a table is built: the number is raised to the threshold, and every sum that no longer holds is
mended by changing other hidden numbers, or, where they do not suffice, by hiding one more, the cheapest first. What was changed in one of these
tables can have at least two values; what was raised reaches the threshold. Everything that is hidden is at least 1, and a reader knows it: 0 is never hidden.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import inf
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)
_CHOICE = 16  # hidden numbers that are weighed against each other when a rule is mended
_NEAR = 2  # rules one after the other, within which a mend is looked for before it is looked for everywhere
_NODES = 500  # steps of one integer program
_WHOLE = 40_000  # numbers looked through before the rest is hidden
_LARGE = 4  # times the threshold: numbers that seldom stand in the way
_GAIN = 0.01  # what one more number raised by 1 is worth: less than hiding anything costs
_FAR = 150  # changed numbers after which mending straight on is given up


@dataclass(frozen=True, slots=True)
class Rule(Generic[N]):
    """What a reader knows: the numbers `plus` less the numbers `minus` are from `low` to `high` (None: no end)."""

    plus: tuple[N, ...]
    minus: tuple[N, ...] = ()
    low: int | None = 0
    high: int | None = 0


def exactly(parts: Sequence[N], whole: N) -> list[Rule[N]]:
    """The parts together are the whole."""
    return [Rule(tuple(parts), (whole,))]


def together(parts: Sequence[N], whole: N) -> list[Rule[N]]:
    """The parts together are at least the whole, and each at most it: they overlap."""
    return [Rule(tuple(parts), (whole,), 0, None), *each(parts, whole)]


def each(parts: Sequence[N], whole: N) -> list[Rule[N]]:
    """Each of the parts is at most the whole."""
    return [at_most(part, whole) for part in parts]


def apart(parts: Sequence[N], whole: N) -> list[Rule[N]]:
    """The parts together are at most the whole: they do not overlap, and there may be more."""
    return [Rule(tuple(parts), (whole,), None, 0)]


def at_most(part: N, whole: N) -> Rule[N]:
    """A number that is never more than another: a count and its denominator."""
    return Rule((part,), (whole,), None, 0)


def hidden(
    values: Mapping[N, int],
    small: Iterable[N],
    rules: Iterable[Rule[N]],
    threshold: int,
    dear: Iterable[N] = (),
    *,
    is_thorough: bool = False,
) -> set[N]:
    """All that must be hidden: `small`, and as little else as is found to be enough. `dear` are hidden last (totals, denominators),
    and, where it `is_thorough`, only if nothing else would do: that takes seconds in a large table.

    For each of `small` there is then a table of whole numbers with the same published numbers and rules in which it is
    at least `threshold` (and more than it is), and for each of the others one in which it is another number; unless even hiding
    everything that its rules join to it leaves none, and then all of that is hidden. Each of `small` is 1 or more. In a table so sparse that
    nearly all goes, the rest goes with it: such numbers may be worked out, and are no small ones.
    """
    search = _Search(values, rules, dear, is_thorough)
    search.hidden.update(small)
    left = dict.fromkeys(sorted(search.hidden, key=lambda n: (values[n], search.order[n])))
    while left:
        name = next(iter(left))
        for each, by in search.protect(name, max(threshold, values[name] + 1), left).items():
            if each in left and by > 0 and values[each] + by >= threshold:
                del left[each]  # one table may do for several
        left.pop(name, None)
    return search.hidden


class _Search(Generic[N]):
    def __init__(self, values: Mapping[N, int], rules: Iterable[Rule[N]], dear: Iterable[N], is_thorough: bool) -> None:
        self.values = values
        self.order = {name: n for n, name in enumerate(values)}
        self.dear = set(dear)
        self.kept = self.dear if is_thorough else set[N]()  # what mending straight on leaves alone
        self.hidden: set[N] = set()
        self.joined: dict[N, Sequence[N]] = {}
        self.looked = 0  # numbers, each time that all was looked through that is joined to one
        self.rules = list(rules)
        self.sums = [sum(values[n] for n in rule.plus) - sum(values[n] for n in rule.minus) for rule in self.rules]
        self.least = [-inf if r.low is None else r.low - now for r, now in zip(self.rules, self.sums, strict=True)]
        self.most = [inf if r.high is None else r.high - now for r, now in zip(self.rules, self.sums, strict=True)]
        self.of: dict[N, list[tuple[int, int]]] = {
            name: [] for name in values
        }  # the rules of a number, and its sign in them
        for r, rule in enumerate(self.rules):
            for sign, side in ((1, rule.plus), (-1, rule.minus)):
                for name in side:
                    self.of[name].append((r, sign))

    def protect(self, name: N, target: int, left: Collection[N]) -> Mapping[N, int]:
        """Hide what is needed so that `name` may as well be `target`; what is changed for it in the other table, and by how much. `left`
        are those that have no such table yet: where all is looked through for one, it is made to do for many of them.
        """
        every = self._joined_to(name)
        if self.hidden.issuperset(every):  # there is nothing more to hide
            return {}
        found = _Table(self, only_hidden=True).mended(name, target) or _Table(self).mended(name, target)
        found = found or self._solved(name, target, self._joined(name, _NEAR), ())
        if not found:
            found = self._solved(name, target, every, left) or dict.fromkeys(every, 0)
            self._looked_through(every, target)
        self.hidden.update(found)
        return found

    def _looked_through(self, every: Sequence[N], target: int) -> None:
        """Where all was looked through again and again, nearly everything is hidden and each number costs seconds: then the rest is hidden
        too; those that are dear only when that was not enough, the smaller ones first.
        """
        before, self.looked = self.looked // _WHOLE, self.looked + len(every)
        if self.looked // _WHOLE > before:
            above = (0, _LARGE * target, inf)[min(before, 2)]  # dear ones that are told yet
            self.hidden.update(each for each in every if each not in self.dear or self.values[each] < above)

    def _joined_to(self, name: N) -> Sequence[N]:
        if name not in self.joined:
            every = self._joined(name)
            self.joined.update(dict.fromkeys(every, every))
        return self.joined[name]

    def off(self, rule: int, moved: int) -> int:
        """By how much a rule is broken when its sum has moved: more than 0 is too much."""
        if moved > self.most[rule]:
            return int(moved - self.most[rule])
        return int(moved - self.least[rule]) if moved < self.least[rule] else 0

    def _joined(self, name: N, reach: int = 0) -> list[N]:
        """All that the rules join to a number, and that is not 0; with `reach`, by no more than so many rules one after the other."""
        seen, edge, steps = {name}, [name], 0
        while edge and (not reach or steps < reach):
            rules = {r for each in edge for r, _sign in self.of[each]}
            found = {
                each for r in rules for each in (*self.rules[r].plus, *self.rules[r].minus) if self.values[each] > 0
            }
            edge, steps = list(found - seen), steps + 1
            seen |= found
        return sorted(seen, key=self.order.__getitem__)

    def _solved(self, name: N, target: int, names: Sequence[N], others: Collection[N]) -> Mapping[N, int] | None:
        """What of `names` to change at the least cost, by integer programming; None where it cannot be, or is not found
        within a number of steps. Of `others` as many as can be are raised to the target with it.
        """
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix, hstack

        rules = sorted({r for each in names for r, _sign in self.of[each]})
        row = {r: n for n, r in enumerate(rules)}
        spots = [(row[r], n, sign) for n, each in enumerate(names) for r, sign in self.of[each]]
        at_row, at_name, signs = np.array(spots, dtype=int).reshape(-1, 3).T
        matrix = csr_matrix((signs, (at_row, at_name)), shape=(len(rules), len(names)))
        ends = [(self.rules[r].low, self.rules[r].high, self.sums[r]) for r in rules]
        low = [-np.inf if low is None else low - now for low, _high, now in ends]
        high = [np.inf if high is None else high - now for _low, high, now in ends]
        raised = names.index(name), target - self.values[name]
        up = np.full(len(names), 10.0 * (target + sum(self.values[n] for n in names)))
        down = np.array([self.values[n] - 1.0 for n in names])
        least = np.zeros(len(names))
        least[raised[0]] = up[raised[0]] = raised[1]
        down[raised[0]] = 0
        gained = [n for n, each in enumerate(names) if each in others and n != raised[0] and self.values[each] < target]
        prices = np.array([self._price(n) for n in names])
        none = np.zeros(len(gained) + len(names))
        found = milp(
            np.concatenate([prices, np.full(len(gained), -_GAIN), prices]),
            integrality=np.ones(2 * len(names) + len(gained)),
            bounds=Bounds(
                np.concatenate([least, none]),
                np.concatenate([up, [target - self.values[names[n]] for n in gained], down]),
            ),
            constraints=[LinearConstraint(hstack([matrix, matrix[:, gained], -matrix]), low, high)] if rules else [],
            options={
                "node_limit": _NODES,
                "time_limit": 60.0,
            },  # by steps and not by the clock: the same on every machine
        )
        if found.x is None:
            return None
        moved = found.x[: len(names)] - found.x[-len(names) :]
        moved[gained] += found.x[len(names) : -len(names)]
        return {n: int(by) for n, by in zip(names, np.rint(moved), strict=True) if by}

    def _price(self, name: N) -> float:
        if name in self.hidden:
            return 0.001
        return (1000.0 if name in self.dear else 1.0) * (1 + self.values[name])


class _Table(Generic[N]):
    """Another table, made from the true one by changing one number and mending every rule that it breaks, straight on."""

    def __init__(self, search: _Search[N], only_hidden: bool = False) -> None:
        self._s, self._only_hidden = search, only_hidden
        self._changed: dict[N, int] = {}
        self._moved: dict[int, int] = {}  # how far the sum of a rule has moved
        self._waiting: deque[int] = deque()

    def mended(self, name: N, target: int) -> Mapping[N, int] | None:
        """What is changed so that `name` is `target`; None where that does not come to an end soon."""
        self._change(name, target - self._s.values[name])
        while self._waiting:
            rule = self._waiting.popleft()
            off = self._s.off(rule, self._moved[rule])
            if off and (len(self._changed) > _FAR or not self._mend(rule, off)):
                return None
        return self._changed

    def _change(self, name: N, by: int) -> None:
        self._changed[name] = by
        for rule, sign in self._s.of[name]:
            self._moved[rule] = self._moved.get(rule, 0) + sign * by
            self._waiting.append(rule)

    def _mend(self, rule: int, off: int) -> bool:
        """Change numbers of a rule so that it holds; whether they suffice."""
        values, hidden = self._s.values, self._s.hidden
        plus, minus = self._s.rules[rule].plus, self._s.rules[rule].minus
        falling, rising = (list(plus), list(minus)) if off > 0 else (list(minus), list(plus))
        left = abs(off)
        if self._only_hidden:
            falling, rising = [n for n in falling if n in hidden], [n for n in rising if n in hidden]
        free = [(n, -min(left, values[n] - 1)) for n in falling if values[n] > 1 and n not in self._changed]
        free += [(n, left) for n in rising if values[n] > 0 and n not in self._changed]
        free = [(n, by) for n, by in free if n in hidden or n not in self._s.kept]
        if self._only_hidden:  # some that give most are enough to choose from
            free = nlargest(_CHOICE, free, key=lambda pair: abs(pair[1]))
        for name, by in sorted(free, key=lambda pair: self._cost(pair[0], pair[1], left)):
            step = min(abs(by), left)
            self._change(name, step if by > 0 else -step)
            left -= step
            if not left:
                return True
        return False

    def _cost(self, name: N, by: int, left: int) -> tuple[bool, bool, bool, int, int, int]:
        """What is hidden already comes first; then what suffices alone, breaks fewest other rules, and says least."""
        s = self._s
        broken = 0  # less for those that are mended with it
        for rule, sign in s.of[name]:  # as `off` has it, without calling it
            moved, least, most = self._moved.get(rule, 0), s.least[rule], s.most[rule]
            then = moved + sign * by
            before = moved - most if moved > most else least - moved if moved < least else 0
            after = then - most if then > most else least - then if then < least else 0
            broken += (after > before) - (after < before)
        is_short = abs(by) < left
        if name in s.hidden:
            return (False, False, is_short, broken, -abs(by), 0)
        return (True, name in s.dear, is_short, broken, s.values[name], s.order[name])
