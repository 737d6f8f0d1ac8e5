"""The data of spaCy pipelines that others made: opened, and taken in, without running anything that came with it.

A wheel is only unzipped, and of it only the folder that holds the weights. What a pipeline is built of is named in its
config.cfg; every name must be one that spaCy itself brings.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import CannotWrite, UserError
from cohesion_qda.base.i18n import _

if TYPE_CHECKING:
    from spacy.language import Language

BYTES_LIMIT = 2_000_000_000
FILES_LIMIT = 2_000
META_LIMIT = 5_000_000
_CONFIG, _META = "config.cfg", "meta.json"
_CODE = frozenset({".py", ".pyc", ".pyd", ".so", ".dll", ".exe", ".pkl", ".pickle"})


def opened(folder: Path, factories: frozenset[str] | None) -> Language:
    """The pipeline in a folder, with only the components of these kinds (None: all). Raises UserError."""
    from spacy.util import load_config, load_model_from_path
    from thinc.api import use_ops

    try:
        config = load_config(folder / _CONFIG, interpolate=False)
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    except Exception as error:  # whatever a file that is no configuration makes spaCy's and thinc's readers raise
        raise _unreadable(folder) from error
    parts = config.get("components", {})
    if not isinstance(parts, Mapping) or not all(isinstance(part, Mapping) for part in parts.values()):
        raise _unreadable(folder)
    left_out = [n for n, part in parts.items() if factories is not None and part.get("factory") not in factories]
    _check_functions(config.get("nlp", {}), {n: part for n, part in parts.items() if n not in left_out}, folder)
    try:
        with use_ops("numpy", use_blis=False):  # numpy multiplies two to three times as fast as thinc's own BLIS
            return load_model_from_path(folder, meta=meta, exclude=left_out)
    except Exception as error:  # whatever a file that is not what it seems makes spaCy and thinc raise
        raise _unreadable(folder) from error


def _check_functions(nlp: Mapping[str, Any], parts: Mapping[str, Any], folder: Path) -> None:
    """Raise UserError where something is built by a function that is not there."""
    import spacy
    from spacy.util import registry

    try:
        known = spacy.blank(str(nlp.get("lang")))
    except ImportError as error:
        raise _unreadable(folder) from error
    lacking = [kind for part in parts.values() if not known.has_factory(kind := str(part.get("factory")))]
    lacking += [name for kind, name in _functions({"nlp": nlp, **parts}) if not registry.has(kind, name)]
    if lacking:
        raise UserError(
            _("The language pipeline {name} needs “{function}”, which this program does not have.").format(
                name=folder.name, function=lacking[0]
            ),
            _("Get a pipeline that spaCy reads by itself, such as en_core_web_md."),
        )


def _functions(part: Any) -> Iterator[tuple[str, str]]:
    """The registered functions that a section of a config names, as (registry, name)."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key.startswith("@"):
                yield key[1:], str(value)
            else:
                yield from _functions(value)


