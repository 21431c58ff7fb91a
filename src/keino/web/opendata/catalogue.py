"""The datasets that anyone may take away: what each holds, its licence, its columns and its rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from keino import __version__
from keino.facts.read import editions, read, table_names
from keino.web.opendata.choices import Kind
from keino.web.opendata.licences import LICENCES, OURS, Licence
from keino.web.opendata.queries import (
    Stand,
    footprint_rows,
    organisation_rows,
    stand_of_footprints,
    stand_of_organisations,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds, its unit and its meaning."""

    name: str
    kind: Kind
    meaning: _StrPromise | str
    unit: str = ""


@dataclass(frozen=True)
class Dataset:
    """One dataset. ``rows`` are asked for anew each time; ``stand`` tells whether they have changed."""

    key: str
    titles: dict[str, str]
    about: dict[str, str]
    licence: Licence
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[dict[str, Any]]]
    stand: Callable[[], Stand]
    edition: str = ""  # of a fact table
    table: str = ""  # name of the fact table
    frequency: str = "IRREG"  # EU list of frequencies
    keywords: tuple[str, ...] = ()
    years: tuple[int, int] | None = None  # of a fact table whose rows have a year

    @property
    def title(self) -> str:
        """Title in the reader's language."""
        return self.titles[(get_language() or "fi")[:2]]

    @property
    def description(self) -> str:
        """What it holds, in the reader's language, else in English."""
        return self.about.get((get_language() or "fi")[:2]) or self.about["en"]

    @property
    def description_language(self) -> str:
        """The language of ``description``."""
        own = (get_language() or "fi")[:2]
        return own if own in self.about else "en"

    @property
    def etag(self) -> str:
        """Changes whenever a file of this dataset would."""
        named = f"{__version__}|{self.key}|{self.edition}|{self.stand().token}"
        return hashlib.sha256(named.encode()).hexdigest()[:32]


def _in_all_languages(text: _StrPromise) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(text)
    return said


_ORGANISATION = (
    Column("organisation_id", Kind.TEXT, _("Lasting identifier of the organisation")),
    Column("organisation", Kind.TEXT, _("Its address on this site")),
)
_NAMES = tuple(Column(f"name_{code}", Kind.TEXT, _("Name, empty where none was given")) for code in LANGUAGES)
_PLACE = (
    Column("business_id", Kind.TEXT, _("Business ID")),
    Column("region_code", Kind.TEXT, _("Region by the codes of Statistics Finland")),
    Column("municipality_code", Kind.TEXT, _("Municipality by the codes of Statistics Finland")),
)
_EXAMPLE = Column("is_example", Kind.BOOLEAN, _("True for made-up organisations of the demonstration"))
_KIND = Column("kind", Kind.TEXT, _("Kind of organisation, by the codes of the programming interface"))

FOOTPRINT_COLUMNS = (
    *_ORGANISATION,
    *_NAMES,
    _KIND,
    *_PLACE,
    _EXAMPLE,
    Column("year", Kind.INTEGER, _("Year of the purchases")),
    Column("category", Kind.TEXT, _("Main category; * is the whole year, empty the part without a category")),
    Column("lines", Kind.INTEGER, _("Number of purchase lines")),
    Column("spend", Kind.MONEY, _("Spend without VAT"), "currency"),
    Column("spend_without_factor", Kind.MONEY, _("Part of the spend that has no footprint"), "currency"),
    Column("currency", Kind.TEXT, _("Currency of the spend, ISO 4217")),
    Column("footprint_kgco2e", Kind.NUMBER, _("Footprint"), "kgCO2e"),
    Column("low_kgco2e", Kind.NUMBER, _("Lower bound of the 95 % interval"), "kgCO2e"),
    Column("high_kgco2e", Kind.NUMBER, _("Upper bound of the 95 % interval"), "kgCO2e"),
    Column("factor_set", Kind.TEXT, _("Set of emission factors used")),
    Column("factor_edition", Kind.TEXT, _("Edition of the emission factors")),
    Column("run_id", Kind.TEXT, _("Identifier of the calculation")),
    Column("published_at", Kind.MOMENT, _("When the organisation published it")),
)

