from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pdf import LEFT, PICTURE, PITCH, Layout, Put, laid_out, objects, pdf, stream

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.raw import Paragraph, RawDocument
from cohesion_qda.formats.readers.pdf import from_bytes
from cohesion_qda.formats.sources import read_here
from tests.conftest import shared_data

PATH = Path("interview.pdf")
SAID = [
    "Moderator: Thank you all for coming this evening, I know that some of you had a long way to travel in the rain.",
    "Aisha: It was no trouble, my sister drove me and we had a good talk about the park on the way here, which she "
    "has known since she was a girl and which has changed so much that she hardly knows it.",
    "Moderator: What has changed?",
    "Ben: The benches went first. Then the lights. People who used to sit there in the evening stay at home now, and "
    "nobody says hello any more when you walk through with the dog.",
    "Aisha: Yes.",
]  # fmt: skip

EVENING = (
    "the",
    "park",
    "was",
    "full",
    "of",
    "people",
    "and",
    "benches",
    "but",
    "nobody",
    "who",
    "had",
    "known",
    "it",
    "before",
)


def talk(turns: int) -> list[str]:
    """So many turns that are not alike."""
    chance = random.Random(turns)
    said = [" ".join(chance.choices(EVENING, k=chance.choice((3, 8, 25, 60)))) for _turn in range(turns)]
    return [f"{('Moderator', 'Aisha', 'Ben')[n % 3]}: {text.capitalize()}." for n, text in enumerate(said)]


def read(data: bytes) -> RawDocument:
    return from_bytes(PATH, data)


def texts(data: bytes) -> list[str]:
    return [part.text for part in read(data).parts]


@pytest.mark.parametrize(
    "layout",
    [
        Layout(),
        Layout(gap=8),
        Layout(hang=30),
        Layout(indent=24),
        Layout(pitch=2 * PITCH, lines=25),
        Layout(columns=40, gap=4, lines=9),
    ],
    ids=["plain", "gaps", "hanging", "indented", "double", "narrow"],
)
def test_lines_are_paragraphs_again_however_they_are_set(layout):
    assert texts(laid_out(talk(40), layout)) == talk(40)


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    long = " ".join(f"word{n}" for n in range(300))
    assert texts(laid_out([SAID[0], f"Ben: {long}", SAID[2]], Layout(lines=12))) == [SAID[0], f"Ben: {long}", SAID[2]]


def test_running_heads_and_page_numbers_are_left_out_and_counted():
    found = read(laid_out(talk(60), Layout(lines=30, head="Park study – confidential", foot="Page {page} of {pages}")))
    assert [part.text for part in found.parts] == talk(60)
    assert found.warnings == (
        "5 page numbers were left out.",
        "5 lines that recur at the top or bottom of the pages were left out; the first is “Park study – confidential”.",
    )


def test_heads_that_change_with_the_chapter_and_carry_the_page_number_are_left_out():
    pages = Layout(lines=20).pages(talk(60))
    chapters = ["The park", "The station", "School"]
    for number, page in enumerate(pages):
        page.append(Put(LEFT, 50, f"{chapters[number // 3 % 3]} {number + 7}", 8))
    found = read(pdf(*pages))
    assert [part.text for part in found.parts] == talk(60)
    assert "“The park 7”" in found.warnings[0]


def test_the_number_of_a_single_page_is_left_out():
    found = read(laid_out(SAID, Layout(foot="- {page} -")))
    assert [part.text for part in found.parts] == SAID
    assert found.warnings == ("1 page number was left out.",)


def test_what_is_said_at_the_top_of_a_page_twice_is_not_a_running_head():
    pages = [
        [Put(LEFT, 100, "Moderator:"), Put(LEFT, 114, f"And how was that for you, in year {n}?")] for n in (1, 2, 3)
    ]
    assert [text for text in texts(pdf(*pages)) if text.startswith("Moderator")] == ["Moderator:"] * 3


@pytest.mark.parametrize("every", [1, 5])
def test_line_numbers_in_the_margin_are_left_out(every):
    found = read(laid_out(SAID * 8, Layout(numbers=every, gap=6)))
    assert [part.text for part in found.parts] == SAID * 8
    lines = sum(len(Layout().pages([said])[0]) for said in SAID * 8)
    assert found.warnings == (f"{lines // every} numbers in the margin were left out.",)


