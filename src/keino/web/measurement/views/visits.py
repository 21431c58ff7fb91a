"""The end of a visit: forget it now, or make an account and keep it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import person_or_none
from keino.web.measurement.forms.visits import KeepForm
from keino.web.measurement.services.visits import forget_visit, keep_visit
from keino.web.measurement.visitors import VISIT_KEY, visit_of
from keino.web.organisations.services.self_service import start_organisation


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Delete everything of this visit at once."""
    from django.shortcuts import render

    visit = visit_of(request)
    if request.method == "POST":
        if visit is not None:
            forget_visit(visit)
            request.session.pop(VISIT_KEY, None)
        messages.success(request, _("Everything of your visit was deleted: files, readings and results."))
        return redirect("measurement:try")
    return render(request, "measurement/visit/forget.html", {"visit": visit})


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a visit: log in or sign up first, then choose or begin the organisation whose ledgers these are."""
    from django.shortcuts import render

    visit = visit_of(request)
    if visit is None:
        messages.info(request, _("There is nothing to keep: no ledger was sent in this visit, or it is over."))
        return redirect("measurement:try")
    person = person_or_none(request)
    if person is None:
        after = urlencode({"next": reverse("measurement:keep_visit")})
        urls = {name: f"{reverse(f'account_{name}')}?{after}" for name in ("signup", "login")}
        return render(request, "measurement/visit/keep_first.html", {"urls": urls})
    form = KeepForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = form.chosen() or start_organisation(by=person, **form.new())
            ledgers = keep_visit(visit, organisation=organisation, by=person)
        except KeinoError as error:
            form.add_error(None, said(as_data(error)))
        else:
            request.session.pop(VISIT_KEY, None)
            messages.success(request, _("Your ledger is kept under %(name)s.") % {"name": organisation})
            if len(ledgers) == 1:
                return redirect("measurement:ledger", slug=organisation.slug, ledger=ledgers[0].public_id)
            return redirect("measurement:ledgers", slug=organisation.slug)
    return render(request, "measurement/visit/keep.html", {"form": form}, status=400 if form.is_bound else 200)
