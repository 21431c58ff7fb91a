"""The site's settings for tests: a data folder of its own, quick password hashing, no hashed names of static files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="keino-tests-"))
os.environ["KEINO_DATA"] = str(_FOLDER)
os.environ.setdefault("KEINO_SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("KEINO_HTTPS", "off")
os.environ.setdefault("KEINO_LOG_FORMAT", "text")
os.environ.setdefault("KEINO_SMTP_URL", "memorymail://")

from keino.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["*"]
COUNT_PAGE_VIEWS = False  # a test that counts queries must not meet the write of earlier tests' views
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, for the browser's pages are served from another thread.
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405  # pools outlive the tests' databases