ORGANISATION_COLUMNS = (
    *_ORGANISATION,
    _KIND,
    *_NAMES,
    *(Column(f"short_name_{code}", Kind.TEXT, _("Short name, empty where none was given")) for code in LANGUAGES),
    _PLACE[0],
    _PLACE[2],
    _PLACE[1],
    Column("population", Kind.INTEGER, _("Residents or members")),
    Column("part_of", Kind.TEXT, _("Identifier of the organisation it is part of")),
    Column("merged_into", Kind.TEXT, _("Identifier of the organisation that took it over")),
    Column("successor", Kind.TEXT, _("Identifier of the organisation that took over its task")),
    Column("valid_from", Kind.DATE, _("First day, where it is known")),
    Column("valid_to", Kind.DATE, _("Last day, where it has ended")),
    Column("homepage", Kind.TEXT, _("Web site")),
    Column("is_public", Kind.BOOLEAN, _("Whether it shows its footprint to everyone")),
    _EXAMPLE,
)


@cache
def datasets() -> tuple[Dataset, ...]:
    """All datasets, the live ones first."""
    return (
        Dataset(
            key="footprints",
            titles=_in_all_languages(_("Carbon footprints of purchases, by organisation, year and main category")),
            about=_in_all_languages(
                _(
                    "Footprints that public organisations have approved and published on this site, worked out from "
                    "their purchase ledgers by spend. Only sums by year and main category: no supplier, no purchase."
                )
            ),
            licence=OURS,
            columns=FOOTPRINT_COLUMNS,
            rows=footprint_rows,
            stand=stand_of_footprints,
            frequency="CONT",
            keywords=("carbon footprint", "public procurement", "greenhouse gas"),
        ),
        Dataset(
            key="organisations",
            titles=_in_all_languages(_("Public organisations")),
            about=_in_all_languages(
                _("Organisations known to this site with their codes, mergers and successors. No people, no companies.")
            ),
            licence=OURS,
            columns=ORGANISATION_COLUMNS,
            rows=organisation_rows,
            stand=stand_of_organisations,
            frequency="CONT",
            keywords=("public organisations", "public procurement"),
        ),
        *fact_datasets(),
    )


def find_dataset(key: str) -> Dataset | None:
    """A dataset by its key."""
    return next((dataset for dataset in datasets() if dataset.key == key), None)


_PART = re.compile(r"([A-Za-z0-9.-]+) \(([a-z_0-9]+)\)")


@cache
def fact_datasets() -> tuple[Dataset, ...]:
    """Fact tables of the package in their newest editions; one that mixes licences is one dataset for each."""
    return tuple(dataset for name in table_names() for dataset in fact_dataset(name, editions(name)[-1]))


@cache
def fact_dataset(name: str, edition: str) -> tuple[Dataset, ...]:
    """One edition of a fact table as a dataset, or as several where its rows have different licences."""
    licence = str(read(name).about["licence"])
    key = name.replace("_", "-")
    if licence in LICENCES:
        return (_fact_part(name, edition, key, LICENCES[licence], ""),)
    return tuple(
        _fact_part(name, edition, f"{key}-{value.replace('_', '-')}", LICENCES[part], value)
        for part, value in _PART.findall(licence)
    )


def _fact_part(name: str, edition: str, key: str, licence: Licence, value: str) -> Dataset:
    table = read(name, edition)
    about = table.about
    suffix = f" ({value})" if value else ""
    columns = tuple(
        Column(column, Kind(said["type"]) if said["type"] in set(Kind) else Kind.TEXT, said["meaning"], said["unit"])
        for column, said in about["columns"].items()
    )

    def rows() -> Iterable[dict[str, Any]]:
        chosen = (row for row in table.rows if not value or row[table.keys[0]] == value)
        return ({column.name: _typed(column.kind, row[column.name]) for column in columns} for row in chosen)

    return Dataset(
        key=key,
        titles={code: f"{about[f'title_{code}']}{suffix}" for code in LANGUAGES},
        about={"en": str(about["about"])},
        licence=licence,
        columns=columns,
        rows=rows,
        stand=lambda: Stand(edition, None),
        edition=edition,
        table=name,
        keywords=(name.replace("_", " "), "public procurement"),
        years=_years(table.rows),
    )


def _years(rows: Iterable[dict[str, str]]) -> tuple[int, int] | None:
    years = [int(row["year"]) for row in rows if row.get("year", "").isdigit()]
    return (min(years), max(years)) if years else None


def _typed(kind: Kind, text: str) -> Any:
    """A printed cell as a value; the empty one is none, but for texts."""
    if kind == Kind.TEXT:
        return text
    if not text:
        return None
    if kind == Kind.INTEGER:
        return int(text)
    if kind == Kind.DATE:
        return dt.date.fromisoformat(text)
    return Decimal(text) if kind == Kind.MONEY else float(text)
