"""What pages of both kinds of documents share: writing a section, a page of the form, what somebody did to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from keino.errors import KeinoError
from keino.web.base.audit import trail_of
from keino.web.base.errors import Conflict
from keino.web.organisations.acts import ACTS
from keino.web.plans.forms.sections import Section, SectionForm, seen_version
from keino.web.plans.models import CategoryPlan, OperatingModel
from keino.web.plans.written import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keino.web.organisations.models import Organisation

PER_PAGE = 25


def section_page(
    request: HttpRequest,
    organisation: Organisation,
    *,
    document: OperatingModel | CategoryPlan,
    sections: Mapping[str, Section],
    key: str,
    save: Callable[[SectionForm, int], None],
    parts: Callable[[], list[Part]],
    page_url: str,
    name: str,
) -> HttpResponse:
    """Write one section. Who comes second keeps their text and sees what is saved now."""
    if key not in sections:
        raise Http404
    section, is_sent = sections[key], request.method == "POST"
    form = SectionForm(section, document, organisation, request.POST if is_sent else None)
    saved_now: Sequence[Part] = ()
    status = 200
    if is_sent and form.is_valid():
        try:
            save(form, seen_version(request.POST))
        except KeinoError as error:
            form.refuse(error)
            status = 409
            if isinstance(error, Conflict):
                saved_now = [part for part in parts() if part.section == key]
        else:
            messages.success(request, _("Saved."))
            return redirect(request.path if "more" in request.POST else f"{page_url}#{key}")
    elif is_sent:
        status = 422
    document.refresh_from_db(fields=["version"])
    context = {
        "organisation": organisation,
        "step": "plan",
        "document": document,
        "name": name,
        "section": section,
        "form": form,
        "saved_now": saved_now,
        "page_url": page_url,
    }
    return render(request, "plans/document/section.html", context, status=status)


def with_links(parts: Sequence[Part], edit_url: Callable[[str], str] | None) -> list[dict[str, Any]]:
    """Parts grouped as pages show them: a link to write stands at the first part of each section."""
    shown, before = [], ""
    for part in parts:
        is_first = part.section != before
        url = edit_url(part.section) if edit_url and is_first else ""
        shown.append({"part": part, "url": url, "anchor": part.section if is_first else ""})
        before = part.section
    return shown


def deeds(request: HttpRequest, document: OperatingModel | CategoryPlan) -> Any:
    """Who did what to a document, a page of it, the newest first."""
    page = Paginator(trail_of(document), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [
        {
            "when": entry.timestamp,
            "who": str(entry.actor) if entry.actor else "",
            "what": ACTS.get((entry.additional_data or {}).get("act", ""), _("changed")),
        }
        for entry in page.object_list
    ]
    return page
