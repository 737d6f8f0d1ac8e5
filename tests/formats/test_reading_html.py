from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.raw import Paragraph, RawDocument, Row
from cohesion_qda.formats.readers import html
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import HowToRead
from tests.conftest import shared_data


def read(page: str | bytes, how: HowToRead = HowToRead()) -> RawDocument:  # noqa: B008
    return html.from_bytes(Path("a.html"), page if isinstance(page, bytes) else page.encode(), how)


def texts(page: str | bytes) -> list[str]:
    return [part.text for part in read(page).parts]


def test_paragraphs_breaks_and_bold_beginnings():
    document = read(
        "<body>loose <p><b>GA:</b> Hello\n   there &amp; you<br>second&nbsp;line<p><strong>TN1</strong> \tyes<br><br>no"
        "<div>one<div>two</div>three</div><p><span style='font-weight: bold'>Anna</span> x</p>"
        "<p><b style='font-weight:normal'>Bob y</b></p>"
    )
    assert document.parts == (
        Paragraph("loose"), Paragraph("GA: Hello there & you\nsecond\u00a0line", (3, 0)), Paragraph("TN1\tyes", (3,)),
        Paragraph("no"), Paragraph("one"), Paragraph("two"), Paragraph("three"), Paragraph("Anna x", (4,)),
        Paragraph("Bob y"),
    )  # fmt: skip


def test_headings_lists_and_lines_that_are_kept():
    document = read(
        "<h2>Part <i>one</i></h2>x<ul><li>a<li>b</ul><ol><li><p>c</p></ol><pre>GA: x\n  y\n\nz</pre><hr>end"
    )
    assert [(part.text, part.heading) for part in document.parts] == [
        ("Part one", 2), ("x", 0), ("a", 0), ("b", 0), ("c", 0), ("GA: x\ny\nz", 0), ("end", 0),
    ]  # fmt: skip


def test_what_is_not_displayed_is_left_out():
    document = read(
        "<html><head><title>T</title><style>.x{color:red} .h{display:none}</style><script>if (a<b) '</p>"
        "'</script></head>"
        "<p>seen<!-- not --><span hidden>a</span><span style='DISPLAY : none'>b</span><span class='k h'>c</span>"
        "<noscript>d</noscript><svg><text>e</text></svg><button>f</button><textarea><p>g</textarea> too</p>"
    )
    assert [part.text for part in document.parts] == ["seen too"]
    assert document.warnings == ("Hidden text was left out.",)


def test_tables_with_cells_over_columns_and_rows():
    document = read(
        "<table><thead><tr><th>Time<th>Who<th>What</thead><tr><td rowspan=2>00:10<td>GA<td>Hello<tr><td>"
        "TN1<td><p>Yes<p>no"
        "<tr><td colspan=2>TN2<td>But<tr><td colspan=3>Over all<tr><td><td></table><table><tr><td>x<td>y</table>"
    )
    rows = [[[p.text for p in cell] for cell in part.cells] for part in document.parts]
    assert rows == [
        [["Time"], ["Who"], ["What"]], [["00:10"], ["GA"], ["Hello"]], [[], ["TN1"], ["Yes", "no"]],
        [["TN2"], [], ["But"]], [["Over all"]], [["x"], ["y"]],
    ]  # fmt: skip
    assert [part.table for part in document.parts if isinstance(part, Row)] == [1, 1, 1, 1, 1, 2]


def test_cells_without_rows_and_rows_without_tables():
    assert texts("<tr><td>a</td></tr>b<td>c") == ["a", "b", "c"]
    assert [len(part.cells) for part in read("<table><td>a<td>b</table>").parts] == [2]
    (row,) = read("<table><tr><td>a<td rowspan=9999999 colspan=999999>b<tr></table>").parts
    assert len(row.cells) == 64


def test_a_page_of_word():
    document = read(
        "<body lang=EN-GB><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>GA:</b> We <del "
        "cite='mailto:A'>never</del>"
        "<ins>always</ins> agree<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>"
        "[1]</span></a>.<o:p></o:p></p>"
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>"
        "&nbsp;</span></span><![endif]>"
        "TN1: yes</p><p><o:p>&nbsp;</o:p></p><div style='mso-element:footnote-list'><hr><div "
        "style='mso-element:footnote' id=ftn1>"
        "<p>[1] A note.</p></div></div><div style='mso-element:comment-list'><div "
        "style='mso-element:comment'><p>Really?</p></div>"
        "</div>"
    )
    assert document.parts == (Paragraph("GA: We always agree.", (3,)), Paragraph("TN1: yes"))
    assert document.warnings == (
        "The document has tracked changes: inserted words were kept, deleted words left out.",
        "1 footnote or endnote was left out, because it is not speech. "
        "If it is needed, write it into the text in brackets.",
        "1 comment was left out, because it is a remark on the text and not speech.",
    )


def test_a_page_of_google_docs():
    document = read(
        "<style>ol{margin:0}.c1{color:#000;font-weight:700}.c2{font-weight:400}</style><body class='c9'>"
        "<p class='c3'><span class='c1'>GA:</span><span class='c2'> Hello</span><sup><a href='#cmnt1' "
        "id='cmnt_ref1'>[a]</a></sup>"
        "<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup></p><hr><div><p><a href='#ftnt_ref1' "
        "id='ftnt1'>[1]</a><span> A "
        "note.</span></p><p>More of it.</p></div><div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>"
        "Really?</span></p></div>"
        "<p>end<span class='c1'>!</span></p><a id='cmnt2'>alone</a>"
    )
    assert document.parts == (Paragraph("GA: Hello", (3,)), Paragraph("end!"))
    assert [sentence.split(" left")[0] for sentence in document.warnings] == [
        "1 footnote or endnote was", "2 comments were",
    ]  # fmt: skip


