"""A name in the languages of the reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """A name in three languages; empty where there is none."""

    fi: str
    sv: str
    en: str

    def name(self, language: str) -> str:
        """The name in a language, else in the first that has one: a proper name stays a name."""
        return str(getattr(self, language)) or self.fi or self.sv or self.en
