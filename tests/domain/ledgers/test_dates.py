from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.ledgers.dates import date_formats, date_style, period_format, period_share


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2014-11-03"], ("%Y-%m-%d",)),
        (["2025-03-03 00:00:00"], ("%Y-%m-%d %H:%M:%S",)),
        (["2025-03-03T00:00:00"], ("%Y-%m-%dT%H:%M:%S",)),
        (["2025-03-03T10:00:00.125Z"], ("%Y-%m-%dT%H:%M:%S.%f%z",)),
        (["1.4.2008", "31.12.2010"], ("%d.%m.%Y",)),
        (["1.2.2021"], ("%d.%m.%Y",)),
        (["13/04/2011", "06/04/2011"], ("%d/%m/%Y",)),
        (["04/13/2011", "06/04/2011"], ("%m/%d/%Y",)),
        (["09-Mar-2011"], ("%d-%b-%Y",)),
        (["9 March 2011"], ("%d %B %Y",)),
        (["211231"], ("%y%m%d",)),
        (["20210401"], ("%Y%m%d",)),
        (["31.12.21"], ("%d.%m.%y",)),
        (["2021-01-31", "2021-02-01", "1.3.2021"], ("%Y-%m-%d", "%d.%m.%Y")),
        (["Apem Ltd", "", "4340", "202313", "99/99/2011"], ()),
    ],
)
def test_date_formats_in_order_of_frequency(values: list[str], formats: tuple[str, ...]) -> None:
    assert date_formats(values) == formats


def test_open_order_of_day_and_month_is_day_first_and_ambiguous() -> None:
    style = date_style(["01/02/2011", "03/04/2011"])
    assert (style.formats, style.is_ambiguous) == (("%d/%m/%Y",), True)


def test_both_orders_proved_are_both_kept_and_ambiguous() -> None:
    style = date_style(["13/04/2011", "14/04/2011", "04/13/2011"])
    assert (style.formats, style.is_ambiguous) == (("%d/%m/%Y", "%m/%d/%Y"), True)


def test_share_counts_rows_not_different_texts() -> None:
    assert date_style(["2021-01-31", "2021-01-31", "2021-01-31", "later"]).share == 0.75


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2049, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d-%b-%Y", "%Y/%m/%d", "%y%m%d"]),
)
def test_dates_are_read_back_with_the_format_found(days: list[date], printed_as: str) -> None:
    printed = [day.strftime(printed_as) for day in days]
    style = date_style(printed)
    assert style.share == 1
    assert style.formats[0] == printed_as
    read = [datetime.strptime(text, style.formats[0]).date() for text in printed]  # noqa: DTZ007 - a day has no zone
    assert read == days


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("201311", "%Y%m"),
        ("2014-P09", "period"),
        ("2023-10", "%Y-%m"),
        ("10/2023", "%m/%Y"),
        ("Feb-13", "month name"),
        ("marraskuu 2020", "month name"),
        ("2014", "%Y"),
        ("201399", ""),
        ("Xyz-13", ""),
    ],
)
def test_period_formats(text: str, name: str) -> None:
    assert period_format(text) == name


def test_years_are_no_periods() -> None:
    assert period_share(["2014", "2015"]) == 0
    assert period_share(["201401", "2015", ""]) == 0.5
