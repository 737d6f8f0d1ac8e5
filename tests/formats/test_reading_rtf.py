from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.raw import Paragraph, RawDocument, Row
from cohesion_qda.formats.readers import rtf


def read(body: str | bytes, head: str = r"\ansi\deff0") -> RawDocument:
    data = body if isinstance(body, bytes) else body.encode("latin-1")
    return rtf.from_bytes(Path("a.rtf"), b"{\\rtf1" + head.encode() + b" " + data + b"}")


def texts(body: str | bytes, head: str = r"\ansi\deff0") -> list[str]:
    return [part.text for part in read(body, head).parts]


def test_paragraphs_lines_tabs_and_bold_beginnings():
    document = read(
        "\\pard\\b GA:\\b0  Hello\\tab there\r\n, go on\\line{\\b TN1}: yes\\par\n\\par "
        "{\\b\\plain not bold}\\par last \\\\ \\{x\\}"
    )
    assert document.parts == (
        Paragraph("GA: Hello\tthere, go on\nTN1: yes", (3, 3)),
        Paragraph("not bold"),
        Paragraph("last \\ {x}"),
    )


def test_a_text_of_text_edit():
    head = r"\ansi\ansicpg1252\cocoartf2709\cocoatextscaling0"
    fonts = r"{\fonttbl\f0\fswiss\fcharset0 Helvetica;\f1\fswiss\fcharset0 Helvetica-Bold;}{\*\expandedcolortbl;;}"
    body = "\\pard\\tx720\n\\f1\\b\\fs24 \\cf0 GA:\n\\f0\\b0  It\\'92s on.\\\n\\\n\\f1\\b TN1:\\f0\\b0  Yes\\\n"
    assert read(fonts + body, head).parts == (Paragraph("GA: It’s on.", (3,)), Paragraph("TN1: Yes", (4,)))


def test_characters_by_number_with_and_without_something_to_show_instead():
    assert texts(r"\u8217've \u8217\'92ll \uc0\u8217 s {\uc2\u8230 ...}. \uc1\u-10179 ?\u-8704 ?\u128512 ? x") == [
        "’ve ’ll ’s ….. 😀😀 x"
    ]


def test_what_stands_for_a_character_may_be_missing_or_a_word():
    assert texts(r"a\u233\par b\u233\emdash c\u8212 {?}d \u56832 ?e\u55357 ?f") == ["aé", "béc—?d ef"]


def test_code_pages_of_the_document_and_of_its_fonts():
    fonts = (
        r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial CYR;}{\f2\fcharset128 MS Mincho;}{\f3\cpg1253 Greek;}}"
    )
    assert texts(fonts + r"caf\'e9 {\f1 \'e4\'e0} {\f2 \'93\'fa\'96{}\'7b} {\f3\'e1} \plain \'e9")[0].startswith(
        "café да 日"
    )
    assert texts(r"\'e4\'e0", r"\ansi\ansicpg1251") == ["да"]
    assert texts(r"\'e4\'e0", r"\ansi\ansicpg99999") == ["äà"]
    assert texts(r"\'8e", r"\mac") == ["é"]
    assert texts(r"\'82", r"\pca") == ["é"]
    assert texts("caf\xe9") == ["café"]
    assert texts("café 日本".encode()) == ["café 日本"]


def test_a_byte_that_means_nothing_is_shown_and_told():
    document = read(r"a\'81b")
    assert [part.text for part in document.parts] == ["a\ufffdb"]
    assert document.warnings == ("One place could not be read and is shown as “\ufffd”.",)


def test_what_is_no_speech_is_left_out():
    document = read(
        r"{\colortbl;\red255;}{\info{\title T}}{\*\generator Word;}{\header Confidential\par}{\footer 1\par}"
        r"{\pntext 1.\tab}GA: We {\deleted never }{\revised always }agree{\super\chftn{\footnote\pard A note.\par}}"
        r"{\*\atnid A}{\*\atnauthor Anna}{\*\annotation Really?\par}."
        r"{\field{\*\fldinst{HYPERLINK \"x\"}}{\fldrslt a link}}{\v secret\line}{\*\unknown{x}\'e9\{}\par"
        r"{\listtext 2.\tab}TN1: joined {\deleted\par}together{\pict 0123{\*\blipuid 00}}\par"
    )
    assert [part.text for part in document.parts] == ["GA: We always agree.a link", "TN1: joined together"]
    assert document.warnings == (
        "The document has tracked changes: inserted words were kept, deleted words left out.",
        "Hidden text was left out.",
        "1 footnote or endnote was left out, because it is not speech. "
        "If it is needed, write it into the text in brackets.",
        "1 comment was left out, because it is a remark on the text and not speech.",
    )


def test_raw_bytes_are_passed_over_whatever_they_hold():
    assert texts(b"a{\\pict\\bin6 }}{{\\x}b\\bin3 }}}c{\\*\\x \\bin2 {{}d") == ["abcd"]


def test_headings_by_name_and_by_level():
    styles = r"{\stylesheet{Normal;}{\s1\sbasedon0 heading 1;}{\s5 Title;}{\s7\outlinelevel2 Part;}{\*\cs9 x;}}"
    document = read(
        styles + r"\s1 a\par\pard b\par\s5 c\par\pard\s7 d\par\pard\outlinelevel1 e\par\pard\outlinelevel9 f"
    )
    assert [part.heading for part in document.parts] == [1, 0, 1, 3, 2, 0]


