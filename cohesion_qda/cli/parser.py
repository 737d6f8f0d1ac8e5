"""The words of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from cohesion_qda.base.i18n import _
from cohesion_qda.base.version import VERSION
from cohesion_qda.cli import (
    clouds,
    commands,
    counting,
    evidence,
    framing,
    reporting,
    settling,
    suggesting,
    team,
    wording,
    worksheets,
)
from cohesion_qda.cli.retrieving import add_options as add_retrieve_options
from cohesion_qda.model import called
from cohesion_qda.model.memo import MEMO_SUBJECTS
from cohesion_qda.model.source import SOURCE_KINDS

COMMANDS = (
    "demo", "new", "import", "guide", "sections", "join", "sources", "codes", "search", "autocode", "apply", "retrieve", "table", "cooccurrence",
    "saturation", "dynamics", "portrait", "timeline", "agreement", "framework", "answers", "suggest", "evaluate", "wordcloud", "lines", "report",
    "settle", "memos", "themes", "team", "plan", "evidence", "frames", "worksheet", "history", "undo", "redo", "check", "language",
    "words",
)  # fmt: skip


class Words(argparse.ArgumentParser):
    """A parser that tells of a value that cannot be taken in one sentence; how the command is used is told where words are
    missing, or unknown.
    """

    def error(self, message: str) -> NoReturn:
        """Say so, and stop with status 2."""
        option = message.removeprefix("argument ")
        if option != message and (option.startswith("-") or "invalid choice" not in message):
            self.exit(2, (option if option.startswith("-") else option.partition(": ")[2]) + "\n")
        super().error(message)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; each sets `run`, which takes the options and gives the exit status."""
    parser = Words(
        prog="cohesion-qda",
        description=_("Code what residents said in focus groups and interviews. Without a command: open the window."),
        epilog=_("cohesion-qda [PROJECT] opens the window, on PROJECT where one is given."),
    )
    parser.add_argument("--version", action="version", version=f"Cohesion QDA {VERSION}")
    sub = parser.add_subparsers(metavar="COMMAND", required=True)
    _making(sub)
    _studying(sub)
    _reading(sub)
    _searching(sub)
    _coding(sub)
    _counting(sub)
    _writing(sub)
    _undoing(sub)
    return parser


