"""Drawings saved: SVG with text that can be selected, PNG of a chosen size, PDF with its fonts; the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

from cohesion_qda.base.errors import BadInput
from cohesion_qda.report.drawing import Drawing, Text
from cohesion_qda.report.drawn.reading import HIDDEN
from cohesion_qda.report.figuring import figure
from cohesion_qda.report.picture import pictured
from cohesion_qda.report.tagged import tagged
from tests.report import parts
from tests.report.test_drawn import GOLDEN, drawn

SVG = "{http://www.w3.org/2000/svg}"
HERE = Path(__file__).resolve().parents[2]
HASHES = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from tests.report.test_saved import fingerprint
print(fingerprint())
"""


def saved() -> list[Drawing]:
    return [drawn(GOLDEN[case][1], GOLDEN[case][0]) for case in ("two codes", "talk of two", "responses")]


def fingerprint() -> str:
    digest = hashlib.sha256()
    for drawing in saved():
        digest.update(drawing.svg().encode() + drawing.png(600) + drawing.pdf())
    return digest.hexdigest()


def test_the_same_bytes_in_another_process() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", HASHES, str(HERE)], capture_output=True, text=True, check=True, cwd=HERE,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("7",)
    ]  # fmt: skip
    assert {fingerprint(), *said} == {said[0]}


@pytest.mark.parametrize("case", GOLDEN)
def test_every_word_of_a_figure_is_text_in_its_svg(case: str) -> None:
    name, part = GOLDEN[case]
    drawing = drawn(part, name)
    root = ElementTree.fromstring(drawing.svg())
    assert root.get("role") == "img" and root.get("aria-labelledby") == "title desc"
    assert root[0].text == drawing.title and root[1].text == drawing.alt
    assert [e.text for e in root.iter(f"{SVG}text")] == [m.text for m in drawing.marks if isinstance(m, Text)]
    for e in root.iter(f"{SVG}text"):
        assert 0 < float(e.get("textLength") or 0) <= drawing.width
    assert not re.search(r'="[^"]*(\de[-+]\d|nan|inf)', re.sub(r"<(title|desc|text)[^>]*>[^<]*", "", drawing.svg()))


@pytest.mark.parametrize(
    ("width", "dpi", "pixels"), [(None, 200, 1300), (None, 96, 624), (1000, 300, 1000), (333, 72, 333)]
)
def test_a_png_has_the_width_and_dots_asked_for(width: int | None, dpi: int, pixels: int) -> None:
    drawing = drawn(GOLDEN["one bar"][1], "bars")
    image = Image.open(io.BytesIO(drawing.png(width, dpi)))
    assert image.width == pixels and image.height == pytest.approx(pixels * drawing.height / drawing.width, abs=1)
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
    assert image.text["Title"] == drawing.title and image.text["Description"] == drawing.alt  # type: ignore[attr-defined]
    assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_a_pdf_holds_its_fonts_its_words_and_what_it_shows() -> None:
    drawing = drawn(GOLDEN["bars"][1], "bars")
    raw = drawing.pdf()
    document = pypdfium2.PdfDocument(raw)
    try:
        assert len(document) == 1 and document[0].get_size() == pytest.approx((drawing.width, drawing.height), abs=0.6)
        words = document[0].get_textpage().get_text_range()
        assert "24 of 24 participants" in words and "Tŷ cymunedol" in words and "مرحبا" in words
        about = document.get_metadata_dict()
        assert about["Title"] == drawing.title and about["Subject"] == drawing.alt and not about["CreationDate"]
    finally:
        document.close()
    fonts = re.findall(rb"/BaseFont /(\S+)", raw)
    assert fonts and not re.search(rb"/Subtype /Type1\b", raw), "nothing is left to a font the reader may not have"


def test_a_pdf_is_a_figure_with_its_alternative_text() -> None:
    import ctypes

    from pypdfium2 import raw as pdfium

    drawing = drawn(GOLDEN["talk of two"][1], "talk")
    assert b"/Lang (en)" in drawing.pdf() and b"/DisplayDocTitle true" in drawing.pdf()
    document = pypdfium2.PdfDocument(drawing.pdf())
    page = document[0]
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        assert pdfium.FPDFCatalog_IsTagged(document.raw) and pdfium.FPDF_StructTree_CountChildren(tree) == 1
        element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, 0)
        size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
        told = ctypes.create_string_buffer(size)
        pdfium.FPDF_StructElement_GetAltText(element, told, size)
        assert told.raw.decode("utf-16-le").rstrip("\0") == drawing.alt
    finally:
        pdfium.FPDF_StructTree_Close(tree)
        page.close()
        document.close()


def test_a_pdf_made_otherwise_is_not_tagged_by_guess() -> None:
    with pytest.raises(ValueError, match="in the PDF"):
        tagged(b"%PDF-1.7\ntrailer\n<< >>", "alt", "en")


def test_a_figure_with_hidden_numbers_says_so_in_every_file(tmp_path: Path) -> None:
    part = parts.frequencies([24, 17, None], hidden=[2])
    drawing = figure(part, "bars", parts.answered(part, threshold=5))
    assert HIDDEN in drawing.svg() and HIDDEN in drawing.alt
    for ending in (".svg", ".PNG", ".pdf"):
        pictured(drawing).save(tmp_path / f"figure{ending}")
        assert (tmp_path / f"figure{ending}").stat().st_size > 1000
    with pytest.raises(BadInput, match=r"“\.gif”.*\.svg, \.png or \.pdf"):
        pictured(drawing).save(tmp_path / "figure.gif")


def test_saving_warns_of_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for drawing in saved():
            drawing.png(300)
            drawing.pdf()
    assert not caplog.records


def test_laying_out_needs_no_plotting_library() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.report.test_drawn import GOLDEN, drawn\n"
        "[drawn(part, name).svg() for case, (name, part) in GOLDEN.items() if 'large' not in case]\n"
        "assert 'matplotlib' not in sys.modules, 'matplotlib'\n"
    )
    subprocess.run([sys.executable, "-c", script, str(HERE)], check=True, cwd=HERE)
