"""The trail in words: one sentence for each kind of action, made from the values that were kept with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.evidence import readings
from cohesion_qda.model.reporting import part_names
from cohesion_qda.project import evidence_words, worksheet_words

# details that are kept as the program writes them, and what they are called
_CALLED: dict[str, Callable[[], dict[str, str]]] = {
    "type": called.types, "state": called.states, "role": called.roles, "what": called.kinds, "part": called.parts,
    "colour": called.colours, "reading": readings,
}  # fmt: skip


def sentence(kind: str, details: Mapping[str, Any]) -> str:
    """What was done, without who and when: `Coded 34 words of “Dewsbury women” as “Language barriers”`."""
    counted = _counted(kind, details)
    if counted:
        return with_gone(counted, details)
    n = int(details.get("n", 0) or 0)
    template = (
        _ABOUT_SOURCES()
        | _ABOUT_CODES()
        | _ABOUT_THEMES()
        | _ABOUT_PLANS()
        | _OF_REPORT()
        | worksheet_words.sentences(n)
        | evidence_words.sentences(n, has_changed=bool(details.get("changed")))
    ).get(kind)
    return kind if template is None else with_gone(filled(template, details, kind), details)


def with_gone(what: str, details: Mapping[str, Any]) -> str:
    """A sentence, with what went without being named in it (`gone`: how many rows, by table)."""
    gone = details.get("gone") or {}
    things = []
    if n := gone.get("summary"):
        things.append(ngettext("{n} summary", "{n} summaries", n).format(n=n))
    if n := gone.get("settlement"):
        things.append(ngettext("{n} settled disagreement", "{n} settled disagreements", n).format(n=n))
    if n := gone.get("report_quote"):
        things.append(
            ngettext("{n} quotation chosen for the report", "{n} quotations chosen for the report", n).format(n=n)
        )
    things += worksheet_words.gone(gone) + evidence_words.gone(gone)
    return _("{what} (also gone: {things})").format(what=what, things=", ".join(things)) if things else what


def _shown(name: str, value: Any) -> Any:
    if name == "status":
        return _STATUSES().get(value, value)
    if name in _CALLED and isinstance(value, str):
        return called.in_sentence(value, _CALLED[name]())
    if name == "coders" and isinstance(value, list):
        return (
            value[0] if len(value) == 1 else _("{names} and {last}").format(names=", ".join(value[:-1]), last=value[-1])
        )
    return "”, “".join(map(str, value)) if isinstance(value, list) else value


def _about(d: Mapping[str, Any]) -> str:
    """What a memo is about, by name where that was kept."""
    if not d.keys() & {"source", "case", "code"}:
        plain = {
            "project": _("the project"),
            "source": _("a source"),
            "study_case": _("a participant"),
            "code": _("a code"),
            "coding": _("a coding"),
            "segment": _("a passage"),
        }
        return plain.get(d["about"], str(d["about"]))
    named = {
        "source": _("the source “{source}”"),
        "study_case": _("the participant “{case}”"),
        "code": _("the code “{code}”"),
        "coding": _("a passage of “{source}” coded as “{code}”"),
        "segment": _("a passage of “{source}”"),
    }
    return named[d["about"]].format_map(_Blank(d))


def _STATUSES() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {"candidate": _("a candidate"), "reviewed": _("reviewed"), "defined": _("defined")}


class _Blank(dict[str, Any]):
    """A value that was not kept reads as a dash rather than failing."""

    def __missing__(self, key: str) -> str:
        return "–"


def _counted(kind: str, d: Mapping[str, Any]) -> str:
    """The sentence of an action that counts something; empty for any other."""
    n = int(d.get("n", 0))
    template = _of_a_few(kind, n, d) or _PLURALS(n).get(kind, "")
    return template.format_map(_Empty({name: _shown(name, value) for name, value in d.items()} | {"n": n}))


class _Empty(dict[str, Any]):
    """A value that was not kept reads as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def _of_a_few(kind: str, n: int, d: Mapping[str, Any]) -> str:
    """What is said in another way because of what else is known, or because it is about one thing or none."""
    if kind == "remove-codings" and n == 1 and d.get("code"):
        return _("Removed “{code}” from a passage of “{source}”")
    if kind in ("set-weight", "clear-weight", "recode") and n == 1:
        return _OF_ONE_CODING()[kind]
    if kind == "delete-code" and d.get("under"):
        return ngettext(
            "Deleted the code “{code}” and those under it ({under}) with {n} coding",
            "Deleted the code “{code}” and those under it ({under}) with {n} codings", n,
        )  # fmt: skip
    if kind == "import-codebook" and d.get("changed") and not n:
        return _("Took over what a codebook says of codes that were there ({changed})")
    if kind == "import-codebook" and d.get("changed"):
        return ngettext(
            "Added a codebook of {n} code (changed, of those that were there: {changed})",
            "Added a codebook of {n} codes (changed, of those that were there: {changed})", n,
        )  # fmt: skip
    if kind == "write-summary":
        wrote, emptied = (
            _("Wrote the summary of “{case}” on “{code}”"),
            _("Emptied the summary of “{case}” on “{code}”"),
        )
        return wrote if n else emptied
    if kind == "import" and n == 1:
        return _("Imported “{source}”")
    if kind == "remove-source" and n:
        return ngettext("Removed the source “{source}” and {n} memo", "Removed the source “{source}” and {n} memos", n)
    if kind == "auto-code" and not d.get("query"):
        return ngettext("Coded {n} passage as “{code}”", "Coded {n} passages as “{code}”", n)
    if kind == "set-attributes" and not n:
        return _("Said what the values of attributes are")
    if kind == "set-attributes" and d.get("name"):
        return ngettext("Set {n} value of {name}", "Set {n} values of {name}", n)
    if kind == "remove-attribute" and n:
        return ngettext(
            "Removed the attribute “{name}” with its {n} value", "Removed the attribute “{name}” with its {n} values", n
        )
    if kind == "set-guide" and not n:
        return _("Took the moderator’s guide away")
    if kind == "set-guide" and d.get("found"):
        return ngettext(
            "Set a guide of {n} question (sections found: {found})",
            "Set a guide of {n} questions (sections found: {found})", n,
        )  # fmt: skip
    if kind == "correct-text" and d.get("lost"):
        return ngettext(
            "Corrected {n} place of “{source}” (passages that lost their text: {lost})",
            "Corrected {n} places of “{source}” (passages that lost their text: {lost})", n,
        )  # fmt: skip
    if kind == "set-speaker" and n == 1:
        return _("Gave turn {turn} of “{source}” to {case}")
    if kind == "let-go-lost" and not n:
        return _("Let go of a passage of “{source}” whose words had been corrected away")
    return _OF_ONE_DETAIL().get(kind, "") if n == 1 else ""


