"""Which organisations' pages are not drawn yet by this edition of keino."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db.models import F, OuterRef, Q, Subquery

from keino.web.dashboards.drawn import folder_of_drawings
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run
from keino.web.organisations.models import Organisation


def to_be_drawn() -> Iterator[Organisation]:
    """Organisations whose newest or published result has not been drawn ahead."""
    done = Run.objects.filter(organisation=OuterRef("pk"), state=RunState.DONE)
    newest = done.order_by("-finished_at", "-pk").values("public_id")[:1]
    published = done.exclude(published_at=None).order_by("-published_at", "-pk").values("public_id")[:1]
    found = Organisation.objects.annotate(newest=Subquery(newest), published=Subquery(published))
    for organisation in found.filter(Q(newest__isnull=False)).order_by(F("pk").desc()):
        if not _mark(organisation).exists():
            yield organisation


def note_drawn(organisation: Organisation) -> None:
    """Remember that an organisation of ``to_be_drawn`` was done; kept with the drawings, so that it goes with them."""
    mark = _mark(organisation)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _mark(organisation: Organisation) -> Path:
    """A file named after what the organisation's pages show."""
    published = organisation.published if organisation.is_public else None  # type: ignore[attr-defined]  # annotated
    newest = organisation.newest  # type: ignore[attr-defined]
    return folder_of_drawings() / str(newest) / f"ahead-{published or 'own'}"
