"""The trail in whole sentences with the person who did it: `Amina coded 34 words of “Dewsbury women” as “Language barriers”`.

One template for each kind of act, with `{person}` as its subject, because no language makes such a sentence by putting a name in front
of another one. `sentences` has the same without the person, for messages about what one has just done oneself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.project import evidence_words, worksheet_words
from cohesion_qda.project.sentences import filled, sentence, several_sentence, with_gone


def told(kind: str, details: Mapping[str, Any], coder: str, *, original: str = "", acts: int = 1) -> str:
    """The sentence of an act by `coder`. For an undo or redo, `original` is the kind of the act that it took back or did
    again, `details` are that act's, and `acts` is how many there were.
    """
    person = coder or _("Somebody")
    if kind in ("undo", "redo"):
        what = sentence(original, details)
        what = what if acts == 1 else several_sentence(acts, what)
        template = _("{person} undid: {what}") if kind == "undo" else _("{person} did again: {what}")
        return template.format(person=person, what=what)
    template = _template(kind, int(details.get("n", 0) or 0), details)
    if not template:
        return _("{person}: {what}").format(person=person, what=sentence(kind, details))
    return with_gone(filled(template, dict(details) | {"person": person}, kind), details)


def _template(kind: str, n: int, details: Mapping[str, Any]) -> str:
    return (
        _of_a_few(kind, n, details)
        or (_counted_codings(n) | _counted_codes(n) | _counted_sources(n) | _counted_themes(n)).get(kind)
        or (_of_project() | _of_sources() | _of_people() | _of_codes() | _of_memos() | _of_themes() | _of_plans()).get(
            kind
        )
        or (worksheet_words.told(n) | evidence_words.told(n, has_changed=bool(details.get("changed")))).get(kind, "")
    )


def _of_a_few(kind: str, n: int, d: Mapping[str, Any]) -> str:
    """What is said in another way because of what else is known, or because it is about one thing or none."""
    if kind == "remove-codings" and n == 1 and d.get("code"):
        return _("{person} removed “{code}” from a passage of “{source}”")
    if kind in ("set-weight", "clear-weight", "recode") and n == 1:
        return _of_one_coding()[kind]
    if kind == "auto-code" and not d.get("query"):
        return ngettext("{person} coded {n} passage as “{code}”", "{person} coded {n} passages as “{code}”", n)
    if kind == "delete-code" and d.get("under"):
        return ngettext(
            "{person} deleted the code “{code}” and those under it ({under}) with {n} coding",
            "{person} deleted the code “{code}” and those under it ({under}) with {n} codings", n,
        )  # fmt: skip
    if kind == "import-codebook" and d.get("changed") and not n:
        return _("{person} took over what a codebook says of codes that were there ({changed})")
    if kind == "import-codebook" and d.get("changed"):
        return ngettext(
            "{person} added a codebook of {n} code (changed, of those that were there: {changed})",
            "{person} added a codebook of {n} codes (changed, of those that were there: {changed})", n,
        )  # fmt: skip
    if kind == "write-summary" and not n:
        return _("{person} emptied the summary of “{case}” on “{code}”")
    return _of_a_few_sources(kind, n, d)


def _of_a_few_sources(kind: str, n: int, d: Mapping[str, Any]) -> str:
    if kind == "import" and n == 1:
        return _("{person} imported “{source}”")
    if kind == "set-attributes" and not n:
        return _("{person} said what the values of attributes are")
    if kind == "set-attributes" and d.get("name"):
        return ngettext("{person} set {n} value of {name}", "{person} set {n} values of {name}", n)
    if kind == "remove-attribute" and n:
        return ngettext(
            "{person} removed the attribute “{name}” with its {n} value",
            "{person} removed the attribute “{name}” with its {n} values", n,
        )  # fmt: skip
    if kind == "set-guide" and not n:
        return _("{person} took the moderator’s guide away")
    if kind == "set-guide" and d.get("found"):
        return ngettext(
            "{person} set a guide of {n} question (sections found: {found})",
            "{person} set a guide of {n} questions (sections found: {found})", n,
        )  # fmt: skip
    if kind == "remove-source" and n:
        return ngettext(
            "{person} removed the source “{source}” and {n} memo",
            "{person} removed the source “{source}” and {n} memos",
            n,
        )
    if kind == "correct-text" and d.get("lost"):
        return ngettext(
            "{person} corrected {n} place of “{source}” (passages that lost their text: {lost})",
            "{person} corrected {n} places of “{source}” (passages that lost their text: {lost})", n,
        )  # fmt: skip
    if kind == "set-speaker" and n == 1:
        return _("{person} gave turn {turn} of “{source}” to {case}")
    if kind == "let-go-lost" and not n:
        return _("{person} let go of a passage of “{source}” whose words had been corrected away")
    return _of_one_detail().get(kind, "") if n == 1 else ""


def _of_one_detail() -> dict[str, str]:
    return {
        "keep-details": _("{person} kept “{words}” in the report"),
        "replace-details": _("{person} replaced “{words}” in the report by “{word}”"),
        "leave-out-details": _("{person} left “{words}” out of the report"),
        "unsettle-details": _("{person} took back what was decided about “{words}” in the report"),
    }


def _of_one_coding() -> dict[str, str]:
    return {
        "set-weight": _("{person} gave “{code}” the weight {weight} in a passage of “{source}”"),
        "clear-weight": _("{person} took the weight of “{code}” away in a passage of “{source}”"),
        "recode": _("{person} recoded a passage of “{source}” from “{code}” to “{into}”"),
    }


def _counted_codings(n: int) -> dict[str, str]:
    return {
        "apply-code": ngettext(
            "{person} coded {n} word of “{source}” as “{code}”", "{person} coded {n} words of “{source}” as “{code}”", n
        ),
        "apply-code-many": ngettext("{person} coded {n} passage as “{code}”", "{person} coded {n} passages as “{code}”", n),
        "auto-code": ngettext(
            "{person} coded {n} passage that holds “{query}” as “{code}”",
            "{person} coded {n} passages that hold “{query}” as “{code}”", n,
        ),
        "settle-applied": ngettext(
            "{person} settled that “{code}” applies to {n} word of “{source}”",
            "{person} settled that “{code}” applies to {n} words of “{source}”", n,
        ),
        "settle-not": ngettext(
            "{person} settled that “{code}” does not apply to {n} word of “{source}”",
            "{person} settled that “{code}” does not apply to {n} words of “{source}”", n,
        ),
        "move-ends": ngettext(
            "{person} changed the ends of a passage of “{source}” coded as “{code}”: {n} word now",
            "{person} changed the ends of a passage of “{source}” coded as “{code}”: {n} words now", n,
        ),
        "set-weight": ngettext("{person} gave {n} coding the weight {weight}", "{person} gave {n} codings the weight {weight}", n),
        "clear-weight": ngettext(
            "{person} took the weight of {n} coding away", "{person} took the weights of {n} codings away", n
        ),
        "recode": ngettext("{person} recoded {n} passage as “{into}”", "{person} recoded {n} passages as “{into}”", n),
        "remove-codings": ngettext("{person} removed {n} coding", "{person} removed {n} codings", n),
        "import-codings": ngettext(
            "{person} imported {n} coding of {coders}", "{person} imported {n} codings of {coders}", n
        ),
        "pass-over": ngettext(
            "{person} dismissed {n} passage suggested for “{code}”",
            "{person} dismissed {n} passages suggested for “{code}”", n,
        ),
        "accept-suggestion": ngettext(
            "{person} accepted {n} suggested passage as “{code}”", "{person} accepted {n} suggested passages as “{code}”", n
        ),
        "look-for-themes": ngettext(
            "{person} looked for themes: {n} is proposed", "{person} looked for themes: {n} are proposed", n
        ),
        "let-go-lost": ngettext(
            "{person} let go of {n} coding of “{source}” whose words had been corrected away",
            "{person} let go of {n} codings of “{source}” whose words had been corrected away", n,
        ),
    }  # fmt: skip


def _counted_codes(n: int) -> dict[str, str]:
    return {
        "delete-code": ngettext(
            "{person} deleted the code “{code}” with {n} coding", "{person} deleted the code “{code}” with {n} codings", n
        ),
        "merge-codes": ngettext(
            "{person} merged “{code}” with its {n} coding into “{into}”",
            "{person} merged “{code}” with its {n} codings into “{into}”", n,
        ),
        "split-code": ngettext(
            "{person} split “{code}”: {n} passage went to “{into}”", "{person} split “{code}”: {n} passages went to “{into}”", n
        ),
        "recolour-branch": ngettext(
            "{person} gave “{code}” and the {n} code under it the colour {colour}",
            "{person} gave “{code}” and the {n} codes under it the colour {colour}", n,
        ),
        "import-codebook": ngettext("{person} added a codebook of {n} code", "{person} added a codebook of {n} codes", n),
        "set-area-type": ngettext(
            "{person} gave {n} source the kind of area “{area}”", "{person} gave {n} sources the kind of area “{area}”", n
        ),
        "clear-area-type": ngettext(
            "{person} took the kind of area of {n} source away", "{person} took the kind of area of {n} sources away", n
        ),
        "set-issue-codes": ngettext(
            "{person} let {n} code bear out the issue “{issue}”", "{person} let {n} codes bear out the issue “{issue}”", n
        ),
        "take-frame": ngettext(
            "{person} took up the study frame “{name}” with {n} new code",
            "{person} took up the study frame “{name}” with {n} new codes", n,
        ),
    }  # fmt: skip


def _counted_sources(n: int) -> dict[str, str]:
    return {
        "import": ngettext("{person} imported {n} source", "{person} imported {n} sources", n),
        "correct-text": ngettext(
            "{person} corrected {n} place of “{source}”", "{person} corrected {n} places of “{source}”", n
        ),
        "set-speaker": ngettext(
            "{person} gave {n} turn of “{source}” to {case}", "{person} gave {n} turns of “{source}” to {case}", n
        ),
        "set-attributes": ngettext("{person} set {n} attribute value", "{person} set {n} attribute values", n),
        "set-guide": ngettext("{person} set a guide of {n} question", "{person} set a guide of {n} questions", n),
        "find-sections": ngettext(
            "{person} had found where {n} question is asked", "{person} had found where {n} questions are asked", n
        ),
    }  # fmt: skip


def _counted_themes(n: int) -> dict[str, str]:
    return {
        "link-memo": ngettext(
            "{person} linked the memo “{memo}” to {n} passage", "{person} linked the memo “{memo}” to {n} passages", n
        ),
        "unlink-memo": ngettext(
            "{person} took the link to {n} passage from the memo “{memo}”",
            "{person} took the links to {n} passages from the memo “{memo}”", n,
        ),
        "add-theme-passages": ngettext(
            "{person} gave the theme “{theme}” {n} key passage", "{person} gave the theme “{theme}” {n} key passages", n
        ),
        "remove-theme-passages": ngettext(
            "{person} took {n} key passage from the theme “{theme}”", "{person} took {n} key passages from the theme “{theme}”", n
        ),
        "link-summary": ngettext(
            "{person} linked the summary of “{case}” on “{code}” to {n} passage",
            "{person} linked the summary of “{case}” on “{code}” to {n} passages", n,
        ),
        "unlink-summary": ngettext(
            "{person} took the link to {n} passage from the summary of “{case}” on “{code}”",
            "{person} took the links to {n} passages from the summary of “{case}” on “{code}”", n,
        ),
        "choose-theme-passages": ngettext(
            "{person} chose the key passages of the theme “{theme}”: {n} now",
            "{person} chose the key passages of the theme “{theme}”: {n} now", n,
        ),
        "choose-quotes": ngettext(
            "{person} chose {n} passage for the report to quote on “{code}”",
            "{person} chose {n} passages for the report to quote on “{code}”", n,
        ),
        "choose-dissenting-quotes": ngettext(
            "{person} chose {n} passage for the report to quote against “{code}”",
            "{person} chose {n} passages for the report to quote against “{code}”", n,
        ),
        "unchoose-quotes": ngettext(
            "{person} took {n} passage out of the report's quotations on “{code}”",
            "{person} took {n} passages out of the report's quotations on “{code}”", n,
        ),
        "keep-details": ngettext("{person} kept {n} detail in the report", "{person} kept {n} details in the report", n),
        "replace-details": ngettext(
            "{person} replaced {n} detail in the report", "{person} replaced {n} details in the report", n
        ),
        "leave-out-details": ngettext(
            "{person} left {n} detail out of the report", "{person} left {n} details out of the report", n
        ),
        "unsettle-details": ngettext(
            "{person} took back what was decided about {n} detail of the report",
            "{person} took back what was decided about {n} details of the report", n,
        ),
        "mark-dissent": ngettext(
            "{person} marked {n} key passage of the theme “{theme}” as a view against it",
            "{person} marked {n} key passages of the theme “{theme}” as views against it", n,
        ),
        "unmark-dissent": ngettext(
            "{person} marked {n} key passage of the theme “{theme}” as a view for it",
            "{person} marked {n} key passages of the theme “{theme}” as views for it", n,
        ),
    }  # fmt: skip


def _of_project() -> dict[str, str]:
    return {
        "new-project": _("{person} made the project “{title}”"),
        "set-title": _("{person} called the project “{title}”"),
        "set-report": _("{person} changed the report's {name}"),
        "export-report": _("{person} wrote the report to {path}"),
        "arrange-report": _("{person} put the parts of the report in another order"),
        "show-report-part": _("{person} put “{place}” into the report"),
        "leave-out-report-part": _("{person} left “{place}” out of the report"),
        "write-report-words": _("{person} changed the report's words under “{place}”"),
        "order-quotes": _("{person} put the report's quotations on “{code}” in another order"),
        "use-report-template": _("{person} laid the report out as “{name}”"),
        "export-table": _("{person} exported a table to {path}"),
        "export-answer": _("{person} wrote “{title}” to {path} with every number"),
        "export-answer-hidden": _("{person} wrote “{title}” to {path} with numbers below {suppress} hidden"),
        "export-codebook": _("{person} exported the codebook to {path}"),
        "export-wordcloud": _("{person} drew a word cloud to {path}"),
        "export-passages": _("{person} wrote passages to {path}"),
        "save-copy": _("{person} saved a copy to {path}"),
        "save-query": _("{person} saved the query “{name}”"),
        "change-query": _("{person} changed the saved query “{name}”"),
        "rename-query": _("{person} renamed the saved query “{old}” to “{name}”"),
        "delete-query": _("{person} deleted the saved query “{name}”"),
        "save-answer": _("{person} saved the answer “{name}”"),
        "change-answer": _("{person} changed the saved answer “{name}”"),
        "rename-answer": _("{person} renamed the saved answer “{old}” to “{name}”"),
        "delete-answer": _("{person} deleted the saved answer “{name}”"),
        "dismiss-suggestion": _("{person} dismissed the suggestion “{label}”"),
        "take-back-dismissal": _("{person} brought back the suggestion “{label}”"),
        "merge-proposed-themes": _("{person} merged the proposed themes “{label}” and “{into}”"),
        "split-proposed-theme": _("{person} split the proposed theme “{label}” in two"),
        "leave-out-words": _("{person} left “{words}” out of what is counted"),
        "take-back-words": _("{person} counted “{words}” again"),
        "merge-words": _("{person} counted “{words}” as one with “{word}”"),
        "unmerge-words": _("{person} counted “{words}” apart from “{word}” again"),
        "set-talk-language": _("{person} set the language of the talk to {language}"),
    }


def _of_sources() -> dict[str, str]:
    return {
        "rename-source": _("{person} renamed the source “{old}” to “{source}”"),
        "set-source-kind": _("{person} marked “{source}” as: {what}"),
        "set-source-state": _("{person} marked “{source}” as {state}"),
        "set-attribute": _("{person} set {name} of “{subject}” to “{value}”"),
        "clear-attribute": _("{person} took {name} of “{subject}” away"),
        "add-attribute": _("{person} added the attribute “{name}”"),
        "rename-attribute": _("{person} renamed the attribute “{old}” to “{name}”"),
        "set-attribute-type": _("{person} marked the attribute “{name}” as: {type}"),
        "remove-attribute": _("{person} removed the attribute “{name}”"),
        "remove-source": _("{person} removed the source “{source}”"),
        "split-turn": _("{person} split turn {turn} of “{source}” in two"),
        "join-turn": _("{person} joined turn {turn} of “{source}” with the one before"),
        "place-lost": _("{person} placed “{quote}” of “{source}” anew"),
        "place-section": _("{person} let “{title}” begin at turn {turn} of “{source}”"),
        "end-section": _("{person} let no question be asked from turn {turn} of “{source}” on"),
        "remove-section": _("{person} took away where “{title}” begins in “{source}”"),
    }


def _of_people() -> dict[str, str]:
    return {
        "add-coder": _("{coder} joined as a coder"),
        "rename-case": _("{person} renamed the participant “{old}” to “{case}”"),
        "set-role": _("{person} gave “{case}” the role of {role}"),
        "join-cases": _("{person} joined “{case}” with “{into}”: one person"),
        "said-by": _("{person} gave words of turn {turn} of “{source}” to {case}"),
        "part-cases": _("{person} took “{label}” of “{source}” out of “{case}”: two people"),
    }


def _of_codes() -> dict[str, str]:
    return {
        "add-code": _("{person} added the code “{code}”"),
        "add-and-apply-code": _("{person} added the code “{code}” and used it in “{source}”"),
        "rename-code": _("{person} renamed the code “{old}” to “{code}”"),
        "recolour-code": _("{person} gave “{code}” the colour {colour}"),
        "edit-code": _("{person} edited the code “{code}”"),
        "describe-code": _("{person} described the code “{code}”"),
        "set-code-key": _("{person} gave “{code}” the key {key}"),
        "clear-code-key": _("{person} took the key of “{code}” away"),
        "move-code": _("{person} moved the code “{code}”"),
        "set-code-aside": _("{person} set the code “{code}” aside"),
        "bring-code-back": _("{person} brought the code “{code}” back"),
        "set-example": _("{person} made a quotation the example of “{code}”"),
        "set-question": _("{person} marked “{code}” as a research question"),
        "clear-question": _("{person} no longer marked “{code}” as a research question"),
        "point-code-for": _("{person} counted what is said with “{code}” as for cohesion"),
        "point-code-against": _("{person} counted what is said with “{code}” as against cohesion"),
        "clear-direction": _("{person} counted what is said with “{code}” neither as for nor as against cohesion"),
        "map-issue": _("{person} let “{code}” bear out the issue “{issue}”"),
        "unmap-issue": _("{person} let “{code}” no longer bear out the issue “{issue}”"),
    }


def _of_themes() -> dict[str, str]:
    return {
        "add-theme": _("{person} added the theme “{theme}”"),
        "rename-theme": _("{person} renamed the theme “{old}” to “{theme}”"),
        "state-theme": _("{person} wrote the statement of the theme “{theme}”"),
        "set-theme-status": _("{person} marked the theme “{theme}” as {status}"),
        "set-theme-question": _("{person} put the theme “{theme}” under the question “{code}”"),
        "clear-theme-question": _("{person} put the theme “{theme}” under no question"),
        "move-theme": _("{person} moved the theme “{theme}”"),
        "add-theme-codes": _("{person} gave the theme “{theme}” the code “{code}”"),
        "remove-theme-codes": _("{person} took the code “{code}” from the theme “{theme}”"),
        "write-summary": _("{person} wrote the summary of “{case}” on “{code}”"),
        "quote-in-summary": _("{person} quoted a passage of “{source}” in the summary of “{case}” on “{code}”"),
        "delete-theme": _("{person} deleted the theme “{theme}” (codes it held: {codes}, key passages: {n})"),
    }


def _of_memos() -> dict[str, str]:
    return {
        "add-memo": _("{person} wrote a memo about {about}"),
        "edit-memo": _("{person} edited the memo about {about}"),
        "delete-memo": _("{person} deleted the memo about {about}"),
    }


def _of_plans() -> dict[str, str]:
    return {
        "add-plan": _("{person} put “{plan}” into the plan"),
        "change-plan": _("{person} changed “{plan}” in the plan"),
        "do-plan": _("{person} marked “{plan}” of the plan as done"),
        "undo-plan": _("{person} marked “{plan}” of the plan as still to do"),
        "move-plan": _("{person} moved “{plan}” in the plan"),
        "remove-plan": _("{person} took “{plan}” out of the plan"),
        "set-trainer": _("{person} named {trainer} as the trainer of the team"),
        "clear-trainer": _("{person} named nobody as the trainer of the team any more"),
        "set-training": _("{person} made “{source}” the training set"),
        "clear-training": _("{person} gave the training set up"),
    }
