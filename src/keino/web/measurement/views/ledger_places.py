"""The same ledger pages stand in two places: under an organisation, and on a visit without an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.base.models import Person
from keino.web.base.who_asks import person_or_none, the_person
from keino.web.measurement.models import Ledger, LedgerFile, Visit
from keino.web.measurement.visitors import visit_of
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

if TYPE_CHECKING:
    from keino.web.measurement.queries.runs import Owner

Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Place:
    """Where a ledger page stands, and who looks."""

    organisation: Organisation | None = None
    visit: Visit | None = None
    person: Person | None = None

    @property
    def owner(self) -> Owner:
        """The organisation, or the visit."""
        found = self.organisation or self.visit
        assert found is not None
        return found

    def may(self, permission: str) -> bool:
        """Whether who looks may; on their own visit people may do all but approve."""
        if self.organisation is None:
            return permission != "measurement.approve"
        return self.person is not None and self.person.has_perm(permission, self.organisation)

    @property
    def may_work(self) -> bool:
        """Whether who looks may upload, map and mend here."""
        return self.may("measurement.work")

    @property
    def may_approve(self) -> bool:
        """Whether who looks may approve here."""
        return self.may("measurement.approve")

    def require(self, permission: str) -> None:
        """Refuse who may not."""
        if not self.may(permission):
            raise PermissionDenied

    def url(self, name: str, **arguments: Any) -> str:
        """The address of a ledger page in this place."""
        if self.organisation is not None:
            return reverse(f"measurement:{name}", kwargs={"slug": self.organisation.slug, **arguments})
        return reverse(f"measurement:visit_{name}", kwargs=arguments)

    @property
    def ledgers(self) -> QuerySet[Ledger]:
        """The ledgers of this place."""
        if self.organisation is not None:
            return Ledger.objects.filter(organisation=self.organisation)
        return Ledger.objects.filter(visit=self.visit) if self.visit else Ledger.objects.none()

    def ledger(self, public_id: UUID) -> Ledger:
        """A ledger of this place, else 404."""
        found = self.ledgers.select_related("organisation", "visit", "approved_by", "uploaded_by", "files_deleted_by")
        ledger = found.filter(public_id=public_id).first()
        if ledger is None:
            raise Http404
        return ledger

    def file(self, ledger: UUID, public_id: UUID) -> LedgerFile:
        """A file of a ledger of this place, else 404."""
        found = LedgerFile.objects.filter(ledger__in=self.ledgers, ledger__public_id=ledger, public_id=public_id)
        file = found.select_related("ledger", "ledger__organisation", "ledger__visit", "mapping").first()
        if file is None:
            raise Http404
        return file

    def render(self, request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page in this place's frame."""
        frame = "base/organisation_page.html" if self.organisation else "measurement/visit/frame.html"
        shown = {"place": self, "organisation": self.organisation, "step": "ledger", "frame": frame}
        return render(request, f"measurement/{template}.html", shown | context, status=status)


def in_organisation(permission: str) -> Callable[[Page], Page]:
    """Give the view its place under ``/o/<organisation>/``, for people who have ``permission`` there."""

    def decorate(view: Page) -> Page:
        @organisation_page(permission)
        def placed(request: HttpRequest, organisation: Organisation, **kwargs: Any) -> Any:
            return view(request, Place(organisation=organisation, person=the_person(request)), **kwargs)

        return wraps(view)(placed)  # with its marks: some views look for the token themselves

    return decorate


def in_visit(view: Page) -> Page:
    """Give the view its place on the visitor's own visit; where none lasts, people are told and begin anew."""

    @wraps(view)
    def placed(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        visit = visit_of(request)
        if visit is None:
            messages.info(request, _("This visit is over, and everything of it was deleted. You can begin a new one."))
            return redirect("measurement:try")
        return view(request, Place(visit=visit, person=person_or_none(request)), **kwargs)

    return placed


def as_json(error: KeinoError, status: int = 400, **more: Any) -> JsonResponse:
    """An error for a script: its code, its sentence."""
    return JsonResponse({"code": error.code, "message": said(as_data(error)), **more}, status=status)
