"""What editions add to the scene: a draft that only the centre sees, and one whose call is open."""

from __future__ import annotations

from types import SimpleNamespace

from tests.factories.programmes import an_edition, named_in

#: No secret of the scene: people of the centre read it. That nobody else does, the drafts' addresses prove.
DRAFT = "Draft programme 7351"


def add(scene: SimpleNamespace) -> None:
    """Add the editions; an expert of the centre is named in the draft, the mentors are not."""
    scene.draft_edition = an_edition(scene.centre, state="draft", name_fi=DRAFT, slug="draft-7351")
    named_in(scene.draft_edition, "expert", scene.people["expert"])
    scene.edition = an_edition(
        scene.centre, name_fi="Avoin akatemia", slug="open-academy", contact_email="academy@keino.example"
    )
