"""Asking for files and folders, in one place, so that tests can answer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from cohesion_qda.base.i18n import _


def project_file(parent: QWidget, folder: Path) -> Path | None:
    """A project to open."""
    return open_file(parent, _("Open a project"), _("Cohesion QDA projects (*.cqda);;All files (*)"), folder)


def open_file(parent: QWidget, title: str, kinds: str, folder: Path) -> Path | None:
    """One file that is there."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def open_files(parent: QWidget, title: str, kinds: str, folder: Path) -> list[Path]:
    """Several files that are there."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return [Path(name) for name in names]


def save_file(parent: QWidget, title: str, kinds: str, suggestion: Path) -> Path | None:
    """A file to write."""
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(suggestion), kinds)
    return Path(name) if name else None


def folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """A folder."""
    name = QFileDialog.getExistingDirectory(parent, title, str(start))
    return Path(name) if name else None


def line(parent: QWidget, title: str, question: str, value: str = "") -> str | None:
    """A few words."""
    text, is_given = QInputDialog.getText(parent, title, question, text=value)
    return text.strip() if is_given and text.strip() else None