def _OF_ONE_DETAIL() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "keep-details": _("Kept “{words}” in the report"),
        "replace-details": _("Replaced “{words}” in the report by “{word}”"),
        "leave-out-details": _("Left “{words}” out of the report"),
        "unsettle-details": _("Took back what was decided about “{words}” in the report"),
    }


def _OF_ONE_CODING() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "set-weight": _("Gave “{code}” the weight {weight} in a passage of “{source}”"),
        "clear-weight": _("Took the weight of “{code}” away in a passage of “{source}”"),
        "recode": _("Recoded a passage of “{source}” from “{code}” to “{into}”"),
    }


def _PLURALS(n: int) -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "apply-code": ngettext(
            "Coded {n} word of “{source}” as “{code}”", "Coded {n} words of “{source}” as “{code}”", n
        ),
        "apply-code-many": ngettext("Coded {n} passage as “{code}”", "Coded {n} passages as “{code}”", n),
        "settle-applied": ngettext(
            "Settled that “{code}” applies to {n} word of “{source}”",
            "Settled that “{code}” applies to {n} words of “{source}”",
            n,
        ),
        "settle-not": ngettext(
            "Settled that “{code}” does not apply to {n} word of “{source}”",
            "Settled that “{code}” does not apply to {n} words of “{source}”",
            n,
        ),
        "move-ends": ngettext(
            "Changed the ends of a passage of “{source}” coded as “{code}”: {n} word now",
            "Changed the ends of a passage of “{source}” coded as “{code}”: {n} words now",
            n,
        ),
        "set-weight": ngettext("Gave {n} coding the weight {weight}", "Gave {n} codings the weight {weight}", n),
        "clear-weight": ngettext("Took the weight of {n} coding away", "Took the weights of {n} codings away", n),
        "recode": ngettext("Recoded {n} passage as “{into}”", "Recoded {n} passages as “{into}”", n),
        "remove-codings": ngettext("Removed {n} coding", "Removed {n} codings", n),
        "auto-code": ngettext(
            "Coded {n} passage that holds “{query}” as “{code}”",
            "Coded {n} passages that hold “{query}” as “{code}”",
            n,
        ),
        "import": ngettext("Imported {n} source", "Imported {n} sources", n),
        "import-codings": ngettext("Imported {n} coding of {coders}", "Imported {n} codings of {coders}", n),
        "delete-code": ngettext(
            "Deleted the code “{code}” with {n} coding", "Deleted the code “{code}” with {n} codings", n
        ),
        "merge-codes": ngettext(
            "Merged “{code}” with its {n} coding into “{into}”", "Merged “{code}” with its {n} codings into “{into}”", n
        ),
        "pass-over": ngettext(
            "Dismissed {n} passage suggested for “{code}”", "Dismissed {n} passages suggested for “{code}”", n
        ),
        "accept-suggestion": ngettext(
            "Accepted {n} suggested passage as “{code}”", "Accepted {n} suggested passages as “{code}”", n
        ),
        "look-for-themes": ngettext("Looked for themes: {n} is proposed", "Looked for themes: {n} are proposed", n),
        "set-attributes": ngettext("Set {n} attribute value", "Set {n} attribute values", n),
        "set-guide": ngettext("Set a guide of {n} question", "Set a guide of {n} questions", n),
        "correct-text": ngettext("Corrected {n} place of “{source}”", "Corrected {n} places of “{source}”", n),
        "set-speaker": ngettext("Gave {n} turn of “{source}” to {case}", "Gave {n} turns of “{source}” to {case}", n),
        "let-go-lost": ngettext(
            "Let go of {n} coding of “{source}” whose words had been corrected away",
            "Let go of {n} codings of “{source}” whose words had been corrected away",
            n,
        ),
        "find-sections": ngettext("Found where {n} question is asked", "Found where {n} questions are asked", n),
        "split-code": ngettext(
            "Split “{code}”: {n} passage went to “{into}”", "Split “{code}”: {n} passages went to “{into}”", n
        ),
        "recolour-branch": ngettext(
            "Gave “{code}” and the {n} code under it the colour {colour}",
            "Gave “{code}” and the {n} codes under it the colour {colour}",
            n,
        ),
        "import-codebook": ngettext("Added a codebook of {n} code", "Added a codebook of {n} codes", n),
        "set-area-type": ngettext(
            "Gave {n} source the kind of area “{area}”", "Gave {n} sources the kind of area “{area}”", n
        ),
        "clear-area-type": ngettext(
            "Took the kind of area of {n} source away", "Took the kind of area of {n} sources away", n
        ),
        "set-issue-codes": ngettext(
            "{n} code bears out the issue “{issue}”", "{n} codes bear out the issue “{issue}”", n
        ),
        "take-frame": ngettext(
            "Took up the study frame “{name}” with {n} new code",
            "Took up the study frame “{name}” with {n} new codes",
            n,
        ),
        "link-memo": ngettext("Linked the memo “{memo}” to {n} passage", "Linked the memo “{memo}” to {n} passages", n),
        "unlink-memo": ngettext(
            "Took the link to {n} passage from the memo “{memo}”",
            "Took the links to {n} passages from the memo “{memo}”",
            n,
        ),
        "add-theme-passages": ngettext(
            "Gave the theme “{theme}” {n} key passage", "Gave the theme “{theme}” {n} key passages", n
        ),
        "remove-theme-passages": ngettext(
            "Took {n} key passage from the theme “{theme}”", "Took {n} key passages from the theme “{theme}”", n
        ),
        "link-summary": ngettext(
            "Linked the summary of “{case}” on “{code}” to {n} passage",
            "Linked the summary of “{case}” on “{code}” to {n} passages",
            n,
        ),
        "unlink-summary": ngettext(
            "Took the link to {n} passage from the summary of “{case}” on “{code}”",
            "Took the links to {n} passages from the summary of “{case}” on “{code}”",
            n,
        ),
        "choose-theme-passages": ngettext(
            "Chose the key passages of the theme “{theme}”: {n} now",
            "Chose the key passages of the theme “{theme}”: {n} now",
            n,
        ),
        "choose-quotes": ngettext(
            "Chose {n} passage for the report to quote on “{code}”",
            "Chose {n} passages for the report to quote on “{code}”",
            n,
        ),
        "choose-dissenting-quotes": ngettext(
            "Chose {n} passage for the report to quote against “{code}”",
            "Chose {n} passages for the report to quote against “{code}”",
            n,
        ),
        "unchoose-quotes": ngettext(
            "Took {n} passage out of the report's quotations on “{code}”",
            "Took {n} passages out of the report's quotations on “{code}”",
            n,
        ),
        "keep-details": ngettext("Kept {n} detail in the report", "Kept {n} details in the report", n),
        "replace-details": ngettext("Replaced {n} detail in the report", "Replaced {n} details in the report", n),
        "leave-out-details": ngettext("Left {n} detail out of the report", "Left {n} details out of the report", n),
        "unsettle-details": ngettext(
            "Took back what was decided about {n} detail of the report",
            "Took back what was decided about {n} details of the report",
            n,
        ),
        "mark-dissent": ngettext(
            "Marked {n} key passage of the theme “{theme}” as a view against it",
            "Marked {n} key passages of the theme “{theme}” as views against it",
            n,
        ),
        "unmark-dissent": ngettext(
            "Marked {n} key passage of the theme “{theme}” as a view for it",
            "Marked {n} key passages of the theme “{theme}” as views for it",
            n,
        ),
    }


