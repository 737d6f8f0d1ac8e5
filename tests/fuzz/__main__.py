"""Fuzz one parser, guided by coverage, with atheris (Linux; `pip install atheris` beside requirements.lock):

    python -m tests.fuzz TARGET [SECONDS] [CORPUS_FOLDER]

What it finds is written to the working folder as `crash-…` or `timeout-…`; mend it, and keep the file as
`tests/fuzz/findings/TARGET-….bin`, which `tests/formats/test_findings.py` replays.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import atheris

with atheris.instrument_imports(include=["cohesion_qda.formats", "cohesion_qda.model"]):
    from cohesion_qda.formats import readers
    from tests.fuzz.seeds import TOKENS, seeds
    from tests.fuzz.targets import TARGETS

    for module in iter_modules(readers.__path__):
        import_module(f"{readers.__name__}.{module.name}")


def main() -> None:
    name, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "180"
    corpus = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp())
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed{number}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=10", "-rss_limit_mb=1500"]
    if name in TOKENS:
        words = corpus.parent / f"{corpus.name}.dict"
        words.write_text("".join(f'"{_quoted(token)}"\n' for token in TOKENS[name]), encoding="ascii")
        options.append(f"-dict={words}")
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()


def _quoted(token: str) -> str:
    return "".join(c if (c.isascii() and c.isalnum()) or c in " <>/=:-" else f"\\x{ord(c):02x}" for c in token)


if __name__ == "__main__":
    main()
