"""The sample study, built from `sample_transcripts/` as a researcher would build it."""

from __future__ import annotations

from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.resources import sample_folder
from cohesion_qda.project.project import Project
from cohesion_qda.project.sources import Sources

TITLE = "Sample study (fictional)"


def build(path: Path | str, job: Job | None = None) -> Project:
    """Make the sample study at `path`: twelve focus groups and three interviews, with the codings of two fictional coders.

    Raises ProjectError when there is a file already. When it fails or is cancelled, no file is left.
    """
    job = job or Job()
    folder = sample_folder()
    drafts = []
    for draft in Sources.read_files([folder], job):
        if isinstance(draft, CannotReadSource):
            raise draft
        drafts.append(draft)
    project = Project.create(path, codebook="cohesion", coder="Asha Verity", title=_(TITLE))
    try:
        job.step(0, 2, _("Adding the transcripts"))
        project.sources.add(drafts, sheet=project.sources.read_sheet(folder / "attributes.xlsx"))
        job.step(1, 2, _("Adding the codings"))
        project.codings.import_quotes(folder / "codings.csv")
        job.step(2, 2, "")
    except BaseException:
        project.close()
        project.path.unlink(missing_ok=True)
        raise
    return project
