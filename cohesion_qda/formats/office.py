"""Having an old Word document converted by a LibreOffice that is installed on this computer."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.guard import workroom
from cohesion_qda.formats.zipguard import damaged

SECONDS = 60
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice", "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)  # fmt: skip
_NOWHERE = "127.0.0.1"
_NOBODY = "9"
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", _NOWHERE) for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", _NOBODY) for kind in ("HTTP", "HTTPS", "FTP")),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</oor:items>'
)
_SETTING = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'


def find() -> str:
    """The program to convert with; empty when there is none."""
    for name in (*_NAMES, *_PLACES):
        found = shutil.which(name)
        if found:
            return found
    return ""


def as_docx(path: Path, data: bytes) -> bytes:
    """The Word document `data`, of the kind used until 2003, as .docx. Links in it are not followed, macros not run.

    Raises CannotReadSource when no LibreOffice is installed, or it cannot make anything of `data`.
    """
    program = find()
    if not program:
        raise _needed(path)
    with workroom() as folder:
        given, made = folder / "given.doc", folder / "given.docx"
        given.write_bytes(data)
        _write_profile(folder / "profile")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        manner = ("--headless", "--norestore", "--nolockcheck")
        try:
            _run([program, profile, *manner, "--convert-to", "docx", "--outdir", str(folder), str(given)], folder)
        except OSError as error:
            raise _needed(path) from error
        if not made.is_file():
            raise damaged(path)
        return made.read_bytes()


def _needed(path: Path) -> CannotReadSource:
    return CannotReadSource(
        path,
        _("{name} is in the format of Word 97, which needs LibreOffice to be read here.").format(name=path.name),
        _("Install LibreOffice, or open it in Word and save it as .docx."),
    )


def _write_profile(profile: Path) -> None:
    """A profile of its own, which blocks links and sends what would still go out to where nobody listens."""
    user = profile / "user"
    user.mkdir(parents=True)
    settings = "".join(_SETTING.format(*setting) for setting in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(settings), encoding="utf-8")


def _run(command: list[str], folder: Path) -> None:
    """Run it, at most `SECONDS` long; then it is ended with all that it started. What it made is what counts."""
    proxy = f"http://{_NOWHERE}:{_NOBODY}"
    room = {name: str(folder) for name in ("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    proxies = {
        name: proxy
        for lower in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
        for name in (lower, lower.upper())
    }
    environment = {**os.environ, **room, **proxies, "no_proxy": "", "NO_PROXY": "", "SAL_USE_VCLPLUGIN": "svp"}
    flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    process = subprocess.Popen(
        command, cwd=folder, env=environment, creationflags=flags,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        for started in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                started.kill()
    process.kill()
    process.wait()