def test_line_numbers_on_the_right_are_left_out():
    pages = Layout().pages(SAID * 4)
    lines = [put for page in pages for put in page]
    for number, put in enumerate(lines, 1):
        pages[0].append(Put(540, put.y, str(number), 8))
    assert texts(pdf(*pages)) == SAID * 4


def test_numbers_that_begin_what_is_said_stay():
    said = ["Ben: Well,", "12 people came,", "30 stayed away,", "7 went home,", "100 never heard of it", "and 3 cried."]
    puts = [Put(LEFT, 100 + PITCH * n, text) for n, text in enumerate(said)]
    assert " ".join(texts(pdf(puts))) == " ".join(said)


def test_a_numbered_list_keeps_its_numbers():
    items = [f"{n}. Repair the {what}" for n, what in enumerate(("benches", "lights", "paths"), 1)]
    assert texts(laid_out(["What the council should do, as the groups see it:", *items]))[1:] == items


def test_bold_names_are_seen():
    found = read(laid_out([said.replace(": ", " ", 1) for said in SAID], Layout(bold_until=" ")))
    assert [part.bold for part in found.parts] == [(9,), (5,), (9,), (3,), (5,)]
    assert found.parts[1].text.startswith("Aisha It was no trouble")


def test_a_text_that_is_bold_throughout_is_bold_throughout():
    puts = [Put(LEFT, 100, "The benches went first and after that the lights were taken away by", bold=True)]
    puts += [Put(LEFT, 114, "night.", bold=True)]
    (found,) = read(pdf(puts)).parts
    assert found.bold == (len(found.text),)


def test_larger_lines_are_headings_and_long_ones_are_one():
    puts = [Put(LEFT, 60, "What people said of the park and", 20), Put(LEFT, 84, "of the station", 20)]
    puts += [
        Put(LEFT, 120, "Benches", 14),
        *(
            Put(LEFT, 150 + PITCH * n, text)
            for n, text in enumerate(["And so on and on and on.", "Yes, and on and on and on."] * 20)
        ),
    ]
    found = read(pdf(puts)).parts
    assert found[:2] == (
        Paragraph("What people said of the park and of the station", heading=1),
        Paragraph("Benches", heading=2),
    )
    assert not any(part.heading for part in found[2:])


def test_a_label_begins_a_paragraph_even_after_a_full_line():
    puts = [
        Put(LEFT, 100, "Ben: nobody says hello any more when you walk through with a dog, no."),
        Put(LEFT, 114, "Aisha: Not even to me, and I have lived beside that park for the whole"),
        Put(LEFT, 128, "of my life."),
    ]
    assert texts(pdf(puts)) == [puts[0].text, f"{puts[1].text} {puts[2].text}"]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("it is good for the commu-", "nity, I think", "it is good for the community, I think"),
        ("a question of well-", "being for well-being boards", "a question of well-being for well-being boards"),
        ("we were well-", "off, as well as better off", "we were well-off, as well as better off"),
        ("between 2009-", "2010 and now", "between 2009-2010 and now"),
        ("it was an Anglo-", "Indian club", "it was an Anglo-Indian club"),
        ("and then I thought -", "no, not me", "and then I thought - no, not me"),
    ],
)
def test_words_divided_at_a_lines_end(first, second, whole):
    puts = [Put(LEFT, 100, first.rjust(60, "x").replace("x ", "x ", 1)), Put(LEFT, 114, second)]
    (found,) = texts(pdf(puts))
    assert found.lstrip("x").strip() == whole


def test_two_columns_are_read_one_after_the_other():
    left = Layout(columns=30).pages([SAID[1], SAID[3]])[0]
    right = [Put(put.x + 250, put.y, put.text) for put in Layout(columns=30).pages([SAID[0], SAID[3]])[0]]
    assert texts(pdf([*left, *right])) == [SAID[1], SAID[3], SAID[0], SAID[3]]


def test_a_table_of_names_and_words_has_tabs():
    puts = [
        put
        for n in range(4)
        for put in (Put(LEFT, 100 + PITCH * n, "Aisha"), Put(LEFT + 90, 100 + PITCH * n, "Yes, it was."))
    ]
    assert texts(pdf(puts)) == ["Aisha\tYes, it was."] * 4


def test_lines_that_the_file_gives_from_the_bottom_up_are_turned_round():
    page = Layout(gap=8).pages(talk(12))[0]
    turned = [*page[:9], *reversed(page[9:12]), *page[12:]]
    assert texts(pdf(turned)) == texts(pdf(page)) == talk(12)
    assert texts(pdf(page[::-1])) == talk(12)


