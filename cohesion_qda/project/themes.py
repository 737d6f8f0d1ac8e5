"""Verbs on themes."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CodeId, SegmentId, SourceId, ThemeId
from cohesion_qda.model.place import Place
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.model.theme import STATUSES, Theme, ThemeCounts
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.places import segment_inside, worded
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import codes, codings, places, themes
from cohesion_qda.store.sources import unused_name


class Themes:
    """`project.themes`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    # -- reading ---------------------------------------------------------------------------------------------------------

    def list(self) -> builtins.list[Theme]:
        """Every theme, in the researcher's order."""
        with self._s.reading():
            return themes.all_(self._s.db)

    def get(self, theme: ThemeId | str) -> Theme:
        """The theme with that id or name. Raises NotFound with the nearest names."""
        found = (
            next((t for t in self.list() if comparable(t.name) == comparable(theme)), None)
            if isinstance(theme, str)
            else themes.by_id(self._s.db, theme)
        )
        if found is None:
            raise NotFound(_("theme"), str(theme), [t.name for t in self.list()])
        return found

    def counts(self, coder: str | None = None) -> ThemeCounts:
        """How often and how widely the codes of each theme were used, with those under them, nothing counted twice; by one
        coder or by all.
        """
        from cohesion_qda.analysis import frequency

        data, listed = study_data(self._s), self.list()
        who = self._s.whose(coder)
        members = [_with_branches(data.codes, theme.codes) for theme in listed]
        counts, base = frequency.together(data, members, who)
        return ThemeCounts({theme.id: count for theme, count in zip(listed, counts, strict=True)}, base)

    def evidence(self, theme: ThemeId, coder: str | None = None) -> builtins.list[Passage]:
        """The passages of a theme's codes with those under them, by source and position; of one coder or of all."""
        branch = _with_branches(codes.tree(self._s.db), self.get(theme).codes)
        who = self._s.whose(coder)
        found = codings.of_codes(self._s.db, branch, who) if branch else []
        return Codings(self._s).passages([coding.id for coding in found])

    def passages(self, theme: ThemeId) -> builtins.list[Place]:
        """The key passages of a theme, by source and position, also those that lost their text."""
        with self._s.reading():
            return [*places.of_segments(self._s.db, themes.passages(self._s.db, theme)).values()]

    # -- the theme itself ------------------------------------------------------------------------------------------------

    def add(
        self,
        name: str,
        question: CodeId | None = None,
        codes_: Sequence[CodeId] = (),
        at: Sequence[tuple[SourceId, Span]] = (),
    ) -> Change:
        """A new theme, a candidate, that may answer a research question and hold codes and key passages from the start.

        Raises BadInput when the name is empty or taken, for a question that is none, or a place without words.
        """
        name = self._checked(name)
        self._check_question(question)
        for code in codes_:
            self._s.code_name(code)
        at = [(source, worded(self._s, source, span)) for source, span in at]
        with self._s.act("add-theme", focus=at[0] if at else None, theme=name) as action:
            theme = themes.add(self._s.db, name, question)
            themes.add_codes(self._s.db, theme, codes_)
            themes.add_passages(self._s.db, theme, [segment_inside(self._s, *place) for place in at])
        return action.change

    def add_from_code(self, code: CodeId) -> Change:
        """A new theme called as a code, which it holds, under the research question the code stands under."""
        name, tree = self._s.code_name(code), codes.tree(self._s.db)
        root = tree.root(code)
        taken = {theme.name.casefold() for theme in self.list()}
        return self.add(unused_name(taken, name), root.id if root.is_question else None, [code])

    def added(self, change: Change) -> ThemeId:
        """The theme that an `add` made."""
        return ThemeId(max(change.rows["theme"]))

    def rename(self, theme: ThemeId, name: str) -> Change:
        """Call a theme `name`. Raises BadInput when it is empty or taken."""
        was = self.get(theme)
        name = self._checked(name, but=theme)
        with self._s.act("rename-theme", old=was.name, theme=name) as action:
            themes.update(self._s.db, theme, name=name)
        return action.change

    def state(self, theme: ThemeId, statement: str) -> Change:
        """Write what the pattern is; typing within a minute is one act."""
        with self._s.act("state-theme", merge_key=f"theme:{theme}", theme=self.get(theme).name) as action:
            themes.update(self._s.db, theme, statement=statement)
        return action.change

    def set_status(self, theme: ThemeId, status: str) -> Change:
        """Mark a theme as one of STATUSES. Raises BadInput for anything else."""
        if status not in STATUSES:
            raise BadInput(
                _("A theme cannot be “{status}”.").format(status=status),
                _("It is one of: {statuses}.").format(statuses=called.to_write(STATUSES, called.statuses())),
            )
        with self._s.act("set-theme-status", theme=self.get(theme).name, status=status) as action:
            themes.update(self._s.db, theme, status=status)
        return action.change

    def set_question(self, theme: ThemeId, question: CodeId | None) -> Change:
        """Say which research question a theme answers, or that it answers none. Raises BadInput for a code that is none."""
        found = self.get(theme)
        self._check_question(question)
        kind, details = "clear-theme-question", dict[str, Any](theme=found.name)
        if question is not None:
            kind, details = "set-theme-question", {**details, "code": self._s.code_name(question)}
        with self._s.act(kind, **details) as action:
            themes.update(self._s.db, theme, question_id=question)
        return action.change

    def move(self, theme: ThemeId, position: int) -> Change:
        """Put a theme before the one that is `position`-th (from 0) among the others, or last."""
        found = self.get(theme)
        order = [other.id for other in self.list() if other.id != theme]
        order.insert(max(0, position), theme)
        with self._s.act("move-theme", theme=found.name) as action:
            themes.reorder(self._s.db, order)
        return action.change

    def delete(self, theme: ThemeId) -> Change:
        """Take a theme away; its codes and passages stay in the project. Undoable."""
        found = self.get(theme)
        n_codes, n = len(found.codes), found.passages
        with self._s.act("delete-theme", theme=found.name, codes=n_codes, n=n) as action:
            themes.delete(self._s.db, theme)
            codings.drop_empty_segments(self._s.db)
        return action.change

    # -- what supports it ------------------------------------------------------------------------------------------------

    def add_codes(self, theme: ThemeId, codes_: Sequence[CodeId]) -> Change:
        """Let codes, each with those under it, support a theme. Raises NotFound."""
        return self._change_codes("add-theme-codes", theme, codes_, themes.add_codes)

    def remove_codes(self, theme: ThemeId, codes_: Sequence[CodeId]) -> Change:
        """Let codes no longer support a theme; they stay in the codebook."""
        return self._change_codes("remove-theme-codes", theme, codes_, themes.remove_codes)

    def add_passages(self, theme: ThemeId, at: Sequence[tuple[SourceId, Span]]) -> Change:
        """Let passages, coded or not, be key passages of a theme. Raises BadInput for a place without words."""
        found = self.get(theme)
        at = [(source, worded(self._s, source, span)) for source, span in at]
        with self._s.act("add-theme-passages", focus=at[0] if at else None, theme=found.name) as action:
            action.details["n"] = themes.add_passages(
                self._s.db, theme, [segment_inside(self._s, source, span) for source, span in at]
            )
        return action.change

    def remove_passages(self, theme: ThemeId, segments: Sequence[SegmentId]) -> Change:
        """Let passages no longer be key passages of a theme; their codings stay."""
        with self._s.act("remove-theme-passages", theme=self.get(theme).name) as action:
            action.details["n"] = themes.remove_passages(self._s.db, theme, segments)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def choose_passages(self, theme: ThemeId, add: Sequence[SegmentId], remove: Sequence[SegmentId]) -> Change:
        """Let some segments become key passages of a theme and others be none any more, in one act."""
        with self._s.act("choose-theme-passages", theme=self.get(theme).name) as action:
            themes.add_passages(self._s.db, theme, add)
            themes.remove_passages(self._s.db, theme, remove)
            codings.drop_empty_segments(self._s.db)
            action.details["n"] = len(themes.passages(self._s.db, theme))
        return action.change

    def _change_codes(self, kind: str, theme: ThemeId, codes_: Sequence[CodeId], how: Any) -> Change:
        names = [self._s.code_name(code) for code in codes_]
        with self._s.act(kind, theme=self.get(theme).name, code=names) as action:
            how(self._s.db, theme, codes_)
        return action.change

    def _checked(self, name: str, but: ThemeId | None = None) -> str:
        name = " ".join(name.split())
        if not name:
            raise BadInput(_("A theme needs a name."), _("Type a few words."))
        for other in self.list():
            if other.id != but and comparable(other.name) == comparable(name):
                raise BadInput(
                    _("There is already a theme “{name}”.").format(name=other.name),
                    _("Use it, or choose another name."),
                )
        return name

    def _check_question(self, question: CodeId | None) -> None:
        if question is not None and not codes.tree(self._s.db)[self._known(question)].is_question:
            raise BadInput(
                _("“{code}” is not marked as a research question.").format(code=self._s.code_name(question)),
                _("Mark it as one in the codebook, or choose another."),
            )

    def _known(self, code: CodeId) -> CodeId:
        self._s.code_name(code)
        return code


def _with_branches(tree: CodeTree, chosen: Sequence[CodeId]) -> builtins.list[CodeId]:
    """The codes and all under them, each once."""
    return [*dict.fromkeys(code for above in chosen if above in tree for code in tree.branch(above))]
