"""Pages under ``/o/<organisation>/``: one decorator finds the organisation and refuses whoever may not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from keino.web.organisations.models import Organisation

Page = Callable[..., HttpResponse]


def organisation_page(permission: str) -> Callable[[Page], Page]:
    """Give the view ``organisation`` in place of its ``slug``, for people who have ``permission`` there.

    Nobody logged in: to the log-in page and back. Logged in without the permission: 403, with nothing of the
    organisation in the answer.
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            organisation = get_object_or_404(Organisation, slug=slug)
            if not request.user.has_perm(permission, organisation):
                raise PermissionDenied
            return view(request, organisation=organisation, **kwargs)

        return guarded

    return decorate


def permitted_page(permission: str) -> Callable[[Page], Page]:
    """As ``organisation_page`` for pages that belong to no organisation (the centre's desk)."""

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, **kwargs)

        return guarded

    return decorate