def test_letters_that_are_drawn_twice_over_are_bold():
    words = b"BT /F1 10 Tf 1 0 0 1 80 700 Tm 2 Tr (Aisha) Tj 0 Tr 1 0 0 1 116 700 Tm (Yes.) Tj ET"
    (found,) = read(pdf(words)).parts
    assert (found.text, found.bold) == ("Aisha Yes.", (5,))


HEBREW = ["אבגד הוזחט יכל מנסע פצקר אבגד הוזחט יכל מנסע", "שת אב.", "גדה וזח"]


def _hebrew(lines: list[str]) -> bytes:
    """The lines as such files have them: drawn from the left, the last letter first, with a table of what is meant."""
    letters = sorted(set("".join(lines)))
    table = b"".join(b"<%02x><%04x>" % (number, ord(letter)) for number, letter in enumerate(letters, 65))
    drawn = b""
    for number, line in enumerate(lines):
        signs = "".join(chr(65 + letters.index(letter)) for letter in reversed(line)).encode()
        drawn += b"BT /F1 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (500 - 6 * len(line), 700 - PITCH * number, signs)
    meaning = b"begincmap 1 begincodespacerange<00><ff>endcodespacerange %d beginbfchar %s endbfchar endcmap" % (
        len(letters),
        table,
    )
    font = b"/BaseFont/Courier/Encoding/WinAnsiEncoding"
    return (
        pdf(drawn)
        .replace(font, font + b"/ToUnicode 8 0 R")
        .replace(b"xref\n0 8", b"8 0 obj\n" + stream(meaning) + b"\nendobj\nxref\n0 8")
    )


def test_what_is_written_from_right_to_left_is_read_so():
    assert texts(_hebrew(HEBREW)) == [f"{HEBREW[0]} {HEBREW[1]}", HEBREW[2]]


def test_what_is_aslant_or_outside_the_page_is_left_out():
    puts = [*Layout().pages(SAID)[0], Put(150, 600, "DRAFT", 60, turn=(0.7, 0.7)), Put(LEFT, -40, "never seen")]
    found = read(pdf(puts))
    assert [part.text for part in found.parts] == SAID
    assert found.warnings == ("Words that stand aslant or sideways were left out, such as “DRAFT”.",)


@pytest.mark.parametrize(
    ("turn", "place"),
    [((0, 1), lambda y: (y, 700)), ((-1, 0), lambda y: (500, 900 - y)), ((0, -1), lambda y: (500 - y, 100))],
)
def test_a_page_that_lies_on_its_side_or_head_is_read(turn, place):
    lines = ["Ben: The benches went first and then the lights and", "nobody stays.", "Aisha: Yes."]
    puts = [Put(*place(100 + PITCH * n), text, turn=turn) for n, text in enumerate(lines)]
    assert texts(pdf(puts)) == [f"{lines[0]} {lines[1]}", lines[2]]


def test_pages_that_are_pictures_are_counted():
    found = read(pdf(Layout().pages(SAID)[0], PICTURE, b""))
    assert [part.text for part in found.parts] == SAID
    assert found.warnings == ("1 page is a picture without text and was left out.",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pdf(PICTURE, PICTURE), "interview.pdf holds pictures of pages and no text. Have them turned into text first"),
        (pdf(b""), "There is no text in interview.pdf. Look at it in a PDF viewer"),
        (pdf([Put(LEFT, 100, "   ")]), "There is no text in interview.pdf."),
        (b"", "interview.pdf is not a PDF."),
        (b"PK\x03\x04 rather a Word document", "interview.pdf is not a PDF."),
        (b"%PDF-1.7\n" + b"\0" * 5_000, "interview.pdf is damaged and cannot be opened. Open it in a PDF viewer"),
        (laid_out(SAID)[:200], "interview.pdf is damaged and cannot be opened."),
        (
            objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"),
            "interview.pdf is damaged and cannot be opened.",
        ),
        (
            objects(
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 5000/Kids[%s]>>" % (b"3 0 R " * 5000),
                b"<</Type/Page/Parent 2 0 R>>",
            ),
            "interview.pdf has more than 2000 pages. Split it into smaller files.",
        ),
    ],
    ids=["pictures", "blank", "spaces", "no bytes", "zip", "zeros", "truncated", "loop", "pages"],
)
def test_what_cannot_be_read_is_told(data, sentence):
    with pytest.raises(CannotReadSource) as caught:
        read(data)
    assert str(caught.value).startswith(sentence)


