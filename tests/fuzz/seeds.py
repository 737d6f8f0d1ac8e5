"""Beginnings for the fuzzer: small well-formed files, and the words each format is made of."""

from __future__ import annotations

from tests.fuzz.targets import WORD

_TALK = "Moderator: What unites people here?\nAnna: The park. (laughs)\nP2 (nods): Yes, it does.\nModerator: And what divides?\n"
_WORD_BODY = (
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>'
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Anna</w:t></w:r><w:r><w:tab/><w:t>The park.</w:t><w:br/></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Anna</w:t></w:r></w:p></w:tc><w:tc><w:p><w:ins><w:r><w:t>Yes</w:t></w:r></w:ins>"
    "<w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)
_OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
    '<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles><office:body>{}</office:body></office:document-content>"
)
_OPEN_TEXT = _OPEN.format(
    '<office:text><text:h text:outline-level="1">One</text:h><text:p><text:span text:style-name="T1">Anna:</text:span>'
    '<text:s text:c="3"/>The park<text:line-break/>and<text:tab/>more</text:p><text:list><text:list-item><text:p>x</text:p>'
    "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Anna</text:p></table:table-cell>"
    "<table:table-cell><text:p>Yes</text:p></table:table-cell></table:table-row></table:table></office:text>"
)
_OPEN_SHEET = _OPEN.format(
    '<office:spreadsheet><table:table table:name="t"><table:table-row><table:table-cell><text:p>speaker</text:p>'
    "</table:table-cell><table:table-cell><text:p>text</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"><text:p>Anna'
    '</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>Yes</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet>"
)
_RTF = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\pard{\b Anna:} The park\'e9.\par\trowd\cellx1 a\cell b\cell\row \u8217 ?\uc0\line {\*\x y}}"
_VTT = "1\n00:00:01.000 --> 00:00:02.500 align:start\n<v Anna>The <i>park</i></v>\n\n00:02.500 --> 00:04.000\n- Yes\n- No\n\nNOTE x\n"
_SRT = "1\n00:00:01,000 --> 00:00:02,500\nAnna: The park\n\n2\n00:00:03,000 --> 00:00:04,000\nand more\n"
_CSV = '\0speaker;text;time\nAnna;The park;00:01\n;and more;00:05\n"Bob";"He said ""yes""\nto it";1.5\n'
_SURVEY = "\2id,Place,What unites people here?,What divides?\n1,Harbour,The park and the people in it,Nothing at all\n2,Hill,,Money\n"
_JSON = '{"segments": [{"speaker": "Anna", "startTime": 0.5, "body": "The park"}, {"speaker": 2, "body": "Yes"}]}'
_MHT = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><p><b>Anna:</b> Yes</p></html>"
_HTML = "<html><head><meta charset=utf-8></head><h1>One</h1><p><b>Anna:</b> The park<br>x</p><table><tr><td>a<td>b</table></html>"

_PAGES = "".join(f"{chr(24 + 40 * n)}{chr(10 + 5 * row)}\x05\x02\x01{word}\n" for row, line in enumerate(
    (("Anna:", "The", "park"), ("and", "commu-"), ("nity", "12"), ("Page", "3"))) for n, word in enumerate(line))  # fmt: skip

_QDC = (
    '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Cohesion QDA 1"><Codes><Code guid="1" name="A" isCodable="false" color="#12436D">'
    '<Description>x\n\nUse when: y\n\nExample: z</Description><Code guid="2" name="a" isCodable="true"/></Code></Codes>'
    '<Sets><Set guid="3" name="s"><MemberCode guid="2"/></Set></Sets></CodeBook>'
)

