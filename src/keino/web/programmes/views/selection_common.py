"""What the pages of a selection share: who may open one, whose it is, how an applicant is called."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.web.base.who_asks import the_person
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.models.texts import short_text
from keino.web.programmes.queries.selection import applications_in, codes_of
from keino.web.programmes.queries.ties import has_tie

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.programmes.models import Criterion

Page = Callable[..., HttpResponse]
MANAGE, DECIDE, REVIEW = "programmes.manage_edition", "programmes.decide_edition", "programmes.review"
#: Who may see all of a selection, but for what they have a tie to.
OVERSEE = (MANAGE, DECIDE)


def selection_page(*permissions: str) -> Callable[[Page], Page]:
    """Give the view ``edition`` in place of its slug, for people who have one of these permissions in it."""

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, edition: str, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found: Edition = get_object_or_404(Edition.objects.select_related("organisation"), slug=edition)
            if not any(request.user.has_perm(permission, found) for permission in permissions):
                raise PermissionDenied
            return view(request, edition=found, **kwargs)

        return guarded

    return decorate


def open_application(request: HttpRequest, edition: Edition, key: UUID) -> Application:
    """An application of the edition's selection, or 404; refused where the person has a tie to the applicant."""
    found = get_object_or_404(applications_in(edition), public_id=key)
    if has_tie(the_person(request), found):
        raise PermissionDenied
    return found


def language() -> str:
    """The reader's language."""
    return (get_language() or "fi")[:2]


def criterion_name(criterion: Criterion) -> str:
    """A criterion's name in the reader's language."""
    return short_text(criterion, "name", language()) or criterion.code


def names_of(edition: Edition) -> dict[int, str]:
    """How reviewers call the applicants of an edition: by a letter where they aren't to see who applies."""
    if edition.hides_applicants:
        return {pk: _("Application {letter}").format(letter=letter) for pk, letter in codes_of(edition).items()}
    return {each.pk: str(each.organisation) for each in applications_in(edition)}


def context_of(edition: Edition, **more: Any) -> dict[str, Any]:
    """What every page of a selection is given."""
    return {"edition": edition, **more}