def _OF_REPORT() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "arrange-report": _("Put the parts of the report in another order"),
        "show-report-part": _("Put “{place}” into the report"),
        "leave-out-report-part": _("Left “{place}” out of the report"),
        "write-report-words": _("Changed the report's words under “{place}”"),
        "order-quotes": _("Put the report's quotations on “{code}” in another order"),
        "use-report-template": _("Laid the report out as “{name}”"),
    }


def _place(d: Mapping[str, Any]) -> str:
    """A part of the report, or what it tells of a code or theme, by name."""
    return str(part_names().get(d.get("part", ""), "") or d.get("code") or d.get("theme") or d.get("part", "–"))


def _ABOUT_THEMES() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "add-theme": _("Added the theme “{theme}”"),
        "rename-theme": _("Renamed the theme “{old}” to “{theme}”"),
        "state-theme": _("Wrote the statement of the theme “{theme}”"),
        "set-theme-status": _("Marked the theme “{theme}” as {status}"),
        "set-theme-question": _("Put the theme “{theme}” under the question “{code}”"),
        "clear-theme-question": _("Put the theme “{theme}” under no question"),
        "move-theme": _("Moved the theme “{theme}”"),
        "add-theme-codes": _("Gave the theme “{theme}” the code “{code}”"),
        "remove-theme-codes": _("Took the code “{code}” from the theme “{theme}”"),
        "quote-in-summary": _("Quoted a passage of “{source}” in the summary of “{case}” on “{code}”"),
        "delete-theme": _("Deleted the theme “{theme}” (codes it held: {codes}, key passages: {n})"),
    }


