"""The catalogues of words: `python -m tests.tools.catalogue COMMAND`.

extract          write the template of all messages, resources/locale/cohesion_qda.pot
update           bring each language's .po up to the template; messages that changed are marked fuzzy
compile          write each language's .mo beside its .po
missing          list what is not translated, fuzzy or no longer used, and what is wrong with translations
chunks FOLDER    write the messages that are in no FOLDER/messages-*.json yet to new ones, for translators
merge FOLDER     build the Welsh .po and .mo from translated chunks, FOLDER/*.cy.json; nothing is written while anything is wrong

A chunk is a list of `{"id", "plural", "places"}`; a translated chunk adds `"translation"`: a text, or for a message with a plural a list
of FORMS texts (for 1, 2, 3, 6 and any other number of things, in this order).
"""

from __future__ import annotations

import io
import json
import re
import string
import sys
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from cohesion_qda.base.i18n import DOMAIN, ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / f"{DOMAIN}.pot"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
CHUNK = 250
NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)
FORMS = 5  # CLDR's for Welsh, without one of its own for 0
WELSH_PLURALS = f"nplurals={FORMS}; plural=(n==1 ? 0 : n==2 ? 1 : n==3 ? 2 : n==6 ? 3 : 4);"
STATUS = "Machine-drafted, awaiting review by a speaker of Welsh."
HEAD = f"""\
# Welsh translation of Cohesion QDA.
# {STATUS}
# One who reviews it: please put your name here, and take that line away when all of it was read.
# Under the licence of the program (MIT)."""


