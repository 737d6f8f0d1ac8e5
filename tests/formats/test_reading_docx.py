from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import WORD, archive, document, paragraph, run, table, write_docx

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats import zipguard
from cohesion_qda.formats.raw import Paragraph, RawDocument, Row
from cohesion_qda.formats.readers import docx


def read(path: Path) -> RawDocument:
    return docx.from_bytes(path, path.read_bytes())


def parts(tmp_path: Path, *body: str, **others: str) -> tuple[Paragraph | Row, ...]:
    return read(write_docx(tmp_path / "a.docx", *body, others={f"word/{k}.xml": v for k, v in others.items()})).parts


def test_paragraphs_soft_breaks_and_bold_beginnings(tmp_path):
    found = parts(
        tmp_path,
        paragraph(run("GA", bold=True), run("\tHello there\nsecond line")),
        paragraph(run(" plain ")),
        paragraph(),
        paragraph(run("x\n"), run("TN1:", bold=True), run(" yes")),
    )
    assert found == (
        Paragraph("GA\tHello there\nsecond line", (2, 0)),
        Paragraph("plain"),
        Paragraph("x\nTN1: yes", (0, 4)),
    )


def test_tables_are_rows(tmp_path):
    found = parts(tmp_path, table(("GA", "One\ntwo"), ("", "three")), paragraph(run("after")))
    assert found == (
        Row(1, ((Paragraph("GA"),), (Paragraph("One\ntwo"),))),
        Row(1, ((), (Paragraph("three"),))),
        Paragraph("after"),
    )


def test_a_table_within_a_cell_is_part_of_the_cell(tmp_path):
    inner = table(("in", "side"))
    outer = (
        f"<w:tbl><w:tr><w:tc>{paragraph(run('GA'))}</w:tc><w:tc>{inner}{paragraph(run('end'))}</w:tc></w:tr></w:tbl>"
    )
    assert parts(tmp_path, outer) == (
        Row(1, ((Paragraph("GA"),), (Paragraph("in"), Paragraph("side"), Paragraph("end")))),
    )


def test_tracked_changes(tmp_path):
    path = write_docx(
        tmp_path / "a.docx",
        paragraph(
            run("We "),
            "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>",
            f"<w:ins>{run('always ')}</w:ins>",
            f"<w:moveFrom>{run('moved ')}</w:moveFrom>",
            run("agree."),
        ),
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("joined ") + "</w:p>",
        paragraph(run("together")),
    )
    document_ = read(path)
    assert [part.text for part in document_.parts] == ["We always agree.", "joined together"]
    assert document_.warnings == (
        "The document has tracked changes: inserted words were kept, deleted words left out.",
    )


def test_comments_fields_fallbacks_and_footnotes_are_left_out(tmp_path):
    fallback = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"{run('chosen')}</mc:Choice><mc:Fallback>{run('fallback')}</mc:Fallback></mc:AlternateContent>"
    )
    path = write_docx(
        tmp_path / "a.docx",
        paragraph(
            run("Said"), "<w:r><w:commentReference/></w:r>", "<w:r><w:instrText>PAGE</w:instrText></w:r>", fallback,
            "<w:r><w:footnoteReference/></w:r>",
        ),
        others={"word/comments.xml": document(paragraph(run("a comment")))},
    )  # fmt: skip
    document_ = read(path)
    assert [part.text for part in document_.parts] == ["Saidchosen"]
    assert document_.warnings == (
        "1 footnote or endnote was left out, because it is not speech. "
        "If it is needed, write it into the text in brackets.",
        "1 comment was left out, because it is a remark on the text and not speech.",
    )


def test_bold_by_style_and_bold_switched_off(tmp_path):
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="Name"><w:basedOn w:val="Strong"/></w:style>'
        '<w:style w:styleId="Thin"><w:basedOn w:val="Strong"/><w:rPr><w:b w:val="0"/></w:rPr></w:style></w:styles>'
    )
    found = parts(
        tmp_path,
        *(paragraph(run("GA", style=style), run(" x")) for style in ("Strong", "Name", "Thin")),
        paragraph('<w:r><w:rPr><w:b w:val="false"/></w:rPr><w:t>GA</w:t></w:r>'),
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' + run("x") + "</w:p>",
        styles=styles,
    )
    assert [p.bold for p in found] == [(2,), (2,), (), (), ()]
    assert found[-1].text == "x"