def _ABOUT_SOURCES() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "new-project": _("Made the project “{title}”"),
        "set-title": _("Called the project “{title}”"),
        "set-report": _("Changed the report's {name}"),
        "add-coder": _("{coder} joined as a coder"),
        "rename-source": _("Renamed the source “{old}” to “{source}”"),
        "set-source-kind": _("Marked “{source}” as: {what}"),
        "set-source-state": _("Marked “{source}” as {state}"),
        "set-attribute": _("Set {name} of “{subject}” to “{value}”"),
        "clear-attribute": _("Took {name} of “{subject}” away"),
        "add-attribute": _("Added the attribute “{name}”"),
        "rename-attribute": _("Renamed the attribute “{old}” to “{name}”"),
        "set-attribute-type": _("Marked the attribute “{name}” as: {type}"),
        "remove-attribute": _("Removed the attribute “{name}”"),
        "remove-source": _("Removed the source “{source}”"),
        "rename-case": _("Renamed the participant “{old}” to “{case}”"),
        "set-role": _("Gave “{case}” the role of {role}"),
        "join-cases": _("Joined “{case}” with “{into}”: one person"),
        "part-cases": _("Took “{label}” of “{source}” out of “{case}”: two people"),
        "said-by": _("Gave words of turn {turn} of “{source}” to {case}"),
        "split-turn": _("Split turn {turn} of “{source}” in two"),
        "join-turn": _("Joined turn {turn} of “{source}” with the one before"),
        "place-lost": _("Placed “{quote}” of “{source}” anew"),
        "place-section": _("Let “{title}” begin at turn {turn} of “{source}”"),
        "end-section": _("Let no question be asked from turn {turn} of “{source}” on"),
        "remove-section": _("Took away where “{title}” begins in “{source}”"),
    }


