"""Licences of the open data, as people and programs name them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence: its short name and the address of its text."""

    name: str
    url: str


LICENCES = {
    licence.name: licence
    for licence in (
        Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        Licence("OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    )
}
#: Of what is ours: published footprints, the directory, keino's own tables.
OURS = LICENCES["CC-BY-4.0"]