def test_the_main_part_may_have_another_name(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(archive({"word/document2.xml": document(paragraph(run("Here.")))}, target="/word/document2.xml"))
    assert [part.text for part in read(path).parts] == ["Here."]


def swollen() -> bytes:
    return archive({"word/document.xml": b" " * 30_000_000})


def locked() -> bytes:
    data = bytearray(archive({"word/document.xml": document(paragraph(run("x")))}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


GOOD = archive({"word/document.xml": document(paragraph(run("word " * 3000)))})
DEEP = "<w:p>" * 500 + "</w:p>" * 500
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENCRYPTED = OLE2 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Just text.", "a.docx ends in .docx, but is not such a file. Open it in the program it was made with and"),
        (
            OLE2,
            "a.docx is in an old Microsoft Office format. Open it in Word, Excel or LibreOffice and save it as .docx",
        ),
        (ENCRYPTED, "a.docx is protected with a password. Open it in the program it was made with, take the password"),
        (locked(), "a.docx is protected with a password."),
        (GOOD[: len(GOOD) // 2], "a.docx is damaged or incomplete. Get a fresh copy of the file"),
        (GOOD.replace(b"word/document.xml", b"word/documenu.xml"), "a.docx ends in .docx, but is not such a file."),
        (archive({"xl/workbook.xml": "<x/>"}), "a.docx ends in .docx, but is not such a file."),
        (archive({"word/document.xml": "<w:document"}), "a.docx is damaged or incomplete."),
        (
            archive({"word/document.xml": document(paragraph(run("  ")))}),
            "There is no text in a.docx. If it holds pict",
        ),
        (archive({"word/document.xml": document(DEEP)}), "a.docx is built in a way that no Office program writes"),
        (
            archive({"word/document.xml": document(head=LAUGHS)}),
            "a.docx is built in a way that no Office program writes",
        ),
        (
            archive({"word/document.xml": document(head=OUTSIDE)}),
            "a.docx is built in a way that no Office program writ",
        ),
        (swollen(), "a.docx unpacks to far more than a document holds, and was not opened. Open it in the program"),
        (archive({f"word/{n}.xml": "" for n in range(5100)}), "a.docx unpacks to far more than a document holds"),
    ],
    ids=range(14),
)
def test_what_cannot_be_read(tmp_path, data, sentence):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(CannotReadSource) as raised:
        read(path)
    assert sentence in str(raised.value)
    assert raised.value.hint


def test_text_that_is_too_long(tmp_path, monkeypatch):
    path = write_docx(tmp_path / "a.docx", paragraph(run("word " * 500)))
    monkeypatch.setattr(zipguard, "ELEMENT_LIMIT", 3)
    with pytest.raises(CannotReadSource, match=r"The text of a.docx is far longer than a transcript\. Split it"):
        read(path)
    monkeypatch.setattr(zipguard, "PART_LIMIT", 1000)
    with pytest.raises(CannotReadSource, match=r"The text of a.docx is far longer than a transcript\. Split it"):
        read(path)


def test_headings_by_style_in_any_language_and_by_outline_level(tmp_path):
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="Frage"><w:basedOn w:val="berschrift2"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="Teil"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="Kreis"><w:basedOn w:val="Kreis"/></w:style></w:styles>'
    )

    def styled(properties: str) -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr>{run('x')}</w:p>"

    names = ("berschrift2", "Titel", "Frage", "Teil", "Kreis", "None")
    found = parts(
        tmp_path,
        *(styled(f'<w:pStyle w:val="{name}"/>') for name in names),
        styled('<w:outlineLvl w:val="2"/>'),
        styled('<w:outlineLvl w:val="9"/>'),
        paragraph(run("x")),
        styles=styles,
    )
    assert [p.heading for p in found] == [2, 1, 2, 1, 0, 0, 3, 0, 0]
    assert [p.bold for p in found] == [(), (), (1,), (), (), (), (), (), ()]


def test_numbers_of_lists_heads_and_feet_are_no_text(tmp_path):
    listed = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' + run("GA: Hello") + "</w:p>"
    )
    header = f'<w:hdr xmlns:w="{WORD}">{paragraph(run("Confidential"))}</w:hdr>'
    assert parts(tmp_path, listed, header1=header) == (Paragraph("GA: Hello"),)


def test_merged_cells_keep_their_columns(tmp_path):
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"

    rows = (
        cell("00:10") + cell("GA") + cell("Hello"),
        cell("before", '<w:gridSpan w:val="2"/>') + cell("there"),
        cell("00:20", '<w:vMerge w:val="restart"/>') + cell("TN1") + cell("Yes"),
        cell("covered", "<w:vMerge/>") + cell("TN2") + cell("No"),
        '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("late"),
        cell("a heading over all", '<w:gridSpan w:val="3"/>'),
        cell("wide", '<w:gridSpan w:val="999999999"/>') + cell("x"),
    )
    found = parts(tmp_path, "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    texts = [[" ".join(p.text for p in c) for c in row.cells] for row in found]
    assert texts[:6] == [
        ["00:10", "GA", "Hello"], ["before", "", "there"], ["00:20", "TN1", "Yes"], ["", "TN2", "No"], ["late"],
        ["a heading over all"],
    ]  # fmt: skip
    assert texts[6] == ["wide", "x"]


def test_text_boxes_are_paragraphs_of_their_own(tmp_path):
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"<w:txbxContent>{paragraph(run('In a box'))}{table(('a', 'b'))}</w:txbxContent></mc:Choice><mc:Fallback>"
        f"<w:txbxContent>{paragraph(run('In a box'))}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document_ = read(write_docx(tmp_path / "a.docx", paragraph(run("GA: "), box, run("Hello"))))
    assert document_.parts == (
        Paragraph("In a box"), Row(1, ((Paragraph("a"),), (Paragraph("b"),))), Paragraph("GA: Hello"),
    )  # fmt: skip
    assert document_.warnings == (
        "1 text box was read as paragraphs of its own. Check whose words they are taken for.",
    )


def test_links_and_controls_keep_their_text_and_prompts_do_not_count(tmp_path):
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    found = parts(
        tmp_path,
        paragraph("<w:hyperlink>" + run("a link") + "</w:hyperlink>", control.format("", run(" chosen"))),
        control.format("<w:showingPlcHdr/>", paragraph(run("Click here to enter text."))),
        control.format("", paragraph(run("written"))),
    )
    assert [p.text for p in found] == ["a link chosen", "written"]


def test_hidden_text_old_formatting_symbols_and_parts_of_other_kinds(tmp_path):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t><w:br/></w:r>"
    was_bold = "<w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>GA</w:t></w:r>"
    symbols = '<w:r><w:sym w:char="F0E0"/><w:sym w:char="00E9"/><w:sym w:char="x"/><w:noBreakHyphen/></w:r>'
    path = write_docx(tmp_path / "a.docx", paragraph(hidden, was_bold, symbols), '<w:altChunk r:id="x" xmlns:r="r"/>')
    document_ = read(path)
    assert document_.parts == (Paragraph("GAé\u2011"),)
    assert document_.warnings == (
        "A part of the document is kept as a file of another kind within it, and was left out. "
        "Open it in Word and save it again.",
        "Hidden text was left out.",
    )


def test_a_name_in_two_bold_runs_with_a_plain_space(tmp_path):
    found = parts(tmp_path, paragraph(run("Anna", bold=True), run(" "), run("Smith", bold=True), run(" Hello")))
    assert found == (Paragraph("Anna Smith Hello", (10,)),)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_give_text_or_a_sentence(data, inside):
    try:
        docx.from_bytes(Path("a.docx"), archive({"word/document.xml": data}) if inside else b"PK" + data)
    except CannotReadSource as error:
        assert error.message


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4))
def test_a_good_file_with_wrong_bytes_gives_text_or_a_sentence(at, wrong):
    try:
        docx.from_bytes(Path("a.docx"), GOOD[:at] + wrong + GOOD[at + len(wrong) :])
    except CannotReadSource as error:
        assert error.message


def test_an_entry_in_a_method_that_python_lacks(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("word/document.xml", document(paragraph(run("x"))))
    data = bytearray(buffer.getvalue())
    data[8:10] = data[data.index(b"PK\x01\x02") + 10 : data.index(b"PK\x01\x02") + 12] = b"\x63\x00"
    (tmp_path / "a.docx").write_bytes(bytes(data))
    with pytest.raises(CannotReadSource, match="damaged or incomplete"):
        read(tmp_path / "a.docx")