def _ABOUT_CODES() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "add-code": _("Added the code “{code}”"),
        "add-and-apply-code": _("Added the code “{code}” and used it in “{source}”"),
        "rename-code": _("Renamed the code “{old}” to “{code}”"),
        "recolour-code": _("Gave “{code}” the colour {colour}"),
        "edit-code": _("Edited the code “{code}”"),
        "describe-code": _("Described the code “{code}”"),
        "set-code-key": _("Gave “{code}” the key {key}"),
        "clear-code-key": _("Took the key of “{code}” away"),
        "move-code": _("Moved the code “{code}”"),
        "set-code-aside": _("Set the code “{code}” aside"),
        "bring-code-back": _("Brought the code “{code}” back"),
        "set-example": _("Made a quotation the example of “{code}”"),
        "set-question": _("Marked “{code}” as a research question"),
        "clear-question": _("“{code}” is no longer marked as a research question"),
        "point-code-for": _("What is said with “{code}” counts as for cohesion"),
        "point-code-against": _("What is said with “{code}” counts as against cohesion"),
        "clear-direction": _("What is said with “{code}” counts neither as for nor as against cohesion"),
        "map-issue": _("“{code}” bears out the issue “{issue}”"),
        "unmap-issue": _("“{code}” no longer bears out the issue “{issue}”"),
        "add-memo": _("Wrote a memo about {about}"),
        "edit-memo": _("Edited the memo about {about}"),
        "delete-memo": _("Deleted the memo about {about}"),
        "dismiss-suggestion": _("Dismissed the suggestion “{label}”"),
        "take-back-dismissal": _("Brought back the suggestion “{label}”"),
        "merge-proposed-themes": _("Merged the proposed themes “{label}” and “{into}”"),
        "split-proposed-theme": _("Split the proposed theme “{label}” in two"),
        "leave-out-words": _("Left “{words}” out of what is counted"),
        "take-back-words": _("Counted “{words}” again"),
        "merge-words": _("Counted “{words}” as one with “{word}”"),
        "unmerge-words": _("Counted “{words}” apart from “{word}” again"),
        "set-talk-language": _("Set the language of the talk to {language}"),
        "export-report": _("Wrote the report to {path}"),
        "export-table": _("Exported a table to {path}"),
        "export-answer": _("Wrote “{title}” to {path} with every number"),
        "export-answer-hidden": _("Wrote “{title}” to {path} with numbers below {suppress} hidden"),
        "export-codebook": _("Exported the codebook to {path}"),
        "export-wordcloud": _("Drew a word cloud to {path}"),
        "export-passages": _("Wrote passages to {path}"),
        "save-query": _("Saved the query “{name}”"),
        "change-query": _("Changed the saved query “{name}”"),
        "rename-query": _("Renamed the saved query “{old}” to “{name}”"),
        "delete-query": _("Deleted the saved query “{name}”"),
        "save-answer": _("Saved the answer “{name}”"),
        "change-answer": _("Changed the saved answer “{name}”"),
        "rename-answer": _("Renamed the saved answer “{old}” to “{name}”"),
        "delete-answer": _("Deleted the saved answer “{name}”"),
        "save-copy": _("Saved a copy to {path}"),
    }


def _ABOUT_PLANS() -> dict[str, str]:  # noqa: N802 - a table, filled in the language of the moment
    return {
        "add-plan": _("Put “{plan}” into the plan"),
        "change-plan": _("Changed “{plan}” in the plan"),
        "do-plan": _("Marked “{plan}” of the plan as done"),
        "undo-plan": _("Marked “{plan}” of the plan as still to do"),
        "move-plan": _("Moved “{plan}” in the plan"),
        "remove-plan": _("Took “{plan}” out of the plan"),
        "set-trainer": _("Named {trainer} as the trainer of the team"),
        "clear-trainer": _("Named nobody as the trainer of the team any more"),
        "set-training": _("Made “{source}” the training set"),
        "clear-training": _("Gave the training set up"),
    }


def trail_sentence(kind: str, details: Mapping[str, Any], original: str, acts: int = 1) -> str:
    """The sentence of an undo or redo, which tells what was undone or redone; otherwise as `sentence`. For `acts` at once,
    `details` are those of the oldest.
    """
    if kind not in ("undo", "redo"):
        return sentence(kind, details)
    what = sentence(original, details)
    if acts > 1:
        what = several_sentence(acts, what)
    return (_("Undid: {what}") if kind == "undo" else _("Did again: {what}")).format(what=what)


def several_sentence(acts: int, oldest: str) -> str:
    """Several acts in one sentence; `oldest` is the sentence of the first of them."""
    return ngettext("{n} act, from “{what}” on", "{n} acts, from “{what}” on", acts).format(n=acts, what=oldest)


def filled(template: str, details: Mapping[str, Any], kind: str) -> str:
    """`template` with the values of an act of that kind in its holes, in words; one that was not kept reads as a dash."""
    shown = {name: _shown(name, value) for name, value in details.items()}
    if "about" in details:
        shown["about"] = _about(details)
    if kind in _OF_REPORT():
        shown["place"] = _place(details)
    if kind == "set-report":
        shown["name"] = called.in_sentence(str(details.get("name", "–")), called.parts())
    return template.format_map(_Blank(shown))
