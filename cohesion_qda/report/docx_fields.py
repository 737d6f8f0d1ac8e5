"""What Word can count and follow: fields, bookmarks, cross-references, the list of contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from cohesion_qda.report import blocks
from cohesion_qda.report.plain import clean

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Anchors:
    """The places of a document that something can point to, each with the bookmark that stands there."""

    def __init__(self, shown: Iterable[blocks.Block]) -> None:
        self._numbers = {anchor: n for n, anchor in enumerate(blocks.anchors(shown), 1)}

    def __contains__(self, anchor: str) -> bool:
        return anchor in self._numbers

    def name(self, anchor: str) -> str:
        """The bookmark's name: one that Word hides in its lists."""
        return f"_Ref{self._numbers[anchor]:08d}"

    def mark(self, paragraph: Any, anchor: str, first: int = 0) -> None:
        """Put a bookmark around what is in a paragraph from its `first` child behind the properties on."""
        if anchor not in self:
            return
        number = self._numbers[anchor]
        content = [child for child in paragraph._p if not child.tag.endswith("}pPr")]
        content[first].addprevious(element(f'<w:bookmarkStart w:id="{number}" w:name="{self.name(anchor)}"/>'))
        content[-1].addnext(element(f'<w:bookmarkEnd w:id="{number}"/>'))


def element(xml: str) -> Any:
    """A piece of Word's XML, in which the prefix `w` is known."""
    from docx.oxml import parse_xml

    name = xml[1 : min(xml.index(end) for end in (" ", ">", "/") if end in xml)]
    return parse_xml(f"<{name} {_NAMESPACE}{xml[1 + len(name) :]}")


def run(text: str, properties: str = "") -> str:
    """A run of text, its line breaks kept."""
    lines = [f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in clean(text).split("\n")]
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(lines)}</w:r>"


def field(instruction: str, shown: str) -> Any:
    """A field that Word can count anew, with the value it has now."""
    return element(f'<w:fldSimple w:instr=" {instruction} ">{run(shown)}</w:fldSimple>')


def reference(name: str, shown: str) -> Any:
    """A cross-reference to a bookmark, which leads there when it is clicked."""
    return field(f"REF {name} \\h", shown)


def contents(headings: Sequence[blocks.Heading], anchors: Anchors, title: str) -> Any:
    """The list of contents, chapters and what stands under them. Word puts the numbers of the pages in when it is asked to update it: here
    nobody knows them.
    """
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries = []
    for n, heading in enumerate(headings):
        link = f'<w:hyperlink w:anchor="{anchors.name(heading.anchor)}" w:history="1">{run(heading.text)}</w:hyperlink>'
        style = f'<w:pPr><w:pStyle w:val="toc{heading.level}"/></w:pPr>'
        entries.append(f"<w:p>{style}{'' if n else start}{link}</w:p>")
    return element(
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f'<w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{run(title)}</w:p>{"".join(entries)}'
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
    )
