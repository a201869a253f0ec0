"""The tools have nothing to say."""

import subprocess
import sys

import pytest
from django.core.management import call_command
from django.template import engines

from tests.architecture.project import ROOT


@pytest.mark.parametrize("check", [["check", "--quiet"], ["format", "--check", "--quiet"]])
def test_ruff_is_clean(check):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *check, "."], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_template_that_names_nothing_fails_the_tests():
    with pytest.raises(pytest.fail.Exception):
        engines["django"].from_string("{{ nothing_of_that_name }}").render({})
