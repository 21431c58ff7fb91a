"""The hotspots in plain words: how much each makes, what it asks for, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keino.report import codes
from keino.report.tables import anchor

if TYPE_CHECKING:
    from keino.engine.results import Hotspot, Slice
    from keino.report.tables import View
    from keino.web.dashboards.shown import Links

SHOWN = 10
#: The example of "a tenth less": a share of purchases, not a promise.
TENTH = 0.1


@dataclass(frozen=True)
class Spot:
    """One hotspot as the page says it."""

    name: str
    anchor: str
    url: str
    how_much: str
    kind: str
    changes: tuple[str, ...]


def spots(view: View, links: Links) -> tuple[Spot, ...]:
    """The largest hotspots, largest footprint first."""
    parts = {str(part.keys["category"]): part for part in view.result.by_category}
    ranked = sorted(view.result.hotspots, key=lambda spot: spot.rank_footprint)
    return tuple(
        _spot(view, spot, parts[spot.category], links) for spot in ranked[:SHOWN] if spot.share_of_footprint > 0
    )


def _spot(view: View, spot: Hotspot, part: Slice, links: Links) -> Spot:
    return Spot(
        name=view.category(spot.category),
        anchor=anchor("hotspot", spot.category),
        url=links.drill(category=spot.category),
        how_much=_how_much(view, spot, part),
        kind=f"{codes.words(view.speech, codes.QUADRANTS, spot.quadrant)}.",
        changes=tuple(_changes(view, spot, part)),
    )


def _how_much(view: View, spot: Hotspot, part: Slice) -> str:
    values = {
        "tonnes": view.speech.tonnes(part.footprint_kgco2e or 0.0),
        "share": view.speech.percent_to_read(spot.share_of_footprint),
        "spend": view.speech.amount_to_read(part.spend, view.result.currency),
        "interval": _interval(view, part),
    }
    return _("%(tonnes)s t CO₂e%(interval)s, %(share)s of the footprint, from purchases of %(spend)s.") % values


def _interval(view: View, part: Slice) -> str:
    if part.low_kgco2e is None or part.high_kgco2e is None:
        return ""
    return _(" (95%% interval %(low)s–%(high)s t)") % {
        "low": view.speech.tonnes(part.low_kgco2e),
        "high": view.speech.tonnes(part.high_kgco2e),
    }


def _changes(view: View, spot: Hotspot, part: Slice) -> list[str]:
    """What would change the purchases, then what would change the number itself."""
    said = [
        _(
            "Buying a tenth less of the same, or the same for a tenth longer, would make the footprint smaller by "
            "about %(tonnes)s t CO₂e. This is arithmetic, not a promise: it says how large the lever is."
        )
        % {"tonnes": view.speech.tonnes((part.footprint_kgco2e or 0.0) * TENTH)},
        _by_quadrant(spot),
        _by_factor(view, spot),
    ]
    if view.main_code(spot.category) in {"HEAT", "ELEC", "FUEL"}:
        said.append(
            _(
                "Energy is better counted in kilowatt-hours or litres than in money. With the amounts from the "
                "supplier, the number follows what was used and how it was made, not its price."
            )
        )
    if part.spend_without_factor > 0:
        said.append(
            _("%(amount)s of these purchases has no emission factor; with one, the number would grow.")
            % {"amount": view.speech.amount_to_read(part.spend_without_factor, view.result.currency)}
        )
    return said


def _by_quadrant(spot: Hotspot) -> str:
    said = {
        "act_first": _(
            "Both levers work here: how much is bought, and what is bought and how it is made. Begin with the largest "
            "contracts."
        ),
        "volume": _(
            "Much money goes here at moderate emissions per unit of money. Buying less, sharing, repairing and longer "
            "use change most."
        ),
        "intensity": _(
            "Each unit of money emits much here. Another product, another way of making it or another source of "
            "energy changes most."
        ),
    }
    return said.get(spot.quadrant, _("This is small in money and in emissions per unit of money; others come first."))


def _by_factor(view: View, spot: Hotspot) -> str:
    """A cheaper or dearer choice changes a number that is made of money; better data would not be fooled by it."""
    match = next((use.match for use in view.result.factors if use.category == spot.category), "none")
    return _(
        "The number is made of money and an average factor (%(match)s). It doesn't see a cleaner product: for that, "
        "replace money by kilometres, kilograms or the product's own declaration."
    ) % {"match": codes.words(view.speech, codes.MATCHES, match)}
