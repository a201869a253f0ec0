"""Settings of the tests: the product's own, on a data folder that is thrown away."""

import os
import tempfile

os.environ.setdefault("CONGRESS_DATA", tempfile.mkdtemp(prefix="congress-test-"))

from congress.settings import *  # noqa: E402, F403

# Not in memory: several connections must meet as they do in life.
if ON_SQLITE:  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405

# One sign-in costs a tenth of a second with the real one; tests/congress/test_passwords.py looks at
# that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