def wheel_meta(wheel: Path) -> Any:
    """The meta.json of the pipeline in a wheel, or None where it holds none that can be read."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            prefix = _prefix(archive)
            info = None if prefix is None else archive.getinfo(f"{prefix}{_META}")
            if info is None or info.file_size > META_LIMIT:
                return None
            with archive.open(info) as stream:
                return json.loads(stream.read(META_LIMIT))
    except Exception:  # noqa: BLE001 - zipfile lets zlib, lzma, struct and its own errors through for damaged entries
        return None


def unpacked(wheel: Path) -> Path:
    """The folder of a wheel that lies in the folder for models; unpacked beside it the first time. Raises UserError."""
    meta = wheel_meta(wheel)
    if isinstance(meta, dict):
        there = wheel.parent / _folder_name(meta, wheel)
        if (there / _CONFIG).is_file():
            return there
    return taken_in(wheel, wheel.parent)


def taken_in(path: Path, models: Path) -> Path:
    """A folder of `models` that holds what the wheel or folder at `path` held. Raises UserError; then nothing is kept."""
    if not path.exists():
        raise UserError(_("There is no file or folder {path}.").format(path=path))
    if not path.is_dir() and path.suffix != ".whl":
        raise UserError(
            _("{name} is neither a folder nor a wheel (a file that ends in .whl).").format(name=path.name),
            _("Give the .whl file of the pipeline, or the folder with its config.cfg."),
        )
    try:
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models, prefix=".part-") as part:
            new = Path(part) / "data"
            (_copy if path.is_dir() else _unzip)(path, new)
            return _placed(new, models, path)
    except OSError as error:
        raise CannotWrite(
            _("{name} could not be copied into {folder}.").format(name=path.name, folder=models),
            _("Check that there is room on the disk, and that you may write there."),
        ) from error


def _placed(new: Path, models: Path, path: Path) -> Path:
    """Try what was copied, and put it under its own name."""
    try:
        meta = json.loads((new / _META).read_text(encoding="utf-8"))
    except ValueError as error:
        raise _unreadable(path) from error
    from cohesion_qda.analysis.pipelines import _FOR_WORDS, described

    there = models / _folder_name(meta if isinstance(meta, dict) else {}, path)
    tried = Path(shutil.move(new, new.with_name(there.name)))  # messages name it as the person knows it
    if not any(info.has for info in described(tried, "folder")):
        raise UserError(
            _("{name} has no part that gives lemmas, parts of speech, a parse or names.").format(name=path.name),
            _("Get a pipeline such as en_core_web_md."),
        )
    for factories in (_FOR_WORDS, frozenset({"tok2vec", "ner"})):
        nlp = opened(tried, factories)
        try:
            nlp("Well, I met Ann in Leeds.")
        except Exception as error:  # weights that do not fit their configuration fail in one of thinc's many ways
            raise _unreadable(path) from error
    if there.exists():
        shutil.rmtree(there)
    return tried.rename(there)


def _folder_name(meta: Mapping[str, Any], path: Path) -> str:
    name = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    if len(name) > 100 or name != Path(name).name or not all(c.isalnum() or c in "._-+" for c in name):
        raise _suspicious(path)
    return name


def _copy(path: Path, new: Path) -> None:
    """Copy the data of a folder: that of `path`, or of the first folder in it that has some."""
    found = sorted((p.parent for p in (*path.glob(_CONFIG), *path.glob(f"*/{_CONFIG}"), *path.glob(f"*/*/{_CONFIG}"))), key=lambda p: len(p.parts))  # fmt: skip
    folder = next((f for f in found if (f / _META).is_file()), None)
    if folder is None:
        raise _no_pipeline(path)
    size = 0
    files = (Path(where) / name for where, _folders, names in os.walk(folder) for name in names)
    for count, file in enumerate(files, start=1):
        if count > FILES_LIMIT:
            raise _too_large(path)
        if file.suffix in _CODE or file.is_symlink() or not file.is_file():
            continue
        size += file.stat().st_size
        if size > BYTES_LIMIT:
            raise _too_large(path)
        to = new / file.relative_to(folder)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)


def _unzip(path: Path, new: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            prefix = _prefix(archive)
            if prefix is None:
                raise _no_pipeline(path)
            room = BYTES_LIMIT
            for info in _wanted(archive, prefix, path):
                room = _unzip_one(archive, info, new / info.filename.removeprefix(prefix), room, path)
    except (UserError, OSError):
        raise
    except Exception as error:  # zipfile lets zlib, lzma, struct and its own errors through for damaged entries
        raise _unreadable(path) from error


def _prefix(archive: zipfile.ZipFile) -> str | None:
    """Where in a wheel the data lies ("en_core_web_sm/en_core_web_sm-3.8.0/"), or None."""
    names = set(archive.namelist())
    found = [name.removesuffix(_CONFIG) for name in names if PurePosixPath(name).name == _CONFIG]
    return min((p for p in found if f"{p}{_META}" in names), key=lambda p: (p.count("/"), p), default=None)


def _wanted(archive: zipfile.ZipFile, prefix: str, path: Path) -> list[zipfile.ZipInfo]:
    inside = [info for info in archive.infolist() if info.filename.startswith(prefix) and not info.is_dir()]
    if len(inside) > FILES_LIMIT or sum(info.file_size for info in inside) > BYTES_LIMIT:
        raise _too_large(path)
    for info in inside:
        parts = info.filename.removeprefix(prefix).split("/")
        if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
            raise _suspicious(path)
    return [info for info in inside if PurePosixPath(info.filename).suffix not in _CODE]


def _unzip_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path, room: int, path: Path) -> int:
    """Write one entry; gives how many bytes there is room for after it, whatever the archive said of its size."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(info) as stream, to.open("xb") as out:
        while piece := stream.read(1 << 20):
            room -= len(piece)
            if room < 0:
                raise _too_large(path)
            out.write(piece)
    return room


def _unreadable(path: Path) -> UserError:
    return UserError(
        _("The language pipeline {name} cannot be read: it is damaged, or made for another version of spaCy.").format(
            name=path.name
        ),
        _("Get a fresh copy that is made for spaCy 3.8."),
    )


def _no_pipeline(path: Path) -> UserError:
    return UserError(
        _("{name} holds no language pipeline.").format(name=path.name),
        _("Give the .whl file of the pipeline, or the folder with its config.cfg."),
    )


def _too_large(path: Path) -> UserError:
    return UserError(
        _("{name} is larger than a language pipeline can be, and was not taken in.").format(name=path.name),
        _("Get a smaller one, such as en_core_web_md."),
    )


def _suspicious(path: Path) -> UserError:
    return UserError(
        _("{name} is built in a way that no language pipeline is, and was not taken in.").format(name=path.name),
        _("Get a fresh copy from the people who made it."),
    )
