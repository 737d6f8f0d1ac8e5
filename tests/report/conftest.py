"""The made-up study and the values of its report."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import pytest

from cohesion_qda.report.data import ReportData
from tests.report.study import Made, make


@pytest.fixture(scope="session")
def made() -> Made:
    return make()


@pytest.fixture(scope="session")
def data(made: Made) -> ReportData:
    return made.report(authors="A. Researcher", summary="People want to meet.\n\nThey say so plainly.")


@pytest.fixture(scope="session")
def making() -> Callable[..., Made]:
    return make


@pytest.fixture(scope="session", autouse=True)
def painted_once() -> Iterator[None]:
    """A drawing that was painted before gives the bytes it gave then, which `test_drawn` and other processes hold: most tests
    here write a whole report and look at something else.
    """
    from cohesion_qda.report import painted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(painted, "png", functools.lru_cache(256)(painted.png))
        yield
