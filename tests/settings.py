"""The program's own settings on a data folder that goes away, so that no test can touch anybody's data."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="segue-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["SEGUE_HOME"] = _home
os.environ["TZ"] = "UTC"  # the machine of the tests, wherever they run
os.environ.pop("SEGUE_TODAY", None)
os.environ.pop("SEGUE_DEBUG", None)
os.environ.pop("SEGUE_PUBLIC_URL", None)

from segue.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
