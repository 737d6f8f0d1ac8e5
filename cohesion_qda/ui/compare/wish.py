"""What an answer is written as: the choices of the export dialog as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.base.i18n import _

CENTIMETRES = 2.54  # of an inch


@dataclass(frozen=True, slots=True)
class Wish:
    """`what` is table, figure or tidy, `ending` a file's; `hides` is the number below which numbers are hidden, 0: none. `width` is a picture's in
    inches, `dpi` a PNG's. `quotes`: the tidy form has the words themselves.
    """

    what: str = "table"
    ending: str = ".xlsx"
    hides: int = 5
    width: float = 6.5
    dpi: int = 200
    quotes: bool = False


def endings(what: str, kind: str) -> dict[str, str]:
    """The formats of a table, a figure or the tidy form, the usual one first."""
    if what == "figure":
        return {".svg": _("Scalable picture"), ".png": _("Picture"), ".pdf": _("PDF")}
    sheets = {
        ".xlsx": _("Excel workbook"), ".csv": _("Comma-separated values"), ".ods": _("OpenDocument spreadsheet"),
        ".sav": _("SPSS data"), ".dta": _("Stata data"),
    }  # fmt: skip
    if what == "tidy":
        return sheets
    words = {".md": _("Markdown"), ".tex": _("LaTeX")}
    return sheets | words | ({".docx": _("Word document")} if kind == "framework" else {})


def filter_words(ending: str, name: str) -> str:
    """`Excel workbook (*.xlsx)`, for the system's dialog."""
    return f"{name} (*{ending})"


def thresholds() -> dict[int, str]:
    """What is done with small numbers, in words."""
    return {
        5: _("Hide numbers under 5, for publication"),
        10: _("Hide numbers under 10, for small places"),
        0: _("Show every number, for ourselves"),
    }


def about_hiding(wish: Wish) -> str:
    """Why numbers are hidden, in plain words."""
    if wish.what == "tidy":
        return _(
            "The long form has a row for each passage, so small numbers cannot be hidden in it. It is for your own analysis and for "
            "partners who may see the transcripts, not for publication."
        )
    if not wish.hides:
        return _("Somebody who knows the groups may recognise a person behind a small number. Do not publish this.")
    return _(
        "Where fewer than {n} people or groups are counted, somebody may be recognised. These numbers become [c], and so do as "
        "many others as it takes that nobody can work them out from the totals."
    ).format(n=wish.hides)


def naming_words(kind: str, wish: Wish) -> tuple[str, ...]:
    """A warning where the answer is about single people, whom no hidden number protects."""
    from cohesion_qda.report.hiding import names_people

    if wish.what == "tidy" or not names_people(kind, wish.hides):
        return ()
    return (
        _(
            "This is about single people, each by name. Hiding numbers does not protect them: publish it only without the names."
        ),
    )
