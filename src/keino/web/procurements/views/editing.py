"""What every page with a form of this app does: save, or show again what was written with what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from keino.errors import KeinoError
from keino.web.base.errors import Conflict, as_data, said
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.models import Organisation
from keino.web.procurements.forms.edited import EditForm
from keino.web.procurements.models import Procurement

if TYPE_CHECKING:
    from keino.web.base.models import Person

Saved = TypeVar("Saved")


def the_person(request: HttpRequest) -> Person:
    """Who asks: the decorator has let nobody in who isn't logged in."""
    return cast("Person", request.user)


def the_procurement(organisation: Organisation, key: UUID) -> Procurement:
    """A procurement of this organisation, else 404."""
    found = Procurement.objects.select_related("organisation", "owner")
    return get_object_or_404(found, organisation=organisation, public_id=key)


def saved(request: HttpRequest, form: forms.Form, save: Callable[[], Saved]) -> Saved | None:
    """What saving gave; None when the form wasn't sent, or must be shown again with what is wrong.

    When somebody else was quicker, the form keeps what was written and shows what they changed.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return save()
    except Conflict as error:
        if isinstance(form, EditForm) and form.thing is not None:
            form.show_newest()
        refuse(form, error)
    except KeinoError as error:
        refuse(form, error)
    return None


def did_save(request: HttpRequest, form: forms.Form, save: Callable[[], None]) -> bool:
    """As ``saved`` for a service that gives nothing back; says on the next page that it is saved."""

    def then_true() -> bool:
        save()
        return True

    if saved(request, form, then_true):
        messages.success(request, _("Saved."))
        return True
    return False


def tell(request: HttpRequest, error: KeinoError) -> None:
    """Show an error on the next page."""
    messages.error(request, said(as_data(error)))


def status_of(form: forms.Form) -> int:
    """422 for a form that must be mended."""
    return 422 if form.errors else 200