_SEEDS: dict[str, tuple[str, ...]] = {
    "docx": (_WORD_BODY,),
    "odt": (_OPEN_TEXT,),
    "ods": (_OPEN_SHEET,),
    "archive": ("PK\3\4",),
    "rtf": (_RTF,),
    "html": (_HTML,),
    "captions": (_VTT, _SRT),
    "json": (_JSON, '[{"speaker":"A","content":"b","start":"00:01:02"}]'),
    "csv": (_CSV, _SURVEY),
    "doc": ("{\\rtf1" + _RTF, _HTML, _MHT),
    "text": (_TALK, "# One\n\n**Anna:** \\[00:01\\] yes\n\n**Bob:** no\n"),
    "qdc": (_QDC, "<CodeBook><Codes><Code name='A'/><Code name='A'/></Codes></CodeBook>"),
    "pages": (_PAGES, f"{_PAGES}\n{_PAGES}\n{_PAGES}"),
    "talk": (
        "\0" + _TALK,
        "\1Anna: Yes. Bob: No. Anna: Why? Bob: So.\n" * 3,
        "\x09TIME NAME –~~00:01 Anna – The park\n00:02 Bob – Yes\n",
        "\0Anna  00:01\nThe park\nBob  00:05\nYes\nAnna  00:09\nWell\n",
        "\0^Anna\nThe park\n[Bob] yes\nInt – why?\n#00:01:02-5#\n",
    ),
}

TOKENS: dict[str, tuple[str, ...]] = {
    "docx": ("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:b/>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
             "<w:tc>", "</w:tc>", "<w:br/>", "<w:tab/>", "<w:ins>", "<w:del>", "<w:rPr>", "<w:pPr>", "<w:vMerge/>",
             "<w:hyperlink>", "<w:sdt>", "<w:footnoteReference/>", "<w:txbxContent>", "<!DOCTYPE x>", "&#0;"),
    "odt": ("<text:p>", "</text:p>", "<text:h>", "<text:span>", "<text:s/>", "<text:tab/>", "<text:line-break/>",
            "<text:note>", "<office:annotation>", "<text:tracked-changes>", "<table:table>", "<table:table-row>",
            "<table:table-cell>", "<table:covered-table-cell/>", "<text:list>", "<text:list-item>"),
    "ods": ("<table:table>", "<table:table-row>", "<table:table-cell>", "</table:table-cell>", "</table:table-row>",
            "table:number-rows-repeated=\"9\"", "office:value-type=\"date\"", "office:date-value=\"2026-01-01\""),
    "archive": ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "word/document.xml", "content.xml"),
    "rtf": ("{", "}", "\\par ", "\\b ", "\\b0 ", "\\cell ", "\\row ", "\\u-3 ?", "\\uc2 ", "\\'e9", "\\bin5 ", "\\*", "\\line ",
            "\\footnote ", "\\fonttbl", "\\ansicpg1251", "\\plain ", "\\trowd ", "\\v ", "\\field", "\\fldinst", "\\pict"),
    "html": ("<p>", "<br>", "<b>", "</b>", "<td>", "<tr>", "<table>", "<script>", "<!--", "-->", "&amp;", "&#x1F600;", "<h2>"),
    "captions": ("-->", "00:00:01.000", "<v Anna>", "</v>", "NOTE", "STYLE", "- ", "00:01:02,500", "{\\an8}", "<00:01.000>"),
    "json": ('"speaker":', '"text":', '"content":', '"segments":', "[", "]", "{", "}", "NaN", "1e999", '"\\ud83d"'),
    "csv": (";", ",", '"', "\n", "\r", "sep=;", "speaker", "text", "time", "id", "source", "participant"),
    "doc": ("{\\rtf1", "<html>", "MIME-Version:", "PK", "Content-Transfer-Encoding: quoted-printable", "boundary="),
    "qdc": ("<Code ", "</Code>", "<Codes>", "<Description>", "name='A'", "color='#abc'", "<!DOCTYPE x>", "<Sets>", "Not when:", " Example:"),
    "text": ("\xe9", "Anna:", "\r", "\0", "\n\n", "# ", "**", "\\["),
    "talk": ("Anna:", "Moderator:", "P1", "[Bob]", "00:01:02", "-->", "(nods)", "\t", " – ", "?", "#00:01:02#", "NAME", "TIME",
             "Participant 1", "Int", "^", "~~", "TN6 (nods):", "Question 1:", "## "),
}  # fmt: skip


def seeds(name: str) -> list[bytes]:
    """The seeds of one target."""
    return [seed.encode("latin-1" if name in ("archive", "doc", "rtf", "pages") else "utf-8") for seed in _SEEDS[name]]
