"""The matrix's shared fixtures."""

from tests.ui.retrieve.driver import looks, study  # noqa: F401
