"""What was drawn once of a finished run: parts of pages, kept as files. They never change, as the run never does.

Charts take a tenth of a second each, and large tables as much again; a page that includes what is kept answers at
once. Everything here can be deleted at any time and is drawn anew. It belongs to the code that drew it: another keino,
another catalog or another template keeps in a folder of its own.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from keino import __version__, report

if TYPE_CHECKING:
    from keino.web.measurement.models import Run

#: What decides how a part looks: our templates, the report's tables and charts, and the catalogs.
_DRAWS = (
    (Path(report.__file__).parent, ("*.py", "*.mo")),
    (Path(__file__).parent, ("*.py", "*.html")),
    (Path(__file__).parent.parent / "locale", ("*.mo",)),
    (Path(__file__).parent.parent / "base" / "templates", ("*.html",)),
)


@cache
def drawing_code() -> str:
    """A short hash of keino's version and of everything that draws."""
    found = hashlib.sha256(__version__.encode())
    for folder, patterns in _DRAWS:
        for pattern in patterns:
            for path in sorted(folder.rglob(pattern)):
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


def folder_of_drawings() -> Path:
    """Where parts are kept: beside the data, never in a backup."""
    return Path(settings.DATA_FOLDER) / "drawn" / drawing_code()


def kept(run: Run, name: str, draw: Callable[[], str]) -> SafeString:
    """The part ``name`` of a finished run, drawn the first time. Parts of a visit are never kept.

    ``name`` says everything that the part depends on beside the run: what, language, addresses.
    """
    if run.visit_id is not None:
        return mark_safe(draw())  # noqa: S308  # drawn by our own templates
    digest = hashlib.sha256(name.encode()).hexdigest()[:24]
    path = folder_of_drawings() / str(run.public_id) / f"{digest}.html"
    try:
        return mark_safe(path.read_text("utf-8"))  # noqa: S308  # drawn by our own templates
    except FileNotFoundError:
        text = draw()
        _write(path, text)
        return mark_safe(text)  # noqa: S308  # drawn by our own templates


def _write(path: Path, text: str) -> None:
    """Write a file whole: two readers who draw the same part at once leave the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as unfinished:
        unfinished.write(text.encode())
    Path(unfinished.name).replace(path)


def forget(run: Run) -> None:
    """Delete what was drawn of a run."""
    shutil.rmtree(folder_of_drawings() / str(run.public_id), ignore_errors=True)


def forget_old_drawings() -> int:
    """Delete what other editions of the code drew; returns how many of them there were."""
    current = folder_of_drawings()
    old = [folder for folder in current.parent.glob("*") if folder.is_dir() and folder != current]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
