"""What a run gives back: small frozen values that pages, reports and the command line show.

Money is ``Decimal`` in the ledger's currency, emissions are floats in kgCO2e; intervals are 95 %. A missing number is
None, never zero. Everything here is a value: no tables, no connections.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from keino.domain.carbon import changes, hotspots

# What the rules give back of hotspots and years is shown as it is; it has no second shape here.
Hotspot = hotspots.RankedCategory
QuadrantLimits = hotspots.QuadrantLimits
YearChange = changes.CategoryChange


@dataclass(frozen=True)
class Rejection:
    """Why rows were rejected: the reason's code, how many rows, their sum where it could be read, a sample row."""

    reason: str
    rows: int
    amount: Decimal
    sample_row: int
    sample_text: str


@dataclass(frozen=True)
class Repair:
    """What was repaired: the code of the repair and how many rows."""

    code: str
    rows: int


@dataclass(frozen=True)
class TotalRow:
    """A row that only sums other rows; reported, never counted."""

    row: int
    amount: Decimal
    kind: str  # "grand_total" or "subtotal"
    text: str


@dataclass(frozen=True)
class Choice:
    """A reading that keino chose among equally good ones: what, which, why, and the alternatives."""

    code: str
    chosen: str
    alternatives: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict, hash=False)
    is_decided_by_evidence: bool = True


@dataclass(frozen=True)
class LedgerReading:
    """How one file was read. rows = accepted + repaired + rejected, and so for amounts."""

    path: str  # as it was given
    container: str  # csv, xlsx, xls, ods, parquet, json, html
    sheet: str
    encoding: str
    delimiter: str
    decimal: str
    header_row: int
    currency: str
    amount_basis: str  # net or gross
    mapping: dict[str, str] = field(hash=False)  # column name -> header text as printed
    unmapped: tuple[str, ...]  # header texts that carry no meaning for keino
    rows: int
    accepted: int
    repaired: int
    rejected: int
    amount_accepted: Decimal
    amount_repaired: Decimal
    amount_rejected: Decimal
    blank_rows: int
    preamble_rows: int
    total_rows: tuple[TotalRow, ...]
    rejections: tuple[Rejection, ...]
    repairs: tuple[Repair, ...]
    choices: tuple[Choice, ...]
    first_date: str  # ISO date or year; empty when unknown
    last_date: str
    sha256: str = ""  # filled when a report is written

    @property
    def amount_counted(self) -> Decimal:
        """Sum of the rows that are counted: accepted and repaired."""
        return self.amount_accepted + self.amount_repaired

    @property
    def amount_total(self) -> Decimal:
        """Sum of all rows whose amount could be read."""
        return self.amount_accepted + self.amount_repaired + self.amount_rejected


@dataclass(frozen=True)
class Slice:
    """One row of a result table: ``keys`` (for example {"category": "FOOD.CATERING", "year": 2023}) and its numbers."""

    keys: dict[str, str | int] = field(hash=False)
    lines: int
    spend: Decimal
    footprint_kgco2e: float | None
    low_kgco2e: float | None
    high_kgco2e: float | None
    spend_without_factor: Decimal = Decimal(0)

    @property
    def intensity_kgco2e_per_unit(self) -> float | None:
        """kgCO2e per currency unit of the spend that has a factor; None when that spend is not positive."""
        spend = float(self.spend - self.spend_without_factor)
        return self.footprint_kgco2e / spend if self.footprint_kgco2e is not None and spend > 0 else None


@dataclass(frozen=True)
class Coverage:
    """How much of the spend is known. Shares are of the spend in scope (purchases, exclusions left out)."""

    spend_in_scope: Decimal
    by_basis: tuple[Slice, ...]  # keys: {"category_basis": ...}; basis none = unclassified
    excluded: tuple[Slice, ...]  # keys: {"exclusion_reason": ...}
    without_factor: Decimal

    def share(self, *bases: str) -> float | None:
        """Share (0–1) of the spend in scope that these bases decided; None when there is no spend."""
        if self.spend_in_scope <= 0:
            return None
        chosen = sum((row.spend for row in self.by_basis if row.keys["category_basis"] in bases), Decimal(0))
        return float(chosen / self.spend_in_scope)


@dataclass(frozen=True)
class CategoryLabel:
    """A category's code, its main category, its names and its short names."""

    code: str
    parent: str
    label_fi: str
    label_sv: str
    label_en: str
    short_fi: str
    short_sv: str
    short_en: str

    def label(self, language: str) -> str:
        """The name in fi, sv or en."""
        return str(getattr(self, f"label_{language}"))

    def short(self, language: str) -> str:
        """The name for sentences and charts in fi, sv or en: at most 32 characters."""
        return str(getattr(self, f"short_{language}"))


@dataclass(frozen=True)
class FactorUse:
    """One factor as it was used: for which category and year, its value, its source and how good the match is.

    ``origin`` says how the link from the category came to be: category, main_category, leaves, own_factor or
    unclassified. The reasons are those of the facts for that link; empty where the origin says it all.
    """

    category: str
    year: int
    product: str
    product_label_fi: str
    product_label_sv: str
    product_label_en: str
    share: float
    value_kgco2e_per_unit: float
    unit: str
    price_basis: str
    match: str
    gsd: float
    origin: str
    reason_fi: str
    reason_sv: str
    reason_en: str
    source: str  # key in sources.csv; of a user's own factor the source as the file names it
    locator: str
    note: str  # in English, as the publication's row is remarked upon in the facts
    spend: Decimal

    def product_label(self, language: str) -> str:
        """Name of the product group in fi, sv or en."""
        return str(getattr(self, f"product_label_{language}"))

    def reason(self, language: str) -> str:
        """Why the group stands for the category, in fi, sv or en."""
        return str(getattr(self, f"reason_{language}"))


@dataclass(frozen=True)
class FootprintResult:
    """Everything a report shows of one run."""

    readings: tuple[LedgerReading, ...]
    currency: str
    years: tuple[int, ...]
    factor_set: str
    factor_edition: str
    editions: dict[str, str] = field(hash=False)  # fact table -> edition
    code_version: str
    total: Slice
    coverage: Coverage
    categories: dict[str, CategoryLabel] = field(hash=False)
    by_category: tuple[Slice, ...]  # keys: category (leaf code; "" = unclassified)
    by_main_category: tuple[Slice, ...]  # keys: category (main code)
    by_year: tuple[Slice, ...]  # keys: year
    by_category_year: tuple[Slice, ...]  # keys: category, year
    by_unit: tuple[Slice, ...]  # keys: unit_name
    by_supplier: tuple[Slice, ...]  # keys: supplier_name, supplier_business_id
    hotspots: tuple[Hotspot, ...]
    limits: QuadrantLimits | None  # None without hotspots
    changes: tuple[YearChange, ...]
    factors: tuple[FactorUse, ...]
    sources: dict[str, dict[str, str]] = field(hash=False)  # key -> row of sources.csv, for what was used
    caveats: tuple[str, ...]  # codes; the report has the sentences
    population: int | None = None
    organisation: str = ""

    @property
    def per_capita_kgco2e(self) -> float | None:
        """Footprint of the newest year per resident; None without population."""
        if not self.population or not self.by_year or self.by_year[-1].footprint_kgco2e is None:
            return None
        return self.by_year[-1].footprint_kgco2e / self.population
