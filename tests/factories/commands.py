"""``keino`` as a user calls it: in a process of its own, or in this one, which spares a second of imports each time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from keino.cli.main import main

#: A terminal that says nothing of its language.
TERMINAL = {"LANG": "C.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}


def in_own_process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell does: start-up, exit code and both streams are the system's."""
    command = [sys.executable, "-m", "keino", *map(str, arguments)]
    env = {**os.environ, **TERMINAL, **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, encoding="utf-8")
    assert "Traceback" not in done.stderr, done.stderr
    return done


def in_this_process(
    *arguments: object, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the same entry point with streams and an environment of its own; what it doesn't catch is raised here."""
    words = [str(argument) for argument in arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with (
        patch.dict(os.environ, {**TERMINAL, **environment}),
        patch.object(sys, "argv", ["keino", *words]),  # errors are told in the language that is asked for there
        chdir(folder or Path.cwd()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _exit_code(words)
    printed, told = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    return subprocess.CompletedProcess(words, code, printed, told)


def _exit_code(words: list[str]) -> int:
    """What the shell would see."""
    try:
        main(words)
    except SystemExit as end:
        return int(end.code or 0)
    return 0
