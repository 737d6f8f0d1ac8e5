"""Writing a findings report: a folder that appears whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cohesion_qda.base.errors import CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job, Stage
from cohesion_qda.model.answer import Made
from cohesion_qda.report import small, tables, words
from cohesion_qda.report.blocks import Document
from cohesion_qda.report.values import ReportData

METHOD = "method.json"
_MADE_BY = "cohesion-qda"
_FROM_THE_SYSTEM = {".ds_store", "thumbs.db", "desktop.ini"}


def write_report(data: ReportData, folder: Path, job: Job | None = None) -> Path:
    """Write report.docx, report.html, report.pdf, figures/, tables/ and method.json into `folder`; gives the path of report.html.

    An existing folder is replaced only when it is empty or holds a report of ours that nobody has changed since. The same
    data gives the same bytes. Raises CannotWrite and Cancelled; then the folder is as it was, and nothing half-written is
    left beside it.
    """
    folder, job = Path(folder), job or Job()
    _check_target(folder)
    with _told(folder):
        unfinished = _beside(folder, "writing")
        unfinished.mkdir()
        try:
            _fill(unfinished, data, job)
            _put_in_place(unfinished, folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return folder / "report.html"


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Trouble with the disk, in words."""
    try:
        yield
    except OSError as error:
        message = _("The report could not be written to “{folder}”.").format(folder=folder)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            hint = _("The disk is full. Make room or choose a folder on another disk, then try again.")
        elif error.errno == errno.EROFS:
            hint = _("The disk may only be read. Choose a folder on another disk.")
        elif isinstance(error, PermissionError):
            hint = _("Close files of the report that are open, or choose a folder you may write to.")
        else:
            hint = _("The system says: {reason}. Choose another folder, or try again.").format(
                reason=error.strerror or error
            )
        raise CannotWrite(message, hint) from error


def _check_target(folder: Path) -> None:
    with _told(folder):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise CannotWrite(
                _("“{folder}” is a file, not a folder.").format(folder=folder),
                _("Give the name of a folder for the report."),
            )
        if not folder.parent.is_dir():
            raise CannotWrite(
                _("There is no folder “{folder}” to write the report into.").format(folder=folder.parent),
                _("Make it first, or choose another."),
            )
        if folder.is_dir():
            _check_ours(folder)


def _check_ours(folder: Path) -> None:
    """Raise CannotWrite unless everything in `folder` was written by an earlier report and is as it was then."""
    found = sorted(p for p in folder.rglob("*") if not p.is_dir() and p.name.casefold() not in _FROM_THE_SYSTEM)
    if not found:
        return
    opened = [p.name for p in found if p.name.startswith(("~$", ".~lock."))]
    if opened:
        raise CannotWrite(
            _("The report in “{folder}” is open in another program.").format(folder=folder),
            _("Close it, then try again. Nothing was changed."),
        )
    written = _written_before(folder)
    if written is None:
        raise CannotWrite(
            _("The folder “{folder}” holds something other than a report.").format(folder=folder),
            _("Choose an empty folder or the name of a new one. Nothing was changed."),
        )
    for path in found:
        name = path.relative_to(folder).as_posix()
        if name != METHOD and written.get(name) != _sha256(path):
            raise CannotWrite(
                _("“{name}” in “{folder}” was added or changed since the report was written.").format(
                    name=name, folder=folder
                ),
                _("Move or rename it, or choose another folder. Nothing was changed."),
            )


def _written_before(folder: Path) -> dict[str, str] | None:
    """The files of the report that lies in `folder` with their hashes; None when it is none of ours."""
    try:
        method = json.loads((folder / METHOD).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    if not isinstance(method, dict) or method.get("made_by") != _MADE_BY or not isinstance(method.get("files"), dict):
        return None
    return {str(name): str(value) for name, value in method["files"].items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _beside(folder: Path, what: str) -> Path:
    """A path in the same folder as `folder` at which there is nothing yet."""
    n = 0
    while True:
        path = folder.parent / f".{folder.name}.{what}-{os.getpid()}-{n}"
        if not path.exists() and not path.is_symlink():
            return path
        n += 1


def _put_in_place(unfinished: Path, folder: Path) -> None:
    if not folder.exists():
        unfinished.rename(folder)
        return
    old = _beside(folder, "old")
    folder.rename(old)
    try:
        unfinished.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _fill(folder: Path, data: ReportData, job: Job) -> None:
    from cohesion_qda.report import filed
    from cohesion_qda.report.contents import compose
    from cohesion_qda.report.rendering import rendered

    document = compose(data, Stage(job, 0, 50))
    job.step(50, 100, _("Figures"))
    made = _made(data)
    _write_figures(folder / "figures", document, made)
    filed.write_tables(folder / "tables", data, document, made, Stage(job, 55, 70))
    for ending, stage in ((".html", (70, 75)), (".docx", (75, 90)), (".pdf", (90, 99))):
        written = rendered(document, ending, Stage(job, *stage))
        (folder / f"report{ending}").write_bytes(written)
    _write_method(folder, data)
    job.step(100, 100)


def _made(data: ReportData) -> Made:
    """Where the report's numbers come from: what its tables and figures say of themselves."""
    counted = (*tables.reading()[:3], tables.branch_note(True))
    return Made(data.title, data.date, data.program_version, counted, threshold=data.threshold)


def _write_figures(folder: Path, document: Document, made: Made) -> None:
    folder.mkdir()
    for figure in document.figures:
        figure.picture.save(folder / f"{figure.name}.svg")
        figure.picture.save(folder / f"{figure.name}.png")
        said = tables.about(figure.caption, small.notes(made.threshold), made)
        (folder / f"{figure.name}.about.txt").write_bytes(said)


def _shown(n: int) -> int | None:
    return None if n == words.GONE else n


def _write_method(folder: Path, data: ReportData) -> None:
    """What made these files, from what, and their hashes, by which the report knows itself again."""
    files = {p.relative_to(folder).as_posix(): _sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    method = {
        "made_by": _MADE_BY,
        "version": data.program_version,
        "title": data.title,
        "date": data.date,
        "sources": data.sources,
        "small_numbers_hidden_below": data.threshold,
        "participants": _shown(data.base.participants),
        "groups": data.base.groups,
        "mentions": _shown(data.base.mentions),
        "coders": dict(data.coders),
        "ranked_by": data.ranked_by,
        "codings": sum(n for _name, n in data.coders),
        "accepted_suggestions": sum(n for _path, n, _all in data.accepted),
        "codes_with_accepted_suggestions": {
            path: {} if data.threshold else {"accepted": n, "codings": whole} for path, n, whole in data.accepted
        },
        "agreement": [
            {
                "coders": [pair.first, pair.second],
                "sources": list(pair.sources),
                "turns": pair.turns,
                "codes": pair.codes,
            }
            for pair in data.agreement
        ],
        "compared_by": [table.by for table in data.crosstabs],
        "notes": list(data.notes),
        **data.extras.method,
        "files": files,
    }
    text = json.dumps(method, ensure_ascii=False, indent=1) + "\n"
    (folder / METHOD).write_text(text, encoding="utf-8", newline="\n")