def test_times_between_paragraphs_are_lines_of_their_own():
    document = read("<cite>Anna:</cite>\n<time>0:53</time>\n<p>Hello at <time>0:10</time> today</p>")
    assert document.parts == (Paragraph("Anna:\n0:53", (5, 0)), Paragraph("Hello at 0:10 today"))
    assert [(turn.label, turn.at) for turn in segment(read(EXCHANGE), "a").turns] == [("Anna", 0.0), ("Bob", 5.0)] * 2


EXCHANGE = "".join(
    f"<cite>{name}:</cite><time>0:0{at}</time><p>So it is.</p>" for name, at in (("Anna", 0), ("Bob", 5)) * 2
)


def test_a_real_podcast():
    path = shared_data() / "transcripts" / "other" / "example.html"
    draft = segment(html.from_bytes(path, path.read_bytes()), "example")
    assert len(draft.turns) == 10
    assert sorted(draft.roles) == ["Gilon", "Sarah", "Travis"]
    assert all(turn.at is not None for turn in draft.turns)


RUSSIAN = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>Анна: да</p>"


def test_what_the_page_says_of_its_encoding_is_believed_where_it_fits():
    def found(page: bytes, how: HowToRead = HowToRead()) -> tuple[str, str, bool]:  # noqa: B008
        document = read(page, how)
        return document.parts[-1].text, document.encoding, document.encoding_is_sure

    assert found(RUSSIAN.encode("cp1251")) == ("Анна: да", "cp1251", True)
    assert found(RUSSIAN.encode("utf-8")) == ("Анна: да", "UTF-8", True)
    assert found(RUSSIAN.encode("utf-16")) == ("Анна: да", "UTF-16", True)
    assert found("<?xml version='1.0' encoding='iso-8859-1'?><p>“é”</p>".encode("cp1252")) == ("“é”", "cp1252", True)
    assert found("<p>été</p>".encode("cp1252"))[2] is False
    assert found("<meta charset=shift-jis><p>été à</p>".encode("cp1252"))[2] is False
    assert found("<meta charset=nonsense><p>été</p>".encode("cp1252"))[2] is False
    assert found(RUSSIAN.encode("cp1251"), HowToRead(encoding="cp1252"))[1] == "cp1252"


DEEP = "a.html is built in a way that no Office program writes, and was not opened. Open it in the program"
NOTHING = "There is no text in a.html. If it holds pictures of pages, it must first be turned into text."


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("<div>" * 1_000_000, DEEP),
        ("<div>" * 1_000_000 + "x" + "</div>" * 1_000_000, DEEP),
        ("<table><tr><td>" * 400_000, DEEP),
        ("".join(f"<b id={n}>" for n in range(100_000)) + "<p>" * 100_000, DEEP),
        ("<p>" * 300_000 + "</p>", NOTHING),
        ("<!--" * 500_000, NOTHING),
        ("<![CDATA[" * 200_000, NOTHING),
        ("<a " * 500_000, NOTHING),
        ("<script>" + "</script" * 100_000, NOTHING),
        ("<style>p{}</style> &nbsp; <br>", NOTHING),
        (" ", NOTHING),
        (b"<p>" + bytes(range(1, 9)) * 50, "a.html is not a text file. Open it in the program it was made with"),
    ],
    ids=range(12),
)
def test_what_cannot_be_read(page, sentence):
    with pytest.raises(CannotReadSource) as raised:
        read(page)
    assert sentence in str(raised.value)
    assert raised.value.hint


def test_a_page_of_more_elements_than_any_has(monkeypatch):
    monkeypatch.setattr(html, "ELEMENT_LIMIT", 1000)
    with pytest.raises(CannotReadSource, match=r"The text of a.html is far longer than a transcript\. Split it"):
        read("<i></i>" * 2000)


def test_nothing_the_page_names_is_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><base href="http://127.0.0.1:9/">'
        f'<iframe src="{secret.as_uri()}"></iframe><img src="http://127.0.0.1:9/x.png"><p>seen &x;</p>'
    )
    assert "secret" not in " ".join(texts(page))


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<table>", "</table>", "<tr>", "<td>",
     "<td rowspan=3 colspan=2>",     "<h2>", "</h2>", "<li>", "<pre>", "</pre>", "<time>", "</time>", "<p class=a>",
     "<style>.a{font-weight:bold}</style>",     "<a id=cmnt1>", "<a id=ftnt_ref2>", "<span hidden>",
     "</span>", "<script>", "</script>", "<!--", "-->", "&amp;",
     "&#128;",     "text", "\n", "\t", "\x00", "<", "<del>", "</del>", "</a>"]
)  # fmt: skip


@given(st.lists(st.one_of(TAGS, st.text(max_size=3)), max_size=40).map("".join))
def test_any_tags_give_text_or_a_sentence(page):
    try:
        document = read(page.encode("utf-8", "surrogatepass"))
    except CannotReadSource as error:
        assert error.message and error.hint
    else:
        assert all(part.text.strip() for part in document.parts if isinstance(part, Paragraph))
