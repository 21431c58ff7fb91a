"""Materials and recordings of an event on the desk."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.who_asks import the_person
from keino.web.events.choices import MaterialKind
from keino.web.events.forms.desk import MaterialForm
from keino.web.events.forms.fields import put_error
from keino.web.events.services.materials import add_file, add_link, remove_material, show_material
from keino.web.events.views.desk import MANAGE, of_desk, page
from keino.web.organisations.pages import permitted_page


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def materials(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """What there is, whether everyone sees it; one more."""
    event = of_desk(request, event_id)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        chosen = {"title": values["title"], "publish": values["publish"], "by": the_person(request)}
        try:
            if values["kind"] == MaterialKind.FILE:
                add_file(event, file=values["file"], **chosen)
            else:
                add_link(event, link=values["link"], kind=values["kind"], **chosen)
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Added."))
            return redirect("events:materials", event_id=event.public_id)
    rows = list(event.materials.select_related("added_by"))
    return page(request, event, "materials", status=400 if form.errors else 200, form=form, rows=rows)


@require_POST
@permitted_page(MANAGE)
def material_show(request: HttpRequest, event_id: uuid.UUID, material_id: uuid.UUID) -> HttpResponse:
    """Publish a material, or take it back."""
    event = of_desk(request, event_id)
    found = get_object_or_404(event.materials, public_id=material_id)
    shown = request.POST.get("shown") == "yes"
    show_material(found, shown=shown, by=the_person(request))
    messages.success(request, _("Everyone who sees the event sees it now.") if shown else _("Nobody else sees it now."))
    return redirect("events:materials", event_id=event.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def material_remove(request: HttpRequest, event_id: uuid.UUID, material_id: uuid.UUID) -> HttpResponse:
    """Take a material away for good, after a question; pressed twice, it is gone."""
    event = of_desk(request, event_id)
    found = event.materials.filter(public_id=material_id).first()
    if request.method == "POST":
        if found is not None:
            remove_material(found, by=the_person(request))
        messages.success(request, _("The material is gone."))
        return redirect("events:materials", event_id=event.public_id)
    return page(request, event, "material_remove", material=get_object_or_404(event.materials, public_id=material_id))