def test_tables():
    row = r"\trowd\cellx1000\cellx9000 "
    document = read(
        r"before\par" + row + r"\pard\intbl {\b GA}\cell Hello\par there\cell\row" + "\n"
        + row + r"\intbl TN1\cell\cell\row\pard after\par" + row + r"TN1\cell yes\cell\row"
    )  # fmt: skip
    assert document.parts == (
        Paragraph("before"),
        Row(1, ((Paragraph("GA", (2,)),), (Paragraph("Hello"), Paragraph("there")))),
        Row(1, ((Paragraph("TN1"),), ())),
        Paragraph("after"),
        Row(2, ((Paragraph("TN1"),), (Paragraph("yes"),))),
    )


def test_a_table_within_a_cell_is_part_of_the_cell():
    document = read(
        r"\trowd\pard\intbl GA\cell {\pard\intbl\itap2 in\nestcell side\nestcell{\*\nesttableprops\trowd\nestrow}"
        r"{\nonesttables\par}}\pard\intbl end\cell\row\pard after"
    )
    assert document.parts == (
        Row(1, ((Paragraph("GA"),), (Paragraph("in"), Paragraph("side"), Paragraph("end")))), Paragraph("after"),
    )  # fmt: skip


def test_text_boxes_are_paragraphs_of_their_own():
    document = read(
        r"GA: {\shp{\*\shpinst\shpleft0{\sp{\sn name}{\sv 1}}{\shptxt \pard In a box\par}}{\shprslt{\*\do x}}}Hello\par"
    )
    assert [part.text for part in document.parts] == ["In a box", "GA: Hello"]
    assert document.warnings == ("1 text box was read as paragraphs of its own. Check whose words they are taken for.",)


DEEP = "is built in a way that no Office program writes, and was not opened. Open it in the program it was made with"
DAMAGED = "a.rtf is damaged or incomplete. Get a fresh copy of the file, or open it in the program it was made with"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Just text.", "a.rtf ends in .rtf, but is not such a file. Open it in the program it was made with and save"),
        (b"{\\rtf1 " + b"{" * 1_000_000 + b"x" + b"}" * 1_000_001, DEEP),
        (b"{\\rtf1 " + b"{\\b x" * 1_000_000, DEEP),
        (b"{\\rtf1 one\\par {\\b two", DAMAGED),
        (b"{\\rtf1 one\\par {\\*\\x two", DAMAGED),
        (b"{\\rtf1 one\\par {\\bin999999999 two}}", DAMAGED),
        (b"{\\rtf1 \\par }", "There is no text in a.rtf. If it holds pictures of pages, it must first be turned into"),
        (b"{\\rtf1", "There is no text in a.rtf."),
    ],
    ids=range(8),
)
def test_what_cannot_be_read(data, sentence):
    with pytest.raises(CannotReadSource) as raised:
        rtf.from_bytes(Path("a.rtf"), data)
    assert sentence in str(raised.value)
    assert raised.value.hint


def test_a_file_made_of_nothing_but_marks(monkeypatch):
    monkeypatch.setattr(rtf, "TOKEN_LIMIT", 1000)
    for flood in ("{}" * 1000, "\\b " * 2000, r"{\*\x" + "{}" * 1000 + "}"):
        with pytest.raises(CannotReadSource, match=r"The text of a.rtf is far longer than a transcript\. Split it"):
            read(flood)


def test_a_file_whose_end_may_be_missing_is_read_and_says_so():
    document = rtf.from_bytes(Path("a.rtf"), b"{\\rtf1 {\\pard one\\par}{\\pard two\\par}\n")
    assert [part.text for part in document.parts] == ["one", "two"]
    assert document.warnings == ("The file is cut off: some of its end may be missing. Compare it with the original.",)


def test_what_follows_the_end_is_no_part_of_the_text():
    assert [p.text for p in rtf.from_bytes(Path("a.rtf"), b"\xef\xbb\xbf{\\rtf1 one}\0\0}{ two").parts] == ["one"]


WORDS = st.sampled_from(
    [rb"\b ", rb"\par ", rb"\cell ", rb"\row ", rb"\trowd ", rb"\intbl ", rb"\pard ", rb"\u-3 ?", rb"\uc9 ", rb"\'e9",
     b"{", b"}", rb"\*", rb"\shptxt ", rb"\footnote ", rb"\fonttbl ", rb"\stylesheet ", rb"\f1 ", rb"\fcharset128 ",
     rb"\bin2 ",     rb"\deleted ", rb"\v ", rb"\ansicpg65001 ", rb"\line ", rb"\s1 ", b"text",
     b"; ", rb"\plain ", rb"\outlinelevel3 "]
)  # fmt: skip


@given(st.lists(st.one_of(WORDS, st.binary(max_size=3)), max_size=40).map(b"".join))
def test_any_words_give_text_or_a_sentence(body):
    try:
        document = read(body)
    except CannotReadSource as error:
        assert error.message and error.hint
    else:
        assert all(part.text.strip() for part in document.parts if isinstance(part, Paragraph))
