"""The worked examples of the five studies run as they stand in the document."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from cohesion_qda.cli import main
from cohesion_qda.formats.frames import frames
from cohesion_qda.report import painted
from tests.conftest import ROOT, plain_png

STUDIES = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", STUDIES, re.DOTALL)
USED = ("01 Women, Huddersfield.docx", "06 Women, Dewsbury.txt", "08 New communities, Batley and Spen.txt", "13 Youth worker (interview).md")  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split()[2])
def test_the_example_runs(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sample_transcripts").mkdir()
    for name in USED:
        shutil.copy(ROOT / "sample_transcripts" / name, tmp_path / "sample_transcripts")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(painted, "png", plain_png)
    for line in block.strip().splitlines():
        words = shlex.split(line)
        assert words[0] == "cohesion-qda"
        assert main(words[1:]) == 0, f"{line}\n{capsys.readouterr().err}"
    written = re.findall(r"-o (\S+)", block)
    assert written and all((tmp_path / name).exists() for name in written)
    assert (tmp_path / written[-1] / "report.docx").exists()


def test_every_frame_has_its_example() -> None:
    assert [re.search(r"--frame (\S+)", block)[1] for block in BLOCKS] == [frame.key for frame in frames()]  # type: ignore[index]
