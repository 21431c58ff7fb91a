"""Shapes of what the part of the interface that needs a token takes and gives."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import StringConstraints

#: One line of text: no control characters, which no database and no page wants.
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]
Title = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", min_length=1, max_length=200)]


class Said(Schema):
    """An error that was kept: its code and its sentence in the asked language."""

    code: str
    detail: str


class MyOrganisation(Schema):
    """An organisation in which the token's person may do something."""

    organisation: str = Field(description="Its address on the site, and here")
    name: str
    roles: list[str]
    may_see_results: bool
    may_work: bool = Field(description="Upload, correct, calculate")


class MyOrganisations(Schema):
    """The token's person's organisations."""

    items: list[MyOrganisation]


class LedgerIn(Schema):
    """A ledger to begin."""

    title: Title
    ledger_year: int | None = Field(None, ge=1990, le=2100, description="Year of rows without a date")


class FileIn(Schema):
    """A file to send."""

    name: Title = Field(description="As you call it; shown, never used as a path")
    size: int = Field(ge=0, le=2**53, description="In bytes")


class FinishIn(Schema):
    """The end of a file."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$")] | None = Field(
        None, description="Of the whole file; a difference is refused"
    )


class FileOut(Schema):
    """A file and how far it has come."""

    file_id: uuid.UUID
    ledger_id: uuid.UUID
    name: str
    size: int
    received: int = Field(description="Bytes that have come: where the next piece begins")
    piece_bytes: int = Field(description="Largest piece that is taken")
    state: str
    sha256: str
    error: Said | None


class TotalOut(Schema):
    """Rows and money of a ledger's files in one currency: rows = accepted + repaired + mended + rejected."""

    currency: str
    rows: int
    accepted: int
    repaired: int
    mended: int
    rejected: int
    amount_accepted: str
    amount_repaired: str
    amount_mended: str
    amount_rejected: str
    amount_total: str


class LedgerOut(Schema):
    """A ledger and where it stands."""

    ledger_id: uuid.UUID
    organisation: str
    title: str
    state: str
    ledger_year: int | None
    version: int = Field(description="Send it back with a change; a change made meanwhile is then not overwritten")
    created_at: dt.datetime


class LedgerDetail(LedgerOut):
    """A ledger with its files and how they were read."""

    files: list[FileOut]
    totals: list[TotalOut]
    readings: list[dict[str, Any]] = Field(description="How each file was read, as `keino check --json` has it")


class LedgerPage(Schema):
    """A page of ledgers, newest first."""

    items: list[LedgerOut]
    next: str | None


class Seen(Schema):
    """The version that you saw."""

    version: int = Field(ge=0, le=2**31 - 1)


class RunIn(Schema):
    """A calculation to ask for."""

    ledgers: list[uuid.UUID] = Field([], max_length=500, description="Confirmed ledgers; none = all that are confirmed")
    factors: Literal["", "fi", "uk"] = Field("", description="Set of factors; empty = by the ledger's currency")
    edition: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{1,3})?$")] = Field(
        "", description="Edition of the factors; empty = the newest"
    )
    reason: Line = Field("", max_length=200)


class RunOut(Schema):
    """A calculation and where it stands."""

    run_id: uuid.UUID
    organisation: str
    state: str
    reason: str
    created_at: dt.datetime
    finished_at: dt.datetime | None
    published_at: dt.datetime | None
    error: Said | None


class RunPage(Schema):
    """A page of calculations, newest first."""

    items: list[RunOut]
    next: str | None


class SliceOut(Schema):
    """A sum and its 95 % interval."""

    keys: dict[str, Any]
    lines: int
    spend: str
    spend_without_factor: str
    footprint_kgco2e: float | None
    low_kgco2e: float | None
    high_kgco2e: float | None


class RunDetail(RunOut):
    """A calculation with its total."""

    currency: str | None
    years: list[int]
    factor_set: str | None
    factor_edition: str | None
    total: SliceOut | None


class Slices(Schema):
    """Sums of a calculation."""

    currency: str
    by: str
    items: list[SliceOut]


class LineOut(Schema):
    """One purchase line with its category and factor."""

    source_file: str
    source_row: int
    reading: str
    repairs: str
    date: dt.date | None
    year: int
    account_code: str
    account_name: str
    description: str
    supplier_name: str
    supplier_business_id: str
    unit: str
    currency: str
    amount_net: str
    category_code: str
    category_basis: str
    category_confidence: float
    category_evidence: str
    exclusion_reason: str
    is_investment: bool
    factor_product: str
    factor_match: str
    factor_kgco2e_per_unit: float | None
    footprint_kgco2e: float | None


class LinePage(Schema):
    """A page of lines and what all pages hold together."""

    total: SliceOut
    items: list[LineOut]
    next: str | None


class RuleIn(Schema):
    """A rule: lines that fulfil the conditions belong to the category, or are left out for the reason."""

    conditions: dict[Line, Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=300)]] = Field(
        min_length=1, max_length=20, description="As in a file of own rules: column → pattern"
    )
    category: Line = Field("", max_length=60)
    exclusion_reason: Line = Field("", max_length=60)
    note: Line = Field("", max_length=300)


class RuleOut(Schema):
    """A rule in force."""

    rule_id: int
    conditions: dict[str, str]
    category: str
    exclusion_reason: str
    note: str
    made_at: dt.datetime


class RulePage(Schema):
    """A page of rules, newest first: the order in which they decide."""

    items: list[RuleOut]
    next: str | None
