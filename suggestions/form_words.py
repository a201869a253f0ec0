"""Words of the step form: reasons for declining, and what its fields are called in single steps."""

import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
OTHER_REASON = "其他"  # of declining: says nothing without a note


@cache
def decline_reasons():
    """The reasons from which whoever declines chooses (domain.md, step 3)."""
    with (DATA / "reasons.toml").open("rb") as lines:
        return tuple(tomllib.load(lines)["decline"])


@cache
def step_fields():
    """{step: {field: {label, help}}} where a field is not called as elsewhere."""
    with (DATA / "step_fields.toml").open("rb") as lines:
        return tomllib.load(lines)
