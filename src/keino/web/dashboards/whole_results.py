"""The parts of pages that show a whole result, each drawn once, and drawn ahead of whoever opens the page.

Links come from the organisation alone, so that everybody who may see a page shares its parts.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from keino.web.base.addresses import address_or_none
from keino.web.dashboards import parts
from keino.web.dashboards.drawn import kept
from keino.web.dashboards.forms import FilterForm
from keino.web.dashboards.shown import Links
from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import current_run, published_run, run_result
from keino.web.measurement.store import has_lines
from keino.web.organisations.models import Organisation


def links_of(organisation: Organisation) -> Links:
    """Addresses around an organisation's result."""
    return Links(
        footprint=reverse("dashboards:footprint", kwargs={"slug": organisation.slug}),
        factors=reverse("dashboards:factors", kwargs={"slug": organisation.slug}),
    )


def part(run: Run, name: str, links: Links, draw: Callable[[], str]) -> SafeString:
    """A part of a page in the reader's language, drawn once for each run and set of addresses."""
    return kept(run, f"{get_language()}:{name}:{links!r}", draw)


def _links_to_lines(run: Run) -> Links:
    """Addresses around a result; without its lines there is nothing to drill down to."""
    assert run.organisation is not None
    links = links_of(run.organisation)
    return links if has_lines(run) else Links(factors=links.factors)


def answer(run: Run) -> SafeString:
    """The result in a few sentences."""
    assert run.organisation is not None
    return part(run, "answer", links_of(run.organisation), lambda: parts.answer(run_result(run)))


def footprint(run: Run, *, exact: bool = False) -> SafeString:
    """The whole footprint."""
    assert run.organisation is not None
    links = _links_to_lines(run)
    ledgers_url = address_or_none("measurement:ledgers", slug=run.organisation.slug) or ""

    def draw() -> str:
        return parts.footprint(run_result(run), links, exact=exact, ledgers_url=ledgers_url)

    return part(run, f"footprint:{exact}:{ledgers_url}", links, draw)


def filter_form(run: Run) -> SafeString | str:
    """The form that chooses from the whole; nothing where there are no lines to choose from."""
    if not has_lines(run):
        return ""
    return part(run, "filter", _links_to_lines(run), lambda: FilterForm(None, run_result(run)).render())


def hotspots(run: Run, *, exact: bool = False) -> SafeString:
    """Where the footprint concentrates."""
    links = _links_to_lines(run)
    return part(run, f"hotspots:{exact}", links, lambda: parts.hotspots(run_result(run), links, exact=exact))


def factors(run: Run, *, exact: bool = False) -> SafeString:
    """Method, emission factors and sources."""
    assert run.organisation is not None
    links = Links(footprint=links_of(run.organisation).footprint)
    return part(run, f"factors:{exact}", links, lambda: parts.factors(run_result(run), links, exact=exact))


def for_others(run: Run, *, units: bool = False, footprint: bool = True) -> list[SafeString]:
    """What people outside may see: no suppliers, no addresses to go on to."""
    links = Links()
    shown = [
        part(run, "hotspots:False", links, lambda: parts.hotspots(run_result(run), links)),
        part(run, "factors:False", links, lambda: parts.factors(run_result(run), links)),
    ]
    if footprint:

        def draw() -> str:
            return parts.footprint(run_result(run), links, units=units, suppliers=False)

        shown.insert(0, part(run, f"shared-footprint:{units}", links, draw))
    return shown


def draw_ahead(organisation: Organisation, languages: tuple[str, ...] = ()) -> None:
    """Draw what people meet first of an organisation's newest result, and of the one it shows to everyone."""
    run, published = current_run(organisation), published_run(organisation) if organisation.is_public else None
    for language in languages or tuple(code for code, _name in settings.LANGUAGES):
        with override(language):
            if run is not None:
                for draw in (answer, footprint, filter_form, hotspots):
                    draw(run)
            if published is not None:
                for_others(published)
