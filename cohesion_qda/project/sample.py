"""The sample study, built from `sample_transcripts/` as a researcher would build it."""

from __future__ import annotations

from pathlib import Path

from cohesion_qda.base.errors import LeftOut
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.resources import sample_folder
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project.project import SUFFIX, Project
from cohesion_qda.project.sources import Sources
from cohesion_qda.store.connection import making

CODER = "Asha Verity"


def title() -> str:
    """What the sample study is called."""
    return _("Sample study (fictional)")


def build(path: Path | str, job: Job | None = None) -> Project:
    """Make the sample study at `path`: twelve focus groups and three interviews, with the codings of two fictional coders.

    Raises ProjectError when there is a file already. The file takes its name only when it is whole.
    """
    job, path, folder = job or Job(), Path(path), sample_folder()
    drafts = []
    for draft in Sources.read_files([folder], job):
        if isinstance(draft, SourceDraft):
            drafts.append(draft)
        elif not isinstance(draft, LeftOut):
            raise draft
    with making(path) as unfinished:
        unfinished.unlink()
        draft_path = unfinished.with_suffix(SUFFIX)
        try:
            with Project.create(draft_path, codebook="cohesion", coder=CODER, title=title()) as project:
                job.step(0, 2, _("Adding the transcripts"))
                sheet = project.sources.read_sheet(folder / "attributes.xlsx")
                project.sources.add(drafts, sheet, guide=project.guide.read(folder / "guide" / "questions.txt"))
                job.step(1, 2, _("Adding the codings"))
                project.codings.import_quotes(folder / "codings.csv")
                job.step(2, 2, "")
            draft_path.rename(unfinished)
        finally:
            draft_path.unlink(missing_ok=True)
    return Project.open(path, CODER)
