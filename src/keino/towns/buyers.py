"""The three buyers: a Finnish town, a Swedish-speaking municipality and a state agency. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Buyer:
    """A buyer and its scale.

    ``number`` is printed as municipality number (one that no municipality has); ``block`` keeps its suppliers' ids
    apart from those of the others; ``euros_per_chart_euro`` turns the chart's yearly euros into the buyer's;
    ``lines_scale`` does the same for line counts and ``suppliers_scale`` for suppliers.
    """

    key: str
    name: dict[str, str]
    kind: str
    population: int | None
    language: str
    number: str
    chart: str
    block: int
    euros_per_chart_euro: float
    lines_scale: float
    suppliers_scale: float

    @property
    def languages(self) -> tuple[str, str]:
        """Main and other language of its suppliers."""
        return ("sv", "fi") if self.language == "sv" else ("fi", "sv")


BUYERS = (
    Buyer(
        key="ostoniemi",
        name={"fi": "Ostoniemen kaupunki", "sv": "Ostonäs stad", "en": "Town of Ostoniemi"},
        kind="municipality",
        population=30_000,
        language="fi",
        number="998",
        chart="municipality",
        block=0,
        euros_per_chart_euro=30_000,
        lines_scale=0.68,
        suppliers_scale=0.95,
    ),
    Buyer(
        key="inkopsvik",
        name={"fi": "Inköpsvikin kunta", "sv": "Inköpsviks kommun", "en": "Municipality of Inköpsvik"},
        kind="municipality",
        population=7_000,
        language="sv",
        number="997",
        chart="municipality",
        block=1,
        euros_per_chart_euro=7_300,
        lines_scale=0.185,
        suppliers_scale=0.75,
    ),
    Buyer(
        key="esimerkkivirasto",
        name={"fi": "Esimerkkivirasto", "sv": "Exempelverket", "en": "Example Agency"},
        kind="state_agency",
        population=None,
        language="fi",
        number="EXA",
        chart="agency",
        block=2,
        euros_per_chart_euro=1_000,
        lines_scale=0.90,
        suppliers_scale=1.15,
    ),
)