def test_a_password_is_asked_for_elsewhere():
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"ab" * 32, b"cd" * 32)
    data = laid_out(SAID).replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock)
    with pytest.raises(
        CannotReadSource, match=r"protected with a password\. Open it with the password and save a copy"
    ):
        read(data)


def test_too_much_text_is_told(monkeypatch):
    monkeypatch.setattr("cohesion_qda.formats.readers.pdf.CHARACTERS", 500)
    with pytest.raises(CannotReadSource, match="Split it into smaller files"):
        read(laid_out(SAID))


def test_a_file_that_breaks_off_gives_what_it_has_and_says_so():
    found = read(laid_out(talk(60))[:-20])
    assert [part.text for part in found.parts] == talk(60)
    assert found.warnings[0] == "The file is damaged or breaks off: compare its last pages with the original."


def test_letters_without_meaning_are_told():
    font = (
        b"/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd"
        b"/DW 600/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/Odd/Flags 4>>>>]"
    )
    signs = b"".join(b"%04x" % n for n in (40, 41, 42, 3, 43, 44, 3, 45, 46))
    odd = pdf(b"BT /F1 10 Tf 1 0 0 1 80 700 Tm <%s> Tj ET" % signs)
    with pytest.raises(CannotReadSource, match="does not say which letters its signs are"):
        read(odd.replace(b"/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding", font))


def test_scripts_and_enclosed_files_are_not_touched(tmp_path):
    seen = tmp_path / "written"
    catalog = (
        b"/OpenAction<</S/JavaScript/JS(app.launchURL('http://example.org/'))>>/AA<</WC<</S/Launch/F(%s)>>>>"
        b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(../../../../%s)>>]>>>>"
    ) % (str(seen).encode(), str(seen).encode())
    assert texts(pdf(*Layout().pages(SAID), catalog=catalog)) == SAID
    assert not seen.exists()


WORDS = st.text("abcdefghijklmnopqrstuvwxyzéß", min_size=1, max_size=12)
SPOKEN = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(SPOKEN, min_size=1, max_size=12), st.integers(40, 80), st.sampled_from([(9, 0), (0, 24), (6, 30)]))
def test_any_paragraphs_come_back(said, columns, apart):
    """No word is lost; and where gaps set the paragraphs of a page apart, they are those that were set."""
    gap, indent = apart
    said = [*said, SAID[1]]
    pages = Layout(columns=columns, gap=gap, indent=indent).pages(said)
    found = texts(pdf(*pages))
    assert " ".join(found) == " ".join(said)
    if gap and len(pages) == 1:
        assert found == said


def _mutated(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    changed = bytearray(data)
    for _time in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed))
        if chance.random() < 0.5:
            changed[at] = chance.randrange(256)
        else:
            changed[at : at + chance.randint(0, 9)] = bytes(
                chance.choices(b"0123456789<>[]()/ RTjm", k=chance.randint(0, 9))
            )
    return bytes(changed[: chance.randrange(len(changed)) if chance.random() < 0.2 else len(changed)])


@given(st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_told(seed):
    data = pdf(*Layout(lines=8, head="Park", foot="{page}", numbers=1, bold_until=":").pages(SAID), PICTURE)
    try:
        assert read(_mutated(data, seed)).parts
    except CannotReadSource as error:
        assert error.hint


def _printed_by_qt(text: str, path: Path) -> Path:
    from PySide6.QtGui import QGuiApplication, QPageSize, QPdfWriter, QTextDocument

    application = QGuiApplication.instance() or QGuiApplication([])
    document = QTextDocument()
    document.setPlainText(text)
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document.print_(writer)
    del writer, document, application
    return path


def test_a_real_focus_group_printed_to_pdf_is_what_it_was(qapp, tmp_path):
    text = (shared_data() / "transcripts" / "focus_groups" / "focus_group_1.txt").read_text(encoding="utf-8")
    path = _printed_by_qt(text, tmp_path / "focus_group_1.pdf")
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert texts(path.read_bytes()) == lines
    (draft,) = read_here(path)
    assert len(draft.turns) == 116
    assert len({turn.label for turn in draft.turns}) == 6