def parsed(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The options that the words of the command line give; those of FILEs may stand anywhere between them, which
    argparse does not do for words that may be missing. Raises SystemExit for usage, and after help.
    """
    parser = build_parser()
    options, rest = parser.parse_known_args(argv)
    end = rest.index("--") if "--" in rest else len(rest)
    words = rest[:end] + rest[end + 1 :]
    unknown = [word for word in rest[:end] if word.startswith("-")]
    if words and not unknown and isinstance(getattr(options, "files", None), list):
        options.files += map(Path, words)
    elif len(words) == 1 and not unknown and getattr(options, "file", options) is None:
        options.file = Path(words[0])
    elif rest:
        parser.error(_("these words cannot be taken: {words}").format(words=" ".join(unknown or words)))
    return options


def _command(sub: argparse._SubParsersAction[Words], name: str, words: str, *, reports: bool = False, project: bool = True) -> argparse.ArgumentParser:  # fmt: skip
    made = sub.add_parser(name, help=words, description=words)
    if project:
        made.add_argument("project", type=Path, metavar="PROJECT", help=_("a project file (.cqda)"))
    if reports:
        made.add_argument("--json", action="store_true", help=_("print one JSON document"))
    made.set_defaults(run=getattr(commands, f"{name.replace('import', 'import_')}"))
    return made


def _making(sub: argparse._SubParsersAction[Words]) -> None:
    demo = _command(sub, "demo", _("build the sample study and its findings report in a folder"), project=False)
    demo.add_argument("folder", type=Path, metavar="FOLDER", help=_("where study.cqda and report/ are written"))
    new = _command(sub, "new", _("make a new project"))
    new.add_argument("--codebook", default="empty", metavar="cohesion|empty|FILE", help=_("what codes to start from"))
    new.add_argument("--frame", default="", metavar="KEY", help=_("start from a study frame (“frames” lists them)"))
    new.add_argument("--title", default="", help=_("what the study is called"))
    new.add_argument("--coder", metavar="NAME", help=_("who codes"))
    _importing(sub)


def _importing(sub: argparse._SubParsersAction[Words]) -> None:
    add = _command(sub, "import", _("import transcripts: files, or folders of them"), reports=True)
    add.add_argument("files", type=Path, nargs="*", metavar="FILE")
    add.add_argument("--kind", default="", help=_("what they are: {kinds}").format(kinds=called.to_write(SOURCE_KINDS, called.kinds())))  # fmt: skip
    add.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=_("an attribute for all of them"))
    add.add_argument(
        "--attributes", type=Path, metavar="SHEET", help=_("a .csv, .xlsx or .ods with what is known of each")
    )
    add.add_argument(
        "--codings",
        type=Path,
        metavar="SHEET",
        help=_("a .csv, .xlsx or .ods with codings: source, coder, code, quote"),
    )
    add.add_argument("--coder", metavar="NAME", help=_("who imports"))
    add.add_argument(
        "--guide", type=Path, metavar="FILE", help=_("a text with the questions that were asked, one a line")
    )
    add.add_argument(
        "--dry-run",
        action="store_true",
        help=_("say what would be imported, and write nothing (PROJECT need not exist)"),
    )
    add.add_argument(
        "--encoding", default="", metavar="NAME", help=_("how the letters of texts are written: cp1252, UTF-8 …")
    )
    add.add_argument(
        "--convention", default="", metavar="NAME",
        help=_("how speakers are written: colon, bracket, bold, stamped, alone, tab, dash, none"),
    )  # fmt: skip
    add.add_argument("--pattern", default="", help=_("how a turn begins, with NAME and TIME, such as “TIME NAME –”"))
    for name, words in (
        ("speaker", _("a label that is a speaker, although it was left in the speech")),
        ("not-speaker", _("a label that is no speaker")),
        ("apart", _("a way of writing a label that is not to be taken for another label")),
    ):
        add.add_argument(f"--{name}", action="append", default=[], metavar="LABEL", help=words)
    add.add_argument(
        "--join", action="append", default=[], metavar="[FILE:]LABEL=INTO", help=_("take two labels for one person")
    )


def _studying(sub: argparse._SubParsersAction[Words]) -> None:
    guide = _command(sub, "guide", _("show the moderator's guide, or set it from a file"), reports=True)
    guide.add_argument("file", type=Path, nargs="?", metavar="FILE", help=_("its questions, one a line or paragraph"))
    guide.add_argument("--coder", metavar="NAME", help=_("who sets it"))
    sections = _command(sub, "sections", _("list which stretch of each source answers which question"), reports=True)
    sections.add_argument("--find", action="store_true", help=_("find the guide's questions where they have none yet"))
    sections.add_argument(
        "--again", action="store_true", help=_("find them all anew, giving up what was placed by hand")
    )
    sections.add_argument("--coder", metavar="NAME", help=_("who looks for them"))
    join = _command(sub, "join", _("say that speakers of several sources are one person"))
    join.add_argument(
        "people",
        nargs="+",
        metavar="SPEAKER",
        help=_("two or more, each as “SOURCE: LABEL” or “FILE: LABEL”; the first gives the name"),
    )
    join.add_argument("--prefer-first", action="store_true", help=_("where values differ, keep the first one's"))
    join.add_argument("--coder", metavar="NAME", help=_("who says so"))


def _reading(sub: argparse._SubParsersAction[Words]) -> None:
    _command(sub, "sources", _("list the sources with their speakers"), reports=True)
    codes = _command(sub, "codes", _("list the codebook with its counts, or write or read one"), reports=True)
    codes.add_argument(
        "--export", type=Path, metavar="FILE", help=_("write it as .xlsx, .csv, .json or .qdc (REFI-QDA)")
    )
    codes.add_argument(
        "--import",
        dest="add",
        type=Path,
        metavar="FILE",
        help=_("add the codes of a codebook; those that are there stay"),
    )
    codes.add_argument(
        "--theirs", action="store_true", help=_("with --import: codes that are there take over what the file says")
    )
    codes.add_argument("--coder", metavar="NAME", help=_("who adds them"))
    add_retrieve_options(_command(sub, "retrieve", _("list the passages that fit a query of codes"), reports=True))


def _searching(sub: argparse._SubParsersAction[Words]) -> None:
    find = _command(sub, "search", _("list where something was said, and count how widely"), reports=True)
    find.add_argument(
        "query", metavar="QUERY", help=_("words, “phrases”, begin*, ~forms, AND, OR, NOT, NEAR(a b, 5), brackets")
    )
    find.add_argument("--forms", action="store_true", help=_("let every word stand for all its forms"))
    find.add_argument(
        "--code", dest="within", metavar="PATH", help=_("only in passages coded so, or with a code under it")
    )
    find.add_argument(
        "--limit", type=suggesting.whole, default=50, metavar="N", help=_("how many places are listed: 50")
    )
    auto = _command(sub, "autocode", _("code every passage that holds something"))
    auto.add_argument("query", metavar="QUERY", help=_("what is looked for, as its kind says"))
    auto.add_argument("--code", required=True, metavar="PATH", help=_("the code to use"))
    auto.add_argument("--kind", choices=["word", "phrase", "lemma", "regex"], default="word",
                      help=_("a search, a phrase as it stands, a search in all forms of its words, a regular expression"))  # fmt: skip
    auto.add_argument("--extent", choices=["hit", "sentence", "turn"], default="hit", help=_("how much is coded"))
    auto.add_argument("--within", metavar="PATH", help=_("only in passages that are coded with this code"))
    auto.add_argument("--dry-run", action="store_true", help=_("list what would be coded, and code nothing"))
    auto.add_argument("--coder", metavar="NAME", help=_("who codes"))
    for made in (find, auto):
        made.add_argument("--speaker", metavar="NAME", help=_("only what this person says"))
        made.add_argument("--participants", action="store_true", help=_("without moderators and observers"))
        made.add_argument("--attribute", metavar="NAME=VALUE", help=_("only of sources or people with that value"))


def _coding(sub: argparse._SubParsersAction[Words]) -> None:
    apply = _command(sub, "apply", _("code a passage"))
    apply.add_argument("--source", required=True, metavar="NAME")
    place = apply.add_mutually_exclusive_group(required=True)
    place.add_argument("--quote", metavar="TEXT", help=_("the words, exactly as they stand"))
    place.add_argument("--span", metavar="START:END", help=_("positions, in characters from 0"))
    apply.add_argument("--code", required=True, action="append", metavar="PATH", help=_("may be given again"))
    apply.add_argument("--coder", metavar="NAME", help=_("who codes"))


def _counting(sub: argparse._SubParsersAction[Words]) -> None:
    for name, add, words in (
        ("table", counting.add_table, _("count codes, for the whole study or by attributes")),
        ("cooccurrence", counting.add_cooccurrence, _("count which codes come together")),
        ("saturation", counting.add_saturation, _("show whether codes stopped being new")),
        ("dynamics", counting.add_dynamics, _("show who spoke how much, who follows whom and who responded how")),
        ("portrait", counting.add_portrait, _("list the codes of a transcript, a person or a group in order")),
        ("timeline", counting.add_timeline, _("count a study by date")),
        ("agreement", counting.add_agreement, _("measure how far coders agree")),
        ("framework", counting.add_framework, _("give the summaries of cases by codes")),
        ("answers", counting.add_answers, _("list the answers that are kept, or give one")),
    ):
        add(_command(sub, name, words, reports=True))
    _picturing(sub)


def _picturing(sub: argparse._SubParsersAction[Words]) -> None:
    suggesting.add_suggest(_command(sub, "suggest", _("propose themes, passages for codes, or key terms, with what they stand on"), reports=True))  # fmt: skip
    _command(sub, "evaluate", _("measure how far the passages proposed for each code can be trusted"), reports=True)
    wording.add_words(_command(sub, "words", _("list what is left out of all counting and what counts as one, or change it"), reports=True))  # fmt: skip
    clouds.add_wordcloud(_command(sub, "wordcloud", _("draw a word cloud, or the ranked bars it stands for")))
    clouds.add_lines(
        _command(sub, "lines", _("list every line in which a word was said, and what is said near it"), reports=True)
    )
    reporting.add_report(
        _command(sub, "report", _("write the findings report, or list what it is made of"), reports=True)
    )


def _writing(sub: argparse._SubParsersAction[Words]) -> None:
    settling.add_settle(
        _command(
            sub,
            "settle",
            _("decide about what in the report may tell who somebody is: keep it, replace it, leave it out"),
        )
    )
    memos = _command(sub, "memos", _("list the memos, the last written first"), reports=True)
    memos.add_argument("--about", choices=MEMO_SUBJECTS, default="", help=_("only those about this kind of thing"))
    memos.add_argument("--coder", metavar="NAME", default="", help=_("only this coder's"))
    memos.add_argument("--find", metavar="WORDS", default="", help=_("only those that hold all these words"))
    _command(sub, "themes", _("list the themes with their codes, key passages and counts"), reports=True)
    team.add_team(_command(sub, "team", _("list who collected and coded what, and agreement on the training set"), reports=True))  # fmt: skip
    team.add_plan(_command(sub, "plan", _("list the key dates and next steps, or change them"), reports=True))
    evidence.add_evidence(_command(sub, "evidence", _("list the figures from elsewhere that are set beside what people say, or change them"), reports=True))  # fmt: skip
    worksheets.add_worksheet(
        _command(sub, "worksheet", _("list the worksheets, or start, fill in, show and print one"), reports=True)
    )
    framing.add_frames(_command(sub, "frames", _("list the study frames, take one up, or list the issues that codes bear out"), reports=True))  # fmt: skip


def _undoing(sub: argparse._SubParsersAction[Words]) -> None:
    history = _command(sub, "history", _("tell what was done, newest first"), reports=True)
    history.add_argument("--limit", type=suggesting.whole, metavar="N", help=_("only the last N"))
    _command(sub, "undo", _("take the last act back"))
    _command(sub, "redo", _("do it again"))
    _command(sub, "check", _("check that the file and everything in it is whole"), reports=True)
    tongue = _command(sub, "language", _("tell what reads the language of the talk, how well, and what is missing"), reports=True, project=False)  # fmt: skip
    tongue.add_argument("--of", default="en", metavar="CODE", help=_("the language: en, cy …"))
    tongue.add_argument("--add", type=Path, metavar="PATH", help=_("take in a spaCy pipeline: a wheel or a folder"))
    tongue.add_argument("--use", metavar="NAME", help=_("use this pipeline from now on; “” for the program's own"))
