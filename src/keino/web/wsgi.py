"""The site as a WSGI application; ``keino serve`` runs it."""

import ctypes
import gc
import os
import signal
import sys
from importlib import import_module

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keino.web.settings")


def served() -> WSGIHandler:
    """The application in a process of ``keino serve``, ready to answer evenly."""
    if sys.platform.startswith("linux"):
        # A web process whose server was killed must not go on holding the port (1 = PR_SET_PDEATHSIG).
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    made = get_wsgi_application()
    for name in ("keino.web.urls", "keino.engine.stored"):  # else the first visitors wait for what pages import
        import_module(name)
    # What is imported stays for good. To look through all of it for garbage took 130 ms each time, in which nobody
    # else was answered.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    return made


application = served() if os.environ.get("KEINO_SERVED") else get_wsgi_application()
