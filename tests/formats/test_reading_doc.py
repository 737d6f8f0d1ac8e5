"""What lies under the name .doc. LibreOffice is used where it is installed; else a script stands for it."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from pathlib import Path

import made_papers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_papers import Said, word97

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats import office
from cohesion_qda.formats.raw import Paragraph, RawDocument
from cohesion_qda.formats.readers import doc

PAPER = (Said(((("GA:", True), (" Hello", False)),)), Said(((("TN1:", True), (" Yes", False)),)))
PARTS = (Paragraph("GA: Hello", (3,)), Paragraph("TN1: Yes", (4,)))
ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_x"\r\n\r\nThis is a web archive.\r\n\r\n'
    b"------=_x\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b'Content-Type: text/html; charset="windows-1251"\r\n\r\n<p><b>=C0=ED=ED=E0:</b> =E4=E0</p>\r\n\r\n------=_x--\r\n'
)
DAMAGED = "a.doc is damaged or incomplete. Get a fresh copy of the file, or open it in the program it was made with"
NEEDED = (
    "a.doc is in the format of Word 97, which needs LibreOffice to be read here. "
    "Install LibreOffice, or open it in Word and save it as .docx."
)


def read(data: bytes) -> RawDocument:
    return doc.from_bytes(Path("a.doc"), data)


@pytest.fixture
def without_office(monkeypatch):
    monkeypatch.setattr(office, "find", lambda: "")


def office_that(monkeypatch, folder: Path, lines: str) -> None:
    """An office program that does what `lines` of Python say; `given` and `made` are its two files."""
    script = folder / "soffice"
    script.write_text(
        f"#!{sys.executable}\nimport sys, time\nfrom pathlib import Path\ngiven = Path(sys.argv[-1])\n"
        f"made = Path(sys.argv[sys.argv.index('--outdir') + 1]) / 'given.docx'\n{lines}\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_rich_text_web_pages_archives_of_them_and_new_documents(without_office):
    for kind in ("rtf", "html", "docx"):
        assert read(made_papers.WRITERS[kind](PAPER)).parts == PARTS
    assert read(made_papers.html(PAPER).decode().encode("utf-16")).parts == PARTS
    assert read(ARCHIVE).parts == (Paragraph("Анна: да", (5,)),)
    assert read(b"Anna: Hello\nBob: Yes\n").parts == (Paragraph("Anna: Hello"), Paragraph("Bob: Yes"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (word97(), NEEDED),
        (word97(magic=b"\xdc\xa5"), NEEDED),
        (
            word97(encrypted=True),
            "a.doc is protected with a password. Open it in the program it was made with, take the",
        ),
        (word97() + "EncryptedPackage".encode("utf-16-le"), "a.doc is protected with a password."),
        (word97(magic=b"\x09\x08"), "a.doc ends in .doc, but is not such a file."),
        (word97()[:-600], DAMAGED),
        (word97()[:900], DAMAGED),
        (made_papers.OLE2, DAMAGED),
        (made_papers.OLE2 + b"\xff" * 600, DAMAGED),
        (made_papers.rtf(PAPER)[:-30], DAMAGED),
        (made_papers.docx(PAPER)[:-300], DAMAGED),
        (ARCHIVE[:120], DAMAGED),
        (
            b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>",
            "a.doc is a Word document written as XML, which cannot be read. Open it in Word or LibreOffice and save it",
        ),
        (b"\0\1\2\3" * 100, "a.doc is not a text file."),
        (b"  \n", "There is no text in a.doc."),
        (
            b"MIME-Version: 1.0\n"
            + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
            "a.doc is built in a way that no Office program writes, and was not opened.",
        ),
    ],
    ids=range(16),
)
def test_what_cannot_be_read(without_office, data, sentence):
    with pytest.raises(CannotReadSource) as raised:
        read(data)
    assert sentence in str(raised.value)
    assert raised.value.hint


needs_scripts = pytest.mark.skipif(
    sys.platform == "win32", reason="the program that stands for LibreOffice is a script"
)


@needs_scripts
def test_an_office_program_converts_it_in_a_folder_of_its_own(monkeypatch, tmp_path):
    (tmp_path / "converted").write_bytes(made_papers.docx(PAPER))
    office_that(
        monkeypatch, tmp_path,
        f"assert given.read_bytes()[:4] == {made_papers.OLE2[:4]!r}\n"
        "profile = [a for a in sys.argv if a.startswith('-env:UserInstallation=file:')][0]\n"
        "assert Path(profile.partition('file://')[2], 'user', 'registrymodifications.xcu').is_file()\n"
        f"made.write_bytes(Path({str(tmp_path / 'converted')!r}).read_bytes())\n"
        f"Path({str(tmp_path / 'seen')!r}).write_text(str(made.parent), encoding='utf-8')",
    )  # fmt: skip
    assert read(word97()).parts == PARTS
    assert not Path((tmp_path / "seen").read_text(encoding="utf-8")).exists()


@needs_scripts
def test_an_office_program_that_makes_nothing_of_it(monkeypatch, tmp_path):
    office_that(monkeypatch, tmp_path, "sys.exit(1)")
    with pytest.raises(CannotReadSource, match=r"^a.doc is damaged or incomplete\. Get a fresh copy"):
        read(word97())


@needs_scripts
def test_an_office_program_that_never_ends_is_ended(monkeypatch, tmp_path):
    office_that(
        monkeypatch, tmp_path,
        "import subprocess\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\ntime.sleep(600)",
    )  # fmt: skip
    import psutil

    before = set(psutil.Process().children(recursive=True))
    monkeypatch.setattr(office, "SECONDS", 0.5)
    with pytest.raises(CannotReadSource, match=r"^a.doc is damaged or incomplete\."):
        read(word97())
    assert set(psutil.Process().children(recursive=True)) <= before


@needs_scripts
def test_an_office_program_that_cannot_be_started(monkeypatch, tmp_path):
    script = tmp_path / "soffice"
    script.write_text("#!/no/such/program\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotReadSource) as raised:
        read(word97())
    assert str(raised.value) == NEEDED


def test_nothing_is_found_where_nothing_is_installed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", (str(tmp_path / "soffice"),))
    assert office.find() == ""
    with pytest.raises(CannotReadSource) as raised:
        read(word97())
    assert str(raised.value) == NEEDED


needs_office = pytest.mark.skipif(not office.find(), reason="LibreOffice is not installed on this machine")


def old_word(folder: Path, page: str) -> bytes:
    """A true Word 97 document, made of a web page."""
    (folder / "a.html").write_text(page, encoding="utf-8")
    subprocess.run(
        [office.find(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--infilter=HTML (StarWriter)", "--convert-to", "doc:MS Word 97", "--outdir", str(folder),
         str(folder / "a.html")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "a.doc").read_bytes()


@needs_office
def test_a_true_old_document_is_read_and_its_links_are_not_followed(tmp_path):
    asked: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            link = f"http://127.0.0.1:{server.server_address[1]}/linked.png"
            data = old_word(
                tmp_path, f"<p><b>GA:</b> Hello</p><p><b>TN1:</b> Yes <img src='{link}' width=9 height=9></p>"
            )
            assert link.encode("utf-16-le") in data or link.encode() in data
            asked.clear()
            assert read(data).parts == PARTS
        finally:
            server.shutdown()
            thread.join()
    assert asked == []
    with pytest.raises(CannotReadSource, match=r"^a.doc is damaged or incomplete\."):
        read(data[: len(data) // 2])


@given(
    st.sampled_from([word97(), ARCHIVE, made_papers.rtf(PAPER), made_papers.docx(PAPER), made_papers.html(PAPER)]),
    st.data(),
)
def test_a_damaged_file_gives_text_or_a_sentence(good, data):
    at = data.draw(st.integers(0, len(good) - 1))
    put, cut = data.draw(st.binary(max_size=4)), data.draw(st.integers(0, 30))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "find", lambda: "")
        try:
            assert read(good[:at] + put + good[at + cut :]).parts
        except CannotReadSource as error:
            assert error.message and error.hint
