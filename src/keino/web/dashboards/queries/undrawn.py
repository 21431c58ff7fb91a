"""Which organisations' pages are not drawn yet by this edition of keino."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import OuterRef, Subquery

from keino.web.dashboards.drawn import folder_of_drawings
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run
from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class Undrawn:
    """An organisation, and a file named after what its pages show, which is there once they were drawn."""

    organisation: Organisation
    mark: Path

    def note_drawn(self) -> None:
        """Remember that it was done; kept with the drawings, so that it goes with them."""
        self.mark.parent.mkdir(parents=True, exist_ok=True)
        self.mark.touch()


def to_be_drawn() -> Iterator[Undrawn]:
    """Organisations whose newest or published result has not been drawn ahead."""
    done = Run.objects.filter(organisation=OuterRef("pk"), state=RunState.DONE)
    newest = Subquery(done.order_by("-finished_at", "-pk").values("public_id")[:1])
    published = Subquery(done.exclude(published_at=None).order_by("-published_at", "-pk").values("public_id")[:1])
    found = Organisation.objects.annotate(newest=newest, published=published).filter(newest__isnull=False)
    # Looked through every few seconds, and nearly all of them are drawn: only the keys of those are fetched.
    for key, is_public, shown, public in found.order_by("-pk").values_list("pk", "is_public", "newest", "published"):
        mark = folder_of_drawings() / str(shown) / f"ahead-{(public if is_public else None) or 'own'}"
        if not mark.exists():
            yield Undrawn(Organisation.objects.get(pk=key), mark)
