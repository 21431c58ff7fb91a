"""Rows of the table of lines as HTML: fifty lines of eight cells on each page, without a template for each cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from keino.web.base.templatetags.keino import UNKNOWN, co2e, day, money_exact
from keino.web.measurement.names import category_name, exclusion_name

if TYPE_CHECKING:
    from keino.engine.stored import StoredLine

_LONGEST_DESCRIPTION = 80


def rows_html(lines: Iterable[tuple[StoredLine, str, str]], *, with_ticks: bool) -> SafeString:
    """The ``<tr>`` of each line, given with its page's address and the value of its tick box."""
    rows = "".join(_row(line, url, tick if with_ticks else "") for line, url, tick in lines)
    return mark_safe(rows)  # noqa: S308  # every text in it is escaped below


def _row(line: StoredLine, url: str, tick: str) -> str:
    amount = escape(money_exact(line.amount_net, line.currency))
    when = day(line.date) if line.date else str(line.year)
    account = f"{escape(line.account_code)} {escape(line.account_name)}"
    if line.description:
        account += f"<br><small>{escape(Truncator(line.description).chars(_LONGEST_DESCRIPTION))}</small>"
    left_out = line.exclusion_reason
    category = exclusion_name(left_out) if left_out else category_name(line.category_code)
    return (
        f"<tr>\n{_tick(line, tick) if tick else ''}"
        f'<th scope="row"><a href="{escape(url)}">{escape(line.supplier_name or _("Supplier not named"))}</a></th>\n'
        f"<td>{escape(when)}</td>\n<td>{account}</td>\n<td>{escape(line.unit)}</td>\n"
        f'<td class="number">{amount}</td>\n<td>{escape(category)}</td>\n'
        f'<td class="number">{escape(co2e(line.footprint_kgco2e))}</td>\n</tr>\n'
    )


def _tick(line: StoredLine, value: str) -> str:
    said = _("Choose the line %(supplier)s, %(amount)s") % {
        "supplier": line.supplier_name or UNKNOWN,
        "amount": money_exact(line.amount_net, line.currency),
    }
    return f'<td><input type="checkbox" name="line" value="{escape(value)}" aria-label="{escape(said)}"></td>\n'
