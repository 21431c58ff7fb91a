"""A sample of a ledger by columns: header cells, values and what they look like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.domain.ledgers.column_fit import ColumnProfile, column_profile

if TYPE_CHECKING:
    from collections.abc import Sequence


#: Cells that are looked at; a file of thousands of columns shows fewer rows of each.
_MOST_CELLS = 200_000
_FEWEST_ROWS = 20


@dataclass(frozen=True)
class Sample:
    """Header and sample rows turned into columns of text, with their profiles."""

    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    profiles: tuple[ColumnProfile, ...]

    def name(self, index: int) -> str:
        """The header cell as printed, "" where there is none."""
        return self.header[index].strip() if index < len(self.header) else ""


def sample_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Sample:
    """Return the sample by columns; wider than the header when half of the rows are wider (Salford 2022)."""
    widths = sorted((len(row) for row in rows), reverse=True)
    usual = widths[len(widths) // 2] if widths else 0
    width = max(len(header), usual)
    rows = rows[: max(_FEWEST_ROWS, _MOST_CELLS // max(width, 1))]
    columns = tuple(tuple((row[place] or "") if place < len(row) else "" for row in rows) for place in range(width))
    return Sample(
        tuple(cell or "" for cell in header) + ("",) * (width - len(header)),
        columns,
        tuple(column_profile(column) for column in columns),
    )
