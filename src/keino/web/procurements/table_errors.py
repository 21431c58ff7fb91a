"""What can be wrong with a table that somebody sent, and with a cell of it; each error names its column."""

from __future__ import annotations

from keino.errors import mark
from keino.web.procurements.errors import ProcurementError


class ColumnsMissing(ProcurementError):
    """The headings of a table lack what its rows need."""

    code = "table_columns_missing"
    template = mark(
        "{path} has no column {missing}, so its rows can't be told. Nothing was changed. Its first row is: {found}. "
        "Use the template, and keep its first row."
    )


class NoRowsBelow(ProcurementError):
    """Headings only."""

    code = "table_no_rows_below"
    template = mark("{path} has headings and no rows below them. Nothing was changed. Fill in some rows and send it.")


class CellProblem(ProcurementError):
    """One cell, or a row by one of its columns, that can't be taken; ``column`` is the heading."""

    code = "cell"


class CellEmpty(CellProblem):
    """A cell that must have something."""

    code = "cell_empty"
    template = mark("“{column}” is empty. It must be filled in.")


class CellWrong(CellProblem):
    """A cell that says something else than it should."""

    code = "cell_wrong"
    template = mark("“{column}” is “{text}”, it must be {wanted}.")


class CellTooLong(CellProblem):
    """A text longer than the site keeps."""

    code = "cell_too_long"
    template = mark("“{column}” has {length} characters, and at most {most} are kept.")


class RowUnknown(CellProblem):
    """An id that none of the organisation's rows has."""

    code = "row_unknown"
    template = mark("“{column}” names no row of yours. Leave it empty to add a new row.")


class RowTwice(CellProblem):
    """The same id in two rows."""

    code = "row_twice"
    template = mark("“{column}” is the same as in row {other}. Keep one of the two.")


class RowChangedMeanwhile(CellProblem):
    """Somebody changed the row after the file was written."""

    code = "row_changed_meanwhile"
    template = mark(
        "Somebody changed this on the site after your file was written. Look at what is there now, and export again."
    )


class RowThereAlready(CellProblem):
    """A new row that is the same thing as an old one."""

    code = "row_there_already"
    template = mark("“{title}” is there already. To change it, put its id into “{column}”; it is in the export.")
