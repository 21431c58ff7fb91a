"""What a sender called a file, made safe to show; it is never used as a path."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

LONGEST_NAME = 200
#: A file system takes 255 bytes, and keino puts words of its own before and after.
_LONGEST_NAME_BYTES = 200


def shown_name(name: str, otherwise: str = "ledger") -> str:
    """A sent file name without folders and control characters (of writing direction too), short; never empty."""
    last = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name
    clean = "".join(sign for sign in last if sign.isprintable() and unicodedata.category(sign) not in {"Cf", "Cs"})
    clean = clean.strip().strip(".").strip()
    while len(clean.encode()) > _LONGEST_NAME_BYTES:
        clean = clean[1:]  # the ending says what it is
    return clean[-LONGEST_NAME:] or otherwise
