"""What the pages about sources say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.source import Alike, SourceDraft

LONGEST = 80  # characters of a name in a sentence
MOST_NAMES = 8  # names of files in a sentence
NAMED = 3  # names in a sentence before the rest is a number


def kind_name(kind: str) -> str:
    """One kind of source, for a person."""
    return called.kinds().get(kind, kind)


def role_name(role: str) -> str:
    """One role, for a person."""
    return called.roles().get(role, role)


def speakers_words(roles: Iterable[str]) -> str:
    """`1 moderator, 6 participants`, from the role of each speaker."""
    counts = Counter(roles)
    words = []
    if n := counts["moderator"]:
        words.append(ngettext("{n} moderator", "{n} moderators", n).format(n=n))
    if n := counts["observer"]:
        words.append(ngettext("{n} observer", "{n} observers", n).format(n=n))
    if (n := counts["participant"]) or words:
        words.append(ngettext("{n} participant", "{n} participants", n).format(n=n))
    return ", ".join(words)


def form_words(form: str) -> str:
    """A way of writing who speaks, for a menu."""
    from cohesion_qda.base.errors import BadInput
    from cohesion_qda.project.sources import Sources

    try:
        words = Sources.convention_in_words(form)
    except BadInput:
        words = form
    return words[:1].upper() + words[1:]


def form_name(form: str) -> str:
    """As `form_words`, without the example in brackets."""
    return form_words(form).partition(" (")[0]


def recognised(draft: SourceDraft) -> str:
    """`Word document, names in bold`: what a file was recognised as."""
    return ", ".join(part for part in (draft.format, draft.convention) if part)


def summary(files: int, looks: int, errors: int, sources: int | None = None) -> str:
    """`12 files; 2 need a look; 1 could not be read`; where they hold more `sources`, `12 files with 41 sources; …`."""
    held = ngettext("{n} file", "{n} files", files).format(n=files)
    if sources is not None and sources > files - errors:
        held = ngettext("{files} with {n} source", "{files} with {n} sources", sources).format(files=held, n=sources)
    parts = [held]
    if looks:
        parts.append(ngettext("{n} needs a look", "{n} need a look", looks).format(n=looks))
    elif files > errors:
        parts.append(_("none needs a look"))
    if errors:
        parts.append(_("{n} could not be read").format(n=errors))
    return "; ".join(parts)


def given_words(what: str, files: Sequence[str], misfits: Sequence[str]) -> str:
    """`Kind of source: Interview. Used for 2 files: a.txt, b.txt.`, and which files it did not fit."""
    n, parts = len(files), [f"{what}."]
    if n:
        used = ngettext("Used for {n} file: {names}.", "Used for {n} files: {names}.", n)
        parts.append(used.format(n=n, names=some_names(files)))
    if misfits:
        parts.append(_("It does not fit these, which stay as they were: {names}.").format(names=some_names(misfits)))
    return " ".join(parts)


def some_names(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """The first of `names`, and how many more there are."""
    words, rest = ", ".join(map(_shortened, names[:most])), len(names) - most
    if rest <= 0:
        return words
    return ngettext("{names} and {n} more", "{names} and {n} more", rest).format(names=words, n=rest)


def _shortened(name: str) -> str:
    """A name of a file that is very long, without its middle."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 20]}…{name[-16:]}"


def why_alike(pair: Alike) -> str:
    """`“Particpant” may be “Participant”. One letter differs.`, or `“TN6 (nods)” was read as “TN6”. …`."""
    said = _("“{label}” was read as “{into}”.") if pair.is_joined else _("“{label}” may be “{into}”.")
    return f"{said.format(label=pair.label, into=pair.into)} {sentence(pair.why)}".strip()


def looks_like_a_name(label: str, n: int) -> str:
    """What is said of a label that was left in the speech."""
    if not n:
        return _("Looks like a name, left in the speech: “{label}”").format(label=label)
    return ngettext(
        "Looks like a name, left in the speech: “{label}” ({n} time)",
        "Looks like a name, left in the speech: “{label}” ({n} times)",
        n,
    ).format(label=label, n=n)


def shared_words(shared: Mapping[str, int]) -> str:
    """`David speaks in 3 files: kept as 3 people`, for each label and the files it is in; empty for none."""
    if not shared:
        return ""
    if len(shared) == 1:
        ((label, n),) = shared.items()
        return _("{label} speaks in {n} files: kept as {n} people.").format(label=label, n=n)
    names = ", ".join(list(shared)[:NAMED])
    rest = len(shared) - NAMED
    if rest > 0:
        names = ngettext("{names} and {n} more", "{names} and {n} more", rest).format(names=names, n=rest)
    return _("{names} speak in other files too: in each file they are other people.").format(names=names)


def sentence(words: str) -> str:
    """`words` with a capital at the beginning and a stop at the end."""
    words = words.strip()
    whole = words if not words or words[-1] in ".?!…" else f"{words}."
    return whole[:1].upper() + whole[1:]
