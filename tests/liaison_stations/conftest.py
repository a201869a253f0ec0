"""The deputies of the township of these tests."""

import pytest

from tests.liaison_stations.books import MANDATES, ROSTER, brought_in


@pytest.fixture
def people(township, clerk):
    """Two named 王芳, of whom one is a deputy, and the deputy 李国强."""
    brought_in(township, clerk, deputies=ROSTER, mandates=MANDATES)
