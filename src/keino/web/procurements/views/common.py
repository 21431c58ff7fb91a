"""What the pages of procurements share: whose it is, one form on a page, a change that somebody else made meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from keino.errors import KeinoError
from keino.web.base.errors import Conflict, as_data, said
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.models import Organisation
from keino.web.procurements.models import Procurement

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import QueryDict

    from keino.web.base.models import Person


def the_person(request: HttpRequest) -> Person:
    """Who asks: the decorator has let nobody in who isn't logged in."""
    return cast("Person", request.user)


def of_organisation(organisation: Organisation, key: UUID) -> Procurement:
    """One procurement of this organisation, or 404."""
    found = Procurement.objects.select_related("organisation", "owner").prefetch_related("themes")
    return get_object_or_404(found, organisation=organisation, public_id=key)


def to_procurement(procurement: Procurement, anchor: str = "") -> HttpResponse:
    """Lead on to the procurement's page, to one of its sections."""
    answer = redirect("procurements:procurement", slug=procurement.organisation.slug, procurement=procurement.public_id)
    if anchor:
        answer["Location"] += f"#{anchor}"
    return answer


def tell(request: HttpRequest, error: KeinoError) -> None:
    """Show an error on the next page."""
    messages.error(request, said(as_data(error)))


# ---- one form on a page


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where its page is only opened."""
    return request.POST if request.method == "POST" else None


def key_of(request: HttpRequest) -> uuid.UUID:
    """The key of a form that makes something: what was sent with it, else a new one."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def seen_of(request: HttpRequest) -> int:
    """The version that a form's reader saw; 0 where the form doesn't say it, which no row has."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@dataclass
class FormPage:
    """A page with one form: its heading, the form, what its button says, hidden values, where “cancel” leads.

    ``meanwhile`` lists what somebody else changed: label, what is saved now, what stands in the form.
    """

    title: str
    form: BaseForm
    button: str
    cancel_url: str
    procurement: Procurement | None = None
    lead: str = ""
    hidden: Mapping[str, object] = field(default_factory=dict)
    meanwhile: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, request: HttpRequest, organisation: Organisation, **more: Any) -> HttpResponse:
        """The page; 422 where something in the form must be mended."""
        context = {"organisation": organisation, "step": "procurements", "form_page": self, "form": self.form, **more}
        status = 422 if self.form.is_bound and self.form.errors else 200
        return render(request, "procurements/form.html", context, status=status)


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks, if it was sent whole; a refusal is shown in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except KeinoError as error:
        refuse(form, error)
        return False
    return True


def attempt_change(page: FormPage, act: Callable[[], object], now: Callable[[], tuple[int, Mapping[str, Any]]]) -> bool:
    """As ``attempt``. Where somebody changed the thing meanwhile, the reader's text stays and the page says so.

    ``now`` gives the version and the values as they are saved.
    """
    if not page.form.is_valid():
        return False
    try:
        act()
    except Conflict as error:
        version, values = now()
        page.hidden = {"seen": version}
        given = page.form.cleaned_data
        page.meanwhile = [
            {"label": page.form.fields[name].label, "now": value, "yours": given.get(name)}
            for name, value in values.items()
            if name in page.form.fields and given.get(name) != value
        ]
        refuse(page.form, error)
    except KeinoError as error:
        refuse(page.form, error)
    else:
        return True
    return False
