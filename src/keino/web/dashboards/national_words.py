"""The numbers over many organisations in words and as a chart of bars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from keino.errors import FactsError
from keino.facts.read import default_edition, read
from keino.report.language import Translator
from keino.web.dashboards.queries.national import OTHERS, Cell, National, Sum, Year
from keino.web.organisations.choices import OrganisationKind

CURRENCY = "EUR"


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells, and how long its bar is (0–100)."""

    cells: tuple[str, ...]
    bar: int


class NationalWords:
    """What the page says, in one language."""

    def __init__(self, numbers: National, speech: Translator) -> None:
        self._numbers = numbers
        self._speech = speech

    @cached_property
    def newest(self) -> Year | None:
        """The newest year that may be shown."""
        return next((year for year in reversed(self._numbers.years) if year.sum is not None), None)

    @property
    def sentence(self) -> str:
        """The number that a minister asked for: how much, in how many organisations, how sure, and its trend."""
        year = self.newest
        if year is None or year.sum is None:
            return ""
        speech, total = self._speech, year.sum
        said = _(
            "In %(year)s the purchases of %(count)s organisations came to %(spend)s and caused about %(tonnes)s tonnes "
            "of greenhouse gases (CO₂e; 95%% interval %(low)s–%(high)s tonnes)."
        ) % {
            "year": year.year,
            "count": total.organisations,
            "spend": speech.amount_to_read(total.spend, CURRENCY),
            "tonnes": speech.tonnes(total.footprint_kgco2e),
            "low": speech.tonnes(total.low_kgco2e),
            "high": speech.tonnes(total.high_kgco2e),
        }
        return f"{said} {self._trend(year)}".strip()

    def _trend(self, year: Year) -> str:
        if year.change is None:
            return _("There is no year before it in at least five of the same organisations, so no trend is given.")
        return _(
            "In the %(count)s organisations that were counted the year before too, the footprint changed by %(change)s."
        ) % {"count": year.same, "change": self._signed(year.change)}

    def _signed(self, share: float) -> str:
        written = self._speech.percent(share, 1)
        return f"+{written}" if share > 0 else written

    @property
    def years(self) -> list[Row]:
        """Year, organisations, spend, footprint with its interval, kg per euro with its spread, change."""
        speech = self._speech
        longest = max((y.sum.footprint_kgco2e for y in self._numbers.years if y.sum), default=0.0)
        rows = []
        for year in self._numbers.years:
            if year.sum is None:
                rows.append(Row((str(year.year), "–", "–", "–", "–", "–", "–"), 0))
                continue
            spread = year.intensity
            between = f" ({speech.to_read(spread.lower)}–{speech.to_read(spread.upper)})" if spread else ""
            per_euro = f"{speech.to_read(spread.median)}{between}" if spread else "–"
            cells = (
                str(year.year),
                *self._cells(year.sum),
                per_euro,
                "–" if year.change is None else self._signed(year.change),
            )
            rows.append(Row(cells, self._bar(year.sum, longest)))
        return rows

    def _cells(self, total: Sum) -> tuple[str, str, str, str]:
        speech = self._speech
        return (
            str(total.organisations),
            speech.amount_to_read(total.spend, CURRENCY),
            speech.tonnes(total.footprint_kgco2e),
            f"{speech.tonnes(total.low_kgco2e)}–{speech.tonnes(total.high_kgco2e)}",
        )

    def _bar(self, total: Sum, longest: float) -> int:
        return round(100 * max(0.0, total.footprint_kgco2e) / longest) if longest > 0 else 0

    @property
    def regions(self) -> list[Row]:
        """Footprint by region."""
        return self._parts(self._numbers.regions, self._region_names)

    @property
    def kinds(self) -> list[Row]:
        """Footprint by kind of organisation."""
        return self._parts(self._numbers.kinds, {kind.value: str(kind.label).capitalize() for kind in OrganisationKind})

    @property
    def categories(self) -> list[Row]:
        """Footprint by main category."""
        return self._parts(self._numbers.categories, self._category_names)

    def _parts(self, cells: tuple[Cell, ...], names: dict[str, str]) -> list[Row]:
        longest = max((cell.sum.footprint_kgco2e for cell in cells), default=0.0)
        return [
            Row((self._name(cell.code, names), *self._cells(cell.sum)), self._bar(cell.sum, longest)) for cell in cells
        ]

    def _name(self, code: str, names: dict[str, str]) -> str:
        if code == OTHERS:
            return _("All others, too few to be shown alone")
        return names.get(code) or code or _("Region not known")

    @property
    def _region_names(self) -> dict[str, str]:
        return self._labels("regions")

    @property
    def _category_names(self) -> dict[str, str]:
        return self._labels("categories")

    def _labels(self, table: str) -> dict[str, str]:
        try:
            rows = read(table, default_edition(table)).rows
        except FactsError:
            return {}
        return {row["code"]: row[f"label_{self._speech.language}"] for row in rows}
