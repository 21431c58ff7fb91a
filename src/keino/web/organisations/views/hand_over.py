"""The hand-over wizard: choose, look at it, do it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.base.errors import Conflict, as_data, said
from keino.web.base.models import Person
from keino.web.base.who_asks import the_person
from keino.web.organisations.errors import NothingToHandOver
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.forms.people import HandOverForm
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.services.hand_over import HandOver, candidates, hand_over_of, role_key, shown_to
from keino.web.organisations.services.hand_over import hand_over as do_hand_over


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("organisations.see_home")
def hand_over(request: HttpRequest, organisation: Organisation, public_id: str) -> HttpResponse:
    """Everything that needs an owner when a person leaves; nothing changes before the preview was confirmed."""
    person = get_object_or_404(Person.objects.filter(roles__organisation=organisation).distinct(), public_id=public_id)
    if person.pk != the_person(request).pk and not the_person(request).has_perm(
        "organisations.manage_people", organisation
    ):
        raise PermissionDenied
    left = shown_to(the_person(request), hand_over_of(person, organisation))
    people = candidates(person, organisation)
    form = HandOverForm(request.POST or None, left=left, people=people, by=the_person(request))
    context: dict[str, Any] = {
        "organisation": organisation,
        "step": "people",
        "person": person,
        "left": left,
        "form": form,
    }
    if request.method == "POST" and not left.count:
        messages.info(request, said(as_data(NothingToHandOver(person=person))))
        return redirect("organisations:people", slug=organisation.slug)
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        answer = _go_on(request, form, context)
        if answer is not None:
            return answer
    return render(request, "organisations/hand_over.html", {**context, "nobody_else": not people})


def _go_on(request: HttpRequest, form: HandOverForm, context: dict[str, Any]) -> HttpResponse | None:
    """Show the preview, or do it; None when the form must be shown again."""
    left: HandOver = context["left"]
    seen = tuple(request.POST.getlist("seen")) or left.keys
    if "confirm" not in request.POST:
        owners = form.owners()
        rows = [(thing.kind, thing.title, owners[thing.key]) for thing in left.things]
        rows += [(role.get_kind_display(), str(role.about or ""), owners[role_key(role)]) for role in left.roles]
        missing = [thing for thing in left.things if owners[thing.key] is None]
        if not missing:
            posted = [
                (name, values)
                for name, values in request.POST.lists()
                if name not in {"csrfmiddlewaretoken", "confirm", "back", "seen"}
            ]
            return render(request, "organisations/hand_over_preview.html", {**context, "rows": rows, "posted": posted})
    try:
        done = do_hand_over(
            left.person,
            left.organisation,
            by=the_person(request),
            last_day=form.cleaned_data["last_day"],
            owners=form.owners(),
            seen=seen,
        )
    except Conflict as error:
        refuse(form, error)
        return None
    except NothingToHandOver as error:
        messages.info(request, said(as_data(error)))
        return redirect("organisations:people", slug=left.organisation.slug)
    except KeinoError as error:
        refuse(form, error)
        return None
    count = done.count
    messages.success(
        request,
        ngettext(
            "{count} thing has a new owner. Everyone concerned was told by mail.",
            "{count} things have new owners. Everyone concerned was told by mail.",
            count,
        ).format(count=count),
    )
    return redirect("organisations:people", slug=left.organisation.slug)
