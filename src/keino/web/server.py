"""The web server of ``keino serve``: granian, whose processes stop from their first moment on.

``python -m keino.web.server`` takes granian's own options.
"""

from __future__ import annotations

import os
import signal

from granian.cli import entrypoint

ASKED_TO_STOP = {signal.SIGTERM}


def hold_back() -> None:
    """Before a web process is made: what asks it to stop waits until it can listen."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ASKED_TO_STOP)


def listen() -> None:
    """In the server, once the web process is made."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED_TO_STOP)


def stop_when_asked() -> None:
    """In the new web process: until it answers, nobody waits for it, so it stops at once.

    The handler that it inherited would forget the signal, and the server would kill it ten seconds later. One of the
    server's own follows when the process begins to answer.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    listen()


def let_children_stop() -> None:
    """Do so for every process that this one forks from now on; where none can fork, each begins with handlers anew."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=hold_back, after_in_parent=listen, after_in_child=stop_when_asked)


if __name__ == "__main__":
    let_children_stop()
    entrypoint()
