from __future__ import annotations

from pathlib import Path

import pytest
from made_papers import odt_archive, odt_content, odt_styles

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.raw import Paragraph, RawDocument, Row
from cohesion_qda.formats.readers import odt


def read(body: str, automatic: str = "", **others: str) -> RawDocument:
    files = {f"{name}.xml": text for name, text in others.items()}
    return odt.from_bytes(Path("a.odt"), odt_archive(odt_content(body, automatic), files))


def texts(document: RawDocument) -> list[str]:
    return [part.text for part in document.parts]


def test_white_space_is_one_space_but_tabs_spaces_and_breaks_are_what_they_say():
    document = read(
        "<text:p>  GA:<text:tab/>Hello\n   there <text:s text:c='3'/>now <text:span> and</text:span>"
        "<text:line-break/> then<text:soft-page-break/> on</text:p><text:p> </text:p>"
    )
    assert document.parts == (Paragraph("GA:\tHello there    now and\nthen on"),)


def test_a_number_of_spaces_that_no_line_has_is_clamped():
    assert texts(read("<text:p>a<text:s text:c='2000000000'/>b<text:s text:c='-1'/>c</text:p>")) == [f"a{' ' * 40}b c"]


def test_bold_beginnings_by_styles_of_the_text_and_of_the_program():
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Name"/>'
        '<style:style style:name="T1" style:family="text"><style:paragraph-properties><style:tab-stops/>'
        '</style:paragraph-properties><style:text-properties fo:font-weight="700"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="normal"/>'
        "</style:style>"
    )
    named = (
        '<style:style style:name="Name" style:family="paragraph"><style:text-properties '
        'fo:font-weight="bold"/></style:style>'
        '<style:style style:name="Strong" style:family="text"><style:text-properties '
        'fo:font-weight="bold"/></style:style>'
        '<style:default-style style:family="text"><style:text-properties fo:font-weight="bold"/></style:default-style>'
    )
    span = "<text:span text:style-name='{}'>{}</text:span>"
    document = read(
        f"<text:p>{span.format('T1', 'GA:')} Hello</text:p><text:p>{span.format('Strong', 'GA:')} Hello</text:p>"
        f"<text:p text:style-name='P1'>GA: {span.format('T2', 'Hello')}</text:p>"
        f"<text:p>{span.format('None', 'GA:')} Hello</text:p>"
        f"<text:p>{span.format('T1', 'G' + span.format('None', 'A:'))} Hello</text:p>",
        automatic, styles=odt_styles(named),
    )  # fmt: skip
    assert [part.bold for part in document.parts] == [(3,), (3,), (4,), (), (3,)]


def test_headings():
    document = read(
        "<text:h text:outline-level='2'>Two</text:h><text:h>One</text:h><text:p text:style-name='Title'>Title</text:p>"
        "<text:p text:style-name='P1'>Part</text:p><text:p>Text</text:p>",
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Part"/>',
        styles=odt_styles(
            '<style:style style:name="Part" style:family="paragraph" style:default-outline-level="3"/>'
            '<style:style style:name="Title" style:family="paragraph"/>'
        ),
    )
    assert [part.heading for part in document.parts] == [2, 1, 1, 3, 0]


def test_tracked_changes_comments_footnotes_and_hidden_text():
    document = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p></text:deletion>"
        "</text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
        "<text:p>We <text:change/><text:change-start/>always<text:change-end/> agree<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>Really?</text:p></office:annotation><text:note/>.</text:p>"
        "<text:section text:display='none'><text:p>secret</text:p></text:section>"
        "<text:p><text:span text:style-name='T9'>secret<text:tab/><text:line-break/></text:span>seen</text:p>",
        '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>',
    )
    assert texts(document) == ["We always agree.", "seen"]
    assert document.warnings == (
        "The document has tracked changes: inserted words were kept, deleted words left out.",
        "Hidden text was left out.",
        "2 footnotes or endnotes were left out, because they are not speech. "
        "If they are needed, write them into the text in brackets.",
        "1 comment was left out, because it is a remark on the text and not speech.",
    )


def test_a_text_without_changes_has_no_warning():
    assert read("<text:tracked-changes text:track-changes='true'/><text:p>x</text:p>").warnings == ()


def test_lists_links_and_fields_keep_their_text_without_numbers():
    document = read(
        "<text:list><text:list-item><text:number>1.</text:number><text:p>GA: One</text:p><text:list><text:list-item>"
        "<text:p>TN1: <text:a>Two</text:a></text:p></text:list-item></text:list></text:list-item></text:list>"
        "<text:p><text:date>Monday</text:date></text:p>"
    )
    assert texts(document) == ["GA: One", "TN1: Two", "Monday"]


def test_tables_with_merged_cells():
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    covered = "<table:covered-table-cell{}><text:p>not seen</text:p></table:covered-table-cell>"
    rows = (
        cell.format("", "GA") + cell.format("", "Hello") + cell.format("", "00:10"),
        cell.format(" table:number-columns-spanned='2'", "TN1") + covered.format("") + cell.format("", "00:20"),
        cell.format(" table:number-columns-spanned='3'", "Over all")
        + covered.format(" table:number-columns-repeated='2'"),
        cell.format(" table:number-columns-repeated='999999999'", "") + cell.format("", ""),
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    document = read(f"<table:table>{body}</table:table><text:p>after</text:p>")
    assert [tuple(tuple(p.text for p in cell) for cell in part.cells) for part in document.parts[:-1]] == [
        (("GA",), ("Hello",), ("00:10",)), (("TN1",), (), ("00:20",)), (("Over all",),),
    ]  # fmt: skip
    assert all(isinstance(part, Row) and part.table == 1 for part in document.parts[:-1])


def test_boxes_and_what_describes_drawings():
    document = read(
        "<text:p>GA: <draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box><svg:title>A title</svg:title>"
        "</draw:frame><draw:custom-shape/>Hello</text:p><draw:frame><draw:text-box/></draw:frame>"
    )
    assert texts(document) == ["In a box", "GA: Hello"]
    assert document.warnings == ("1 text box was read as paragraphs of its own. Check whose words they are taken for.",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (odt_archive("", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "but is not such a file."),
        (odt_archive(odt_content("").replace("office:text", "office:spreadsheet")), "but is not such a file."),
        (odt_archive("<office"), "a.odt is damaged or incomplete. Get a fresh copy of the file"),
        (odt_archive(odt_content("<text:p> </text:p>")), "There is no text in a.odt. If it holds pictures of pages"),
        (odt_archive("x").replace(b"content.xml", b"contemt.xml"), "a.odt is damaged or incomplete."),
        (odt_archive("x").replace(b"content.xml", b"contemt.xml").replace(b"mimetype", b"mimetipe"), "not such a file"),
    ],
    ids=range(6),
)
def test_what_cannot_be_read(data, sentence):
    with pytest.raises(CannotReadSource) as raised:
        odt.from_bytes(Path("a.odt"), data)
    assert sentence in str(raised.value)
    assert raised.value.hint
