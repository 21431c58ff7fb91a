"""Shapes of what the public part of the interface gives."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema


class Texts(Schema):
    """A text in three languages; empty where nobody wrote it."""

    fi: str
    sv: str
    en: str


class OrganisationOut(Schema):
    """An organisation of the directory."""

    organisation_id: str
    organisation: str = Field(description="Its address on the site, and here")
    kind: str
    name_fi: str
    name_sv: str
    name_en: str
    short_name_fi: str
    short_name_sv: str
    short_name_en: str
    business_id: str
    municipality_code: str
    region_code: str
    population: int | None
    part_of: str = Field(description="organisation_id, or empty")
    merged_into: str = Field(description="organisation_id, or empty")
    successor: str = Field(description="organisation_id, or empty")
    valid_from: dt.date | None
    valid_to: dt.date | None
    homepage: str
    is_public: bool = Field(description="Whether it shows its footprint to everyone")
    is_example: bool = Field(description="Made up for the demonstration")


class OrganisationPage(Schema):
    """A page of organisations."""

    items: list[OrganisationOut]
    next: str | None


class FootprintOut(Schema):
    """A published footprint of one organisation, year and main category."""

    organisation_id: str
    organisation: str
    name_fi: str
    name_sv: str
    name_en: str
    business_id: str
    kind: str
    region_code: str
    municipality_code: str
    is_example: bool
    year: int
    category: str = Field(description="Main category; * is the whole year, empty the part without a category")
    lines: int
    spend: str = Field(description="Without VAT, in `currency`")
    spend_without_factor: str
    currency: str | None
    footprint_kgco2e: float | None
    low_kgco2e: float | None
    high_kgco2e: float | None
    factor_set: str | None
    factor_edition: str | None
    run_id: str
    published_at: dt.datetime


class FootprintPage(Schema):
    """A page of published footprints."""

    items: list[FootprintOut]
    next: str | None


class Code(Schema):
    """One code of a list and its name."""

    code: str
    label: Texts
    part_of: str = Field("", description="The code above it, if the list has levels")


class Codes(Schema):
    """A code list."""

    name: str
    codes: list[Code]


class ColumnOut(Schema):
    """A column of a fact table."""

    name: str
    type: str
    unit: str
    meaning: str


class FactTableOut(Schema):
    """A fact table."""

    table: str
    title: Texts
    about: str
    editions: list[str] = Field(description="Oldest first")
    licence: str
    keys: list[str]
    columns: list[ColumnOut]


class FactTables(Schema):
    """All fact tables."""

    items: list[FactTableOut]


class FactRows(Schema):
    """A page of a fact table: cells as printed, by column."""

    table: str
    edition: str
    licence: str
    items: list[dict[str, Any]]
    next: str | None


class SourceOut(Schema):
    """A publication behind facts."""

    key: str
    producer: str
    title: str
    edition: str
    published: str
    url: str
    licence: str
    citation: str
    note: str


class Sources(Schema):
    """All publications."""

    items: list[SourceOut]
