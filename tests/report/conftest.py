"""The made-up study and the values of its report."""

from __future__ import annotations

from collections.abc import Callable

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
