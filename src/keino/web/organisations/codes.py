"""Codes of regions, municipalities, counties and change agents' areas, each valid on its days; from the fact tables.

Facts are dated: a municipality that moved to another region in 2021 lay in the old one before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from keino.facts.read import Row, read
from keino.web.base.templatetags.keino import day as day_text
from keino.web.base.translated import reader_language
from keino.web.organisations.errors import (
    RegionDoesNotFit,
    UnknownCounty,
    UnknownMunicipality,
    UnknownRegion,
    WrongBusinessId,
)


@dataclass(frozen=True)
class Area:
    """One area of a change agent in one division: its number and its regions."""

    number: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Division:
    """How the country was divided among change agents from a day on."""

    valid_from: dt.date
    valid_to: dt.date | None
    areas: tuple[Area, ...]

    def area_of(self, region: str) -> Area | None:
        """The area a region belongs to."""
        return next((area for area in self.areas if region in area.regions), None)


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def holds_on(row: Row, day: dt.date) -> bool:
    """Whether a dated fact holds on a day."""
    first, last = _date(row.get("valid_from", "")), _date(row.get("valid_to", ""))
    return (first is None or first <= day) and (last is None or day <= last)


@cache
def _municipality_rows() -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in read("municipalities").rows:
        found.setdefault(row["code"], []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


@cache
def _labels(table: str) -> dict[str, dict[str, str]]:
    return {
        row["code"]: {language: row[f"label_{language}"] for language in ("fi", "sv", "en")} for row in read(table).rows
    }


def regions(language: str) -> list[tuple[str, str]]:
    """Codes and names of all regions, by code."""
    return [(code, names[language]) for code, names in _labels("regions").items()]


def region_name(code: str, language: str) -> str:
    """The name of a region; the code itself when the table doesn't know it."""
    return _labels("regions").get(code, {}).get(language, code)


def counties(language: str) -> list[tuple[str, str]]:
    """Codes and names of the wellbeing services counties, by code."""
    return [(code, names[language]) for code, names in _labels("wellbeing_counties").items()]


def municipalities(day: dt.date) -> list[tuple[str, str]]:
    """Codes and names of the municipalities of a day, by name."""
    rows = [row for rows in _municipality_rows().values() for row in rows if holds_on(row, day)]
    return sorted(((row["code"], row["label_fi"]) for row in rows), key=lambda pair: pair[1])


def municipality(code: str, day: dt.date) -> Row:
    """The municipality of a code on a day. Raises UnknownMunicipality."""
    for row in _municipality_rows().get(code, ()):
        if holds_on(row, day):
            return row
    raise UnknownMunicipality(value=code, day=day_text(day))


def municipality_name(code: str) -> str:
    """The newest name of a municipality's code, empty without one."""
    rows = _municipality_rows().get(code, ())
    return rows[-1]["label_fi"] if rows else ""


def checked_business_id(text: str) -> str:
    """A business ID in its official form (1234567-1), empty stays empty. Raises WrongBusinessId."""
    text = text.strip().upper().removeprefix("FI").strip()
    if not text:
        return ""
    try:
        number = ytunnus.validate(text)
    except ValidationError as error:
        raise WrongBusinessId(value=text) from error
    formatted: str = ytunnus.format(number)
    return formatted


def checked_region(region: str, municipality_code: str, day: dt.date) -> str:
    """The region of an organisation: named, or that of its municipality on that day; both must agree."""
    if region and region not in _labels("regions"):
        raise UnknownRegion(value=region)
    if not municipality_code:
        return region
    row = municipality(municipality_code, day)
    if region and region != row["region"]:
        language = reader_language()
        raise RegionDoesNotFit(
            municipality=row["label_fi"],
            right=region_name(row["region"], language),
            value=region_name(region, language),
            day=day_text(day),
        )
    return row["region"]


def checked_county(code: str) -> str:
    """A county's code. Raises UnknownCounty."""
    if code and code not in _labels("wellbeing_counties"):
        raise UnknownCounty(value=code)
    return code


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions of the country into areas of change agents, oldest first."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in read("service_areas").rows:
        found.setdefault((row["valid_from"], row["valid_to"]), {}).setdefault(row["area"], []).append(row["region"])
    return tuple(
        Division(
            dt.date.fromisoformat(first),
            _date(last),
            tuple(Area(number, tuple(codes)) for number, codes in areas.items()),
        )
        for (first, last), areas in sorted(found.items())
    )


def division_on(day: dt.date) -> Division | None:
    """The division in force on a day, None before the first."""
    return next(
        (
            one
            for one in reversed(divisions())
            if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
        ),
        None,
    )


def division_problems(division: Division) -> tuple[list[str], list[str]]:
    """Regions that belong to no area, and regions that belong to more than one."""
    named = [region for area in division.areas for region in area.regions]
    everything = list(_labels("regions"))
    return [code for code in everything if code not in named], sorted({code for code in named if named.count(code) > 1})


def regions_without(covered: Iterable[str]) -> list[str]:
    """Regions that none of these covers, by code."""
    have = set(covered)
    return [code for code in _labels("regions") if code not in have]