def po(language: str) -> Path:
    """The catalogue of a language, to be edited."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo(language: str) -> Path:
    """The catalogue of a language, as the program reads it."""
    return po(language).with_suffix(".mo")


def others() -> list[str]:
    """The languages that have a catalogue."""
    return [language for language in LANGUAGES if language != ENGLISH]


# -- what there is ----------------------------------------------------------------------------------------------------


def extracted() -> Catalog:
    """Every message of the program, with the places where it stands."""
    catalogue = Catalog(project="Cohesion QDA", version="", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        ROOT / "cohesion_qda", method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    for name, _line, message, comments, _context in found:
        catalogue.add(message, locations=[(f"cohesion_qda/{name}", 0)], auto_comments=comments)
    return catalogue


def read(path: Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3] if path.suffix == ".po" else None)


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a .po file: in the order of the messages, without times and line numbers, so that it changes only where words do."""
    file = io.BytesIO()
    write_po(
        file, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False, ignore_obsolete=True
    )
    text = file.getvalue().decode()
    return re.sub(
        r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To): .*\\n"\n', "", text
    ).encode()


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as a .mo file, the same whenever it is made."""
    file = io.BytesIO()
    catalogue.creation_date = NO_TIME
    write_mo(file, catalogue)
    return file.getvalue()


def welsh(template: Catalog) -> Catalog:
    """An empty Welsh catalogue for the messages of `template`."""
    made = Catalog(
        locale="cy", project="Cohesion QDA", charset="utf-8", fuzzy=False, header_comment=HEAD, language_team=STATUS
    )
    made._num_plurals, made._plural_expr = FORMS, WELSH_PLURALS.partition("plural=")[2].rstrip(";")
    for message in template:
        if message.id:
            made.add(message.id, locations=message.locations)
    return made


# -- what is wrong ----------------------------------------------------------------------------------------------------


def holes(text: str) -> list[str]:
    """The named holes of a message, in order of the alphabet, each as often as it is there."""
    return sorted(name for _before, name, _spec, _how in string.Formatter().parse(text) if name is not None)


def trouble(original: str, translation: str) -> Iterator[str]:
    """What makes a translation unfit for its original."""
    if not translation.strip():
        yield "is empty"
        return
    try:
        if set(holes(translation)) != set(holes(original)):
            yield f"has the holes {set(holes(translation))}, not {set(holes(original))}"
    except ValueError as error:
        yield f"has a broken hole: {error}"
    for what, part in (("begins", slice(0, 1)), ("ends", slice(-1, None))):
        if original[part].isspace() != translation[part].isspace():
            yield f"{what} with a space where the original does not, or the other way round"
    for mark in ("\n", "\t", ";;"):
        if original.count(mark) != translation.count(mark):
            yield f"has {mark!r} as often as the original has it not"
    if len(_mnemonics(original)) != len(_mnemonics(translation)):
        yield "has another number of mnemonics (&)"
    if _patterns(original) != _patterns(translation):
        yield "names other file endings"
    if _keys(original) != _keys(translation):
        yield "names other keys"
    if original.rstrip().endswith("…") != translation.rstrip().endswith("…"):
        yield "does not keep the … at its end"


def _mnemonics(text: str) -> list[str]:
    return re.findall(r"&(?=\w)", text.replace("&&", ""))


def _patterns(text: str) -> list[str]:
    return sorted(re.findall(r"\*\.\w+", text))


def _keys(text: str) -> list[str]:
    """Shortcuts, which are the same in every language."""
    return sorted(re.findall(r"\b(?:Ctrl|Shift|Alt)\+[\w+.,/?-]*\w", text)) + sorted(re.findall(r"\bF\d\d?\b", text))


def problems(message: Message) -> list[str]:
    """What is wrong with a message of a catalogue."""
    if not isinstance(message.id, tuple | list):
        return list(trouble(str(message.id), str(message.string or "")))
    forms = list(message.string) if isinstance(message.string, tuple | list) else []
    if len(forms) != FORMS:
        return [f"has {len(forms)} plural forms, not {FORMS}"]
    one, many = message.id
    found = []
    for at, form in enumerate(forms):
        model = one if at == 0 and set(holes(form)) == set(holes(one)) else many
        found += [f"form {at + 1} {what}" for what in trouble(model, form)]
    return found


def missing(language: str, template: Catalog) -> list[str]:
    """All that keeps a catalogue from being complete, one line each."""
    if not po(language).exists():
        return [f"{po(language)} is not there"]
    catalogue = read(po(language))
    there = {_key(message.id): message for message in catalogue if message.id}
    wanted = {_key(message.id) for message in template if message.id}
    lines = [f"not there: {key}" for key in sorted(wanted - there.keys())]
    lines += [f"not used any more: {key}" for key in sorted(there.keys() - wanted)]
    for key in sorted(wanted & there.keys()):
        message = there[key]
        lines += [f"fuzzy: {key}"] if message.fuzzy else [f"{key}: {what}" for what in problems(message)]
    return lines


def _key(id_: Any) -> str:
    return id_[0] if isinstance(id_, tuple | list) else str(id_)


# -- for translators --------------------------------------------------------------------------------------------------


def chunks(template: Catalog, done: Collection[str] = ()) -> Iterator[list[dict[str, Any]]]:
    """The messages but those that are `done`, in the order of their places, so that those of one page stand together."""
    wanted = (m for m in template if m.id and _key(m.id) not in done)
    messages = sorted(wanted, key=lambda m: (m.locations[0] if m.locations else ("", 0), _key(m.id)))
    rows = [
        {
            "id": _key(m.id),
            "plural": m.id[1] if isinstance(m.id, tuple | list) else None,
            "places": sorted({name for name, _line in m.locations}),
        }
        for m in messages
    ]
    for at in range(0, len(rows), CHUNK):
        yield rows[at : at + CHUNK]


def translated(folder: Path) -> list[dict[str, Any]]:
    """What translators have handed in."""
    return [row for path in sorted(folder.glob("*.cy.json")) for row in json.loads(path.read_text("utf-8"))]


def merged(template: Catalog, rows: Iterable[dict[str, Any]]) -> tuple[Catalog, list[str]]:
    """The Welsh catalogue with the translations of `rows`, and all that is wrong with them."""
    catalogue, wrong = welsh(template), []
    told: dict[str, Any] = {}
    for row in rows:
        key, translation = row["id"], row.get("translation")
        if key in told and told[key] != translation:
            wrong.append(f"{key}: is translated twice, in two ways")
        told[key] = translation
    for message in catalogue:
        if not message.id:
            continue
        translation = told.pop(_key(message.id), None)
        if translation is None:
            wrong.append(f"{_key(message.id)}: is not translated")
            continue
        is_plural = isinstance(message.id, tuple | list)
        if isinstance(translation, str) == is_plural:
            wrong.append(f"{_key(message.id)}: needs {'a list of forms' if is_plural else 'one text'}")
            continue
        message.string = tuple(translation) if is_plural else translation
        wrong += [f"{_key(message.id)}: {what}" for what in problems(message)]
    return catalogue, wrong  # what is left in `told` is no message of the program any more


def save(language: str, catalogue: Catalog) -> None:
    """Write a catalogue, and what the program reads of it."""
    po(language).parent.mkdir(parents=True, exist_ok=True)
    po(language).write_bytes(written(catalogue))
    mo(language).write_bytes(compiled(read(po(language))))


def main(arguments: list[str]) -> int:
    """Run a command; the status is 1 when something is missing or wrong."""
    command, *rest = arguments or [""]
    folder = Path(rest[0]) if rest else Path()
    template = extracted()
    wrong: list[str] = []
    if command == "extract":
        LOCALE.mkdir(parents=True, exist_ok=True)
        TEMPLATE.write_bytes(written(template))
        print(f"{len(template)} messages: {TEMPLATE}")
    elif command == "update":
        for language in others():
            catalogue = read(po(language))
            catalogue.update(template)
            save(language, catalogue)
    elif command == "compile":
        for language in others():
            mo(language).write_bytes(compiled(read(po(language))))
    elif command == "missing":
        wrong = [f"{language}: {line}" for language in others() for line in missing(language, template)]
    elif command == "chunks":
        folder.mkdir(parents=True, exist_ok=True)
        there = sorted(folder.glob("messages-??*.json"))  # somebody may be at work on them: they stay as they are
        out = {row["id"] for path in there for row in json.loads(path.read_text("utf-8"))}
        for at, rows in enumerate(chunks(template, out), max((int(path.name[9:11]) for path in there), default=0) + 1):
            path = folder / f"messages-{at:02}.json"
            path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
            print(f"{path}: {len(rows)}")
    elif command == "merge":
        catalogue, wrong = merged(template, translated(folder))
        if not wrong:
            save("cy", catalogue)
    else:
        print(__doc__)
        return 2
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
