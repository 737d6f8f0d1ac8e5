"""The pages' shared fixtures."""

from tests.ui.retrieve.driver import looks, open_page, study  # noqa: F401
