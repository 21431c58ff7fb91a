"""Numbers of a category in sentences, and what its plan lacks, for pages inside and outside the organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from keino.domain.plans.category_gate import LACKS
from keino.domain.plans.potential import NOT_ASSESSED
from keino.report import codes
from keino.web.base.templatetags.keino import co2e, interval, money_to_read, percent, speaker
from keino.web.plans.queries.category_numbers import CategoryNumbers

#: Where each thing that is missing is written: sections of the plan.
PLACES = {"owner": "scope", "goal": "goals", "tendering": "tenders", "budget": "budget"}


def numbers_words(numbers: CategoryNumbers) -> list[str]:
    """What was bought, what it emitted and what could be saved: a sentence each."""
    said = [
        _("In {year} the purchases of this category came to {spend}.").format(
            year=numbers.year, spend=money_to_read(numbers.spend, numbers.currency)
        )
    ]
    if numbers.footprint_kgco2e is None:
        said.append(_("Their footprint isn’t known: no emission factor fits them."))
    else:
        said.append(
            _("They caused {footprint} (95% interval {interval}), {share} of the whole footprint.").format(
                footprint=co2e(numbers.footprint_kgco2e),
                interval=interval(numbers.low_kgco2e, numbers.high_kgco2e),
                share=percent(numbers.share),
            )
        )
    return [*said, potential_words(numbers)]


def potential_words(numbers: CategoryNumbers) -> str:
    """Low, middle and high of the potential, or why there is none."""
    if numbers.potential is not None:
        low, mid, high = numbers.potential
        return _("Procurement could still take away {mid} a year ({interval}).").format(
            mid=co2e(mid), interval=interval(low, high)
        )
    if numbers.not_assessed:
        reason = codes.words(speaker(), NOT_ASSESSED, numbers.not_assessed)
        return _("Potential not assessed: {reason}.").format(reason=reason)
    return _("Potential not assessed.")


def potential_cell(numbers: CategoryNumbers) -> str:
    """The potential in a cell of a table."""
    return co2e(numbers.potential[1]) if numbers.potential else _("not assessed")


def lacks_with_links(lacks: Iterable[str], edit_url: Callable[[str], str]) -> list[dict[str, str]]:
    """What is missing, each with the link to where it is written."""
    return [{"text": codes.words(speaker(), LACKS, code), "url": edit_url(PLACES[code])} for code in lacks]
