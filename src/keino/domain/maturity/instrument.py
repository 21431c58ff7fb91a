"""The questions of one edition of the self-assessment: areas in their order, each with anchors for its levels.

The texts come as rows of the fact tables ``maturity_areas`` and ``maturity_levels``; a round is bound to one edition.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.domain.maturity.scores import LEVELS
from keino.errors import FactsError, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES = ("fi", "sv", "en")


class BrokenInstrument(FactsError):
    """An edition that can't be asked as it stands."""

    code = "broken_instrument"
    template = mark(
        "Edition {edition} of the self-assessment can't be asked: area {area} has anchors for the levels {found}, and "
        "it needs exactly one for each of {needed}. Mend the fact table maturity_levels."
    )


@dataclass(frozen=True)
class Area:
    """One area: its question, its anchors from level 1 up, and what helps on from there; texts by language.

    ``is_known``: the area and some of its anchors follow a published survey; otherwise it is keino's own.
    """

    code: str
    name: Mapping[str, str]
    question: Mapping[str, str]
    advice: Mapping[str, str]
    anchors: tuple[Mapping[str, str], ...]
    is_known: bool
    source: str

    def anchor(self, level: int) -> Mapping[str, str]:
        """What a level of this area means."""
        return self.anchors[level - LEVELS[0]]


@dataclass(frozen=True)
class Instrument:
    """One edition of the questions."""

    edition: str
    areas: tuple[Area, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The areas' codes in their order."""
        return tuple(area.code for area in self.areas)


def instrument_from_rows(
    edition: str, areas: Iterable[Mapping[str, str]], levels: Iterable[Mapping[str, str]]
) -> Instrument:
    """The questions of an edition. Raises BrokenInstrument where an area's anchors aren't the levels 1 to 5."""
    anchors: dict[str, dict[int, Mapping[str, str]]] = defaultdict(dict)
    for row in levels:
        anchors[row["area"]][int(row["level"])] = _texts(row, "anchor")
    found = []
    for row in sorted(areas, key=lambda row: int(row["position"])):
        own = anchors[row["area"]]
        if tuple(sorted(own)) != LEVELS:
            raise BrokenInstrument(edition=edition, area=row["area"], found=tuple(sorted(own)), needed=LEVELS)
        found.append(
            Area(
                code=row["area"],
                name=_texts(row, "name"),
                question=_texts(row, "question"),
                advice=_texts(row, "advice"),
                anchors=tuple(own[level] for level in LEVELS),
                is_known=row["basis"] == "known",
                source=row["source"],
            )
        )
    return Instrument(edition, tuple(found))


def _texts(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {language: row[f"{name}_{language}"] for language in LANGUAGES}
