"""A PDF told to those who cannot see it: language, title, and the page as one figure with its alternative text (PDF 1.7, 14.7 to 14.9)."""

from __future__ import annotations

import re

_ROOT = re.compile(rb"/Root (\d+) 0 R")
_SIZE = re.compile(rb"/Size (\d+)")
_INFO = re.compile(rb"/Info \d+ 0 R")
_PAGE = re.compile(rb"(\d+) 0 obj\s<<\s/Type /Page\s.*?>>\sendobj", re.DOTALL)
_CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
_START = re.compile(rb"startxref\s(\d+)\s%%EOF\s*$")


def tagged(pdf: bytes, alt: str, language: str) -> bytes:
    """A PDF of one page, as matplotlib writes it, with the tags added to its end; what is there stays as it is.

    Raises ValueError where the file is made otherwise than expected.
    """
    trailer = pdf[pdf.rindex(b"trailer") :]
    root, size, info, start, page = (
        _found(rule, text)
        for rule, text in ((_ROOT, trailer), (_SIZE, trailer), (_INFO, trailer), (_START, pdf), (_PAGE, pdf))
    )
    first = int(size.group(1))
    opening, closing, tree, figure, parents = range(first, first + 5)
    catalog = _found(re.compile(rb"\b%s 0 obj\s<<(.*?)>>\sendobj" % root.group(1), re.DOTALL), pdf).group(1)
    told = page.group().partition(b"obj")[2].rpartition(b"endobj")[0]
    contents = _found(_CONTENTS, told).group(1)
    told = told.replace(b"/Contents " + contents, b"/Contents [%d 0 R %s %d 0 R]" % (opening, contents, closing))
    told = told.rstrip()[:-2] + b"/StructParents 0 /Tabs /S >>"
    objects = {
        int(root.group(1)): b"<<%s/Lang (%s) /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R "
        b"/ViewerPreferences << /DisplayDocTitle true >> >>" % (catalog, language.encode("ascii"), tree),
        int(page.group(1)): told.strip(),
        opening: _stream(b"/Figure << /MCID 0 >> BDC\n"),
        closing: _stream(b"\nEMC\n"),
        tree: b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey 1 >>" % (figure, parents),
        figure: b"<< /Type /StructElem /S /Figure /P %d 0 R /Pg %s 0 R /K 0 /Alt <%s> >>"
        % (tree, page.group(1), (b"\xfe\xff" + alt.encode("utf-16-be")).hex().encode("ascii")),
        parents: b"<< /Nums [0 [%d 0 R]] >>" % figure,
    }  # fmt: skip
    return _with(pdf, objects, b"/Size %d %s %s /Prev %s" % (first + 5, root.group(), info.group(), start.group(1)))


def _found(rule: re.Pattern[bytes], text: bytes) -> re.Match[bytes]:
    found = rule.search(text)
    if found is None:
        raise ValueError(f"no {rule.pattern!r} in the PDF")
    return found


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _with(pdf: bytes, objects: dict[int, bytes], trailer: bytes) -> bytes:
    """The file with objects added to its end, and a table of where they stand."""
    out, places = bytearray(pdf), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return bytes(out + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, table))
