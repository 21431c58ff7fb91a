"""Text for terminals that can't show every character: a plain sign takes the place of one that is missing.

A Windows console in cp1252 has no narrow blank between thousands and no subscript two; ``732?293,25`` would be misread,
``732 293,25`` is not. Importing this module makes the error handler ``PLAIN`` known to streams.
"""

from __future__ import annotations

import codecs

PLAIN = "keino-plain"

#: What is written where a character has no place in the terminal's encoding; every other one becomes a question mark.
SUBSTITUTES = {
    "\u202f": " ",
    "\u00a0": " ",
    "\u2212": "-",
    "–": "-",
    "…": "...",
    "₂": "2",
    "€": "EUR",
    "£": "GBP",
    "“": '"',
    "”": '"',
    "←": "<-",
    "→": "->",
    "å": "a",
    "ä": "a",
    "ö": "o",
    "Å": "A",
    "Ä": "A",
    "Ö": "O",
}


def plainly(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for the characters that can't be encoded, and where to go on; as codecs ask of a handler."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(SUBSTITUTES.get(character, "?") for character in missing), error.end


codecs.register_error(PLAIN, plainly)
