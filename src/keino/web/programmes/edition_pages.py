"""Pages of one edition: at the centre's desk for whoever is named in it, and in public."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from keino.web.organisations.pages import Page


def edition_page(permission: str) -> Callable[[Page], Page]:
    """Give the view the ``edition`` in place of its address, for people who have ``permission`` in it.

    The address is called ``slug`` on the edition's own pages and ``edition`` on those of its other parts. Nobody logged
    in: to the log-in page and back. Logged in without the permission: 403, with nothing of the edition in the answer.
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, edition: str = "", slug: str = "", **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found: Edition = get_object_or_404(Edition.objects.select_related("organisation"), slug=edition or slug)
            if not request.user.has_perm(permission, found):
                raise PermissionDenied
            return view(request, edition=found, **kwargs)

        return guarded

    return decorate


def public_edition(slug: str) -> Edition:
    """An edition that everyone sees, or 404."""
    found: Edition = get_object_or_404(Edition.objects.select_related("organisation"), slug=slug)
    if not found.is_public:
        raise Http404
    return found
