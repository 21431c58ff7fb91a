"""The site as a WSGI application in a web process of ``keino serve``.

Nothing large is imported before the process is sure to end with its server.
"""

from __future__ import annotations

import ctypes
import gc
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler


def end_with_the_server() -> None:
    """Hold the port no longer than the server that started this process."""
    if sys.platform.startswith("linux"):
        # A web process whose server was killed must not go on (1 = PR_SET_PDEATHSIG).
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def ready_to_answer() -> WSGIHandler:
    """The application with all that its pages import, so that it answers evenly from the first visitor on."""
    made: WSGIHandler = import_module("keino.web.wsgi").application
    for name in ("keino.web.urls", "keino.engine.stored"):
        import_module(name)
    # What is imported stays for good. To look through all of it for garbage took 130 ms each time, in which nobody
    # else was answered.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    return made


end_with_the_server()
application = ready_to_answer()
