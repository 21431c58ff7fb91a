"""Why a footprint changed between two years: price, volume, mix, intensity, factor edition and perimeter.

The change of every category is split by the additive logarithmic mean Divisia index (``carbon.divisia``). What a new
edition of factors and a change of organisation do is taken out first and told apart. The parts sum to the change.
Method: docs/methods/follow-up.md.

This refines ``carbon.changes``: its volume is volume and mix here; its intensity is price and intensity here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.domain.carbon.divisia import closed, divisia
from keino.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Parts that the split of a like-for-like change consists of, in the order of its factors.
SPLIT = ("price", "volume", "mix", "intensity")


class RepeatedCategory(UsageError):
    """A category stands twice among the rows of one year and perimeter."""

    code = "repeated_category"
    template = (
        "{category} stands twice among the purchases of one year, so it is not clear what to compare and nothing was "
        "calculated. Add its rows up first."
    )


class ImpossiblePriceLevel(UsageError):
    """A price level that is zero or negative."""

    code = "impossible_price_level"
    template = (
        "The price level of {category} is {price_level}, so its spend can't be moved between years and nothing was "
        "calculated. Price levels are index points, above zero."
    )


@dataclass(frozen=True)
class FollowedCategory:
    """Purchases of one category in one year.

    ``spend`` is in ledger currency and prices of the year. ``footprint_kgco2e`` is as it was reported, by the edition
    of its time; ``restated_kgco2e`` by the edition that both years are compared with (None = the same).

    ``price_level`` is the deflator and ``factor_price_level`` the level of prices that the factor was made for, both in
    index points of one base for both years: equal where the factor is one of that year's prices (published for the year
    or moved to it), the same in both years where one factor per euro is used for both. None = unknown.

    ``is_moved``: bought by a unit, or for a task, that is not in the organisation in both years.
    """

    category: str
    spend: Decimal
    footprint_kgco2e: float
    price_level: float | None
    factor_price_level: float | None
    restated_kgco2e: float | None = None
    is_moved: bool = False

    @property
    def comparable_kgco2e(self) -> float:
        """The footprint by the edition that both years are compared with."""
        return self.footprint_kgco2e if self.restated_kgco2e is None else self.restated_kgco2e


@dataclass(frozen=True)
class Effects:
    """Why the footprint of a category ("" = the whole) changed; kgCO2e, plus is more.

    ``price + volume + mix + intensity + unsplit + edition + perimeter = change``. The four parts of the split are None
    where nothing could be split; ``unsplit_kgco2e`` is the like-for-like change of what has no known price level.
    The comparable footprints are by one edition and of what is in the organisation in both years.
    """

    category: str
    spend_from: Decimal
    spend_to: Decimal
    footprint_from_kgco2e: float
    footprint_to_kgco2e: float
    comparable_from_kgco2e: float
    comparable_to_kgco2e: float
    price_kgco2e: float | None
    volume_kgco2e: float | None
    mix_kgco2e: float | None
    intensity_kgco2e: float | None
    unsplit_kgco2e: float
    edition_kgco2e: float
    perimeter_kgco2e: float

    @property
    def change_kgco2e(self) -> float:
        """The whole change, as reported."""
        return self.footprint_to_kgco2e - self.footprint_from_kgco2e

    @property
    def like_for_like_kgco2e(self) -> float:
        """The change by one edition, of what is in the organisation in both years."""
        return self.comparable_to_kgco2e - self.comparable_from_kgco2e


@dataclass(frozen=True)
class FollowUp:
    """The effects of the whole and of each category, in the order of the alphabet."""

    total: Effects
    by_category: tuple[Effects, ...]


def follow_up(first: Iterable[FollowedCategory], last: Iterable[FollowedCategory]) -> FollowUp:
    """Return why the footprint changed from the purchases of one year to those of another.

    A category that stands in one year only was not bought in the other. One category may have two rows in a year: what
    stays in the organisation and what is moved. Raises RepeatedCategory and ImpossiblePriceLevel.
    """
    rows_first, rows_last = _by_key(first), _by_key(last)
    categories = sorted({category for category, _ in (*rows_first, *rows_last)})
    pairs = {c: (rows_first.get((c, False)), rows_last.get((c, False))) for c in categories}
    volumes = _total_volume(pairs.values(), 0), _total_volume(pairs.values(), 1)
    by_category = tuple(
        _effects(
            category,
            [rows_first.get((category, moved)) for moved in (False, True)],
            [rows_last.get((category, moved)) for moved in (False, True)],
            volumes,
        )
        for category in categories
    )
    return FollowUp(_whole(by_category), by_category)


_Row = FollowedCategory | None


def _by_key(rows: Iterable[FollowedCategory]) -> dict[tuple[str, bool], FollowedCategory]:
    found: dict[tuple[str, bool], FollowedCategory] = {}
    for row in rows:
        if (row.category, row.is_moved) in found:
            raise RepeatedCategory(category=row.category)
        for level in (row.price_level, row.factor_price_level):
            if level is not None and not level > 0:
                raise ImpossiblePriceLevel(category=row.category, price_level=level)
        found[row.category, row.is_moved] = row
    return found


def _can_be_split(pair: tuple[_Row, _Row]) -> bool:
    known = [row for row in pair if row is not None]
    return all(row.price_level is not None and row.factor_price_level is not None for row in known)


def _volume(row: _Row) -> float:
    """Spend in prices of the base; nothing where nothing was bought."""
    return 0.0 if row is None or row.price_level is None else float(row.spend) / row.price_level


def _total_volume(pairs: Iterable[tuple[_Row, _Row]], place: int) -> float:
    return math.fsum(_volume(pair[place]) for pair in pairs if _can_be_split(pair))


def _effects(category: str, first: list[_Row], last: list[_Row], volumes: tuple[float, float]) -> Effects:
    """``first`` and ``last``: the rows of the year that stay in the organisation, and that are moved."""
    start, end = (0.0 if row is None else row.comparable_kgco2e for row in (first[0], last[0]))
    is_split = _can_be_split((first[0], last[0]))
    nothing = (None, None, None, None)
    price, volume, mix, intensity = _split(first[0], last[0], volumes) if is_split else nothing
    return Effects(
        category,
        spend_from=_spend(first),
        spend_to=_spend(last),
        footprint_from_kgco2e=_reported(first),
        footprint_to_kgco2e=_reported(last),
        comparable_from_kgco2e=start,
        comparable_to_kgco2e=end,
        price_kgco2e=price,
        volume_kgco2e=volume,
        mix_kgco2e=mix,
        intensity_kgco2e=intensity,
        unsplit_kgco2e=0.0 if is_split else end - start,
        edition_kgco2e=_restating(first) - _restating(last),
        perimeter_kgco2e=_moved(last) - _moved(first),
    )


def _spend(rows: Iterable[_Row]) -> Decimal:
    return sum((row.spend for row in rows if row is not None), Decimal(0))


def _reported(rows: Iterable[_Row]) -> float:
    return math.fsum(row.footprint_kgco2e for row in rows if row is not None)


def _restating(rows: Iterable[_Row]) -> float:
    """What the common edition adds to the year as it was reported."""
    return math.fsum(row.comparable_kgco2e - row.footprint_kgco2e for row in rows if row is not None)


def _moved(rows: Iterable[_Row]) -> float:
    return math.fsum(row.comparable_kgco2e for row in rows if row is not None and row.is_moved)


def _split(first: _Row, last: _Row, volumes: tuple[float, float]) -> tuple[float, float, float, float]:
    """Split footprint = price left in the factor × volume of all × share of the category × intensity."""
    change = (last.comparable_kgco2e if last else 0.0) - (first.comparable_kgco2e if first else 0.0)
    known = [row for row in (first, last) if row is not None]
    if any(row.comparable_kgco2e and not _volume(row) for row in known):
        return 0.0, 0.0, 0.0, change  # emissions without spend: nothing was bought more or less
    bought = [row for row in known if _volume(row)]
    if not bought:
        return 0.0, 0.0, 0.0, 0.0
    # Where all purchases of a year are nothing, or less, there are no shares: a category's own volume stands for them.
    wholes = volumes if min(volumes) > 0 else (None, None)
    start = _factors(first if _volume(first) else None, bought[0], wholes[0])
    end = _factors(last if _volume(last) else None, bought[0], wholes[1])
    price, volume, mix, intensity = closed(divisia(start, end), change)
    return price, volume, mix, intensity


def _factors(row: _Row, other: FollowedCategory, whole: float | None) -> tuple[float, ...]:
    """In the order of SPLIT. What was not bought (None) has the other year's price and intensity.

    So a category appears, or disappears, by its share alone.
    """
    volume, like = _volume(row), row or other
    price = _price_left(like)
    intensity = like.comparable_kgco2e / (_volume(like) * price)
    return (price, *((volume, 1.0) if whole is None else (whole, volume / whole)), intensity)


def _price_left(row: FollowedCategory) -> float:
    """Prices that the factor does not know of: of the year, over those that the factor was made for."""
    assert row.price_level is not None
    assert row.factor_price_level is not None
    return row.price_level / row.factor_price_level


def _whole(parts: Sequence[Effects]) -> Effects:
    """Sums of the categories."""

    def total(name: str) -> float:
        return math.fsum(getattr(part, name) for part in parts)

    def known(name: str) -> float | None:
        values = [value for part in parts if (value := getattr(part, name)) is not None]
        return math.fsum(values) if values or not parts else None

    return Effects(
        "",
        spend_from=sum((part.spend_from for part in parts), Decimal(0)),
        spend_to=sum((part.spend_to for part in parts), Decimal(0)),
        footprint_from_kgco2e=total("footprint_from_kgco2e"),
        footprint_to_kgco2e=total("footprint_to_kgco2e"),
        comparable_from_kgco2e=total("comparable_from_kgco2e"),
        comparable_to_kgco2e=total("comparable_to_kgco2e"),
        price_kgco2e=known("price_kgco2e"),
        volume_kgco2e=known("volume_kgco2e"),
        mix_kgco2e=known("mix_kgco2e"),
        intensity_kgco2e=known("intensity_kgco2e"),
        unsplit_kgco2e=total("unsplit_kgco2e"),
        edition_kgco2e=total("edition_kgco2e"),
        perimeter_kgco2e=total("perimeter_kgco2e"),
    )
