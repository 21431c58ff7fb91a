"""Pages of the operating model: what counts today, its versions, writing the next one, approving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.report import codes
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.templatetags.keino import speaker
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.choices import OperatingModelState
from keino.web.plans.document_errors import MODEL_LACKS, ChangedSinceRead, ModelLacks
from keino.web.plans.forms.operating_model import SECTIONS
from keino.web.plans.forms.sections import SectionForm, seen_version
from keino.web.plans.models import OperatingModel
from keino.web.plans.pdf import operating_model_pdf
from keino.web.plans.queries.operating_models import approved_model, model_lacks, models_of, open_model, whole
from keino.web.plans.services.operating_models import (
    approve_model,
    begin_model,
    change_model,
    return_model,
    send_model,
)
from keino.web.plans.views.document_pages import PER_PAGE, deeds, section_page, with_links
from keino.web.plans.word_diff import changes
from keino.web.plans.written import operating_parts

#: Where each thing that is missing is written.
PLACES = {"purpose": "purpose", "target": "target", "roles": "roles"}


def one_version(organisation: Organisation, number: int) -> OperatingModel:
    """A version of the organisation's operating model, else 404."""
    found = whole(models_of(organisation)).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def version_url(model: OperatingModel, name: str = "operating_model_version", **more: Any) -> str:
    """The address of a page of a version."""
    arguments = {"slug": model.organisation.slug, "number": model.number, **more}
    return reverse(f"plans:{name}", kwargs=arguments)


def _edit_url(model: OperatingModel) -> Callable[[str], str]:
    return lambda section: version_url(model, "operating_model_section", section=section)


def _lacks(model: OperatingModel) -> list[dict[str, str]]:
    """What keeps a version from being approved, each with the link to where it is written."""
    return [_lack(model, code) for code in model_lacks(model)]


def _lack(model: OperatingModel, code: str) -> dict[str, str]:
    url = version_url(model, "operating_model_section", section=PLACES[code])
    return {"text": codes.words(speaker(), MODEL_LACKS, code), "url": url}


def _permissions(request: HttpRequest, organisation: Organisation) -> dict[str, bool]:
    return {
        "may_work": request.user.has_perm("plans.work", organisation),
        "may_approve": request.user.has_perm("plans.approve", organisation),
    }


@require_safe
@organisation_page("plans.see")
def operating_model(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The version that counts today, and what is being written."""
    model = approved_model(organisation)
    context = {
        "organisation": organisation,
        "step": "plan",
        "model": model,
        "open": open_model(organisation),
        "parts": with_links(operating_parts(model), None) if model else [],
        **_permissions(request, organisation),
    }
    return render(request, "plans/operating_model/now.html", context)


@require_POST
@organisation_page("plans.work")
def operating_model_begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin the next version, or go to the one that is open."""
    model = begin_model(organisation=organisation, language=(get_language() or "fi")[:2], by=the_person(request))
    return redirect(version_url(model))


@require_safe
@organisation_page("plans.see")
def operating_model_version(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """One version as it stands; a draft with links to write it, an approved one with who approved it."""
    model = one_version(organisation, number)
    may = _permissions(request, organisation)
    writes = may["may_work"] and model.state == OperatingModelState.DRAFT
    context = {
        "organisation": organisation,
        "step": "plan",
        "model": model,
        "parts": with_links(operating_parts(model), _edit_url(model) if writes else None),
        "lacks": _lacks(model) if model.is_open else [],
        "page_obj": deeds(request, model),
        **may,
    }
    return render(request, "plans/operating_model/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def operating_model_section(
    request: HttpRequest, organisation: Organisation, number: int, section: str
) -> HttpResponse:
    """Write a section of the draft."""
    model = one_version(organisation, number)
    if model.state != OperatingModelState.DRAFT and request.method != "POST":
        return redirect(version_url(model))

    def save(form: SectionForm, seen: int) -> None:
        values, roles = form.values(), None
        if form.rows is not None and form.section.rows == "roles":
            roles = form.rows.rows()
        elif form.rows is not None:
            values[form.section.rows] = form.rows.rows()
        change_model(model, values=values, roles=roles, by=the_person(request), seen=seen)

    return section_page(
        request,
        organisation,
        document=model,
        sections=SECTIONS,
        key=section,
        save=save,
        parts=lambda: operating_parts(one_version(organisation, number)),
        page_url=version_url(model),
        name=str(model),
    )


@require_POST
@organisation_page("plans.work")
def operating_model_send(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """Send the draft for approval."""
    model = one_version(organisation, number)
    try:
        send_model(model, by=the_person(request), seen=seen_version(request.POST))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Sent for approval. An approver of your organisation reads it next."))
    return redirect(version_url(model))


@require_POST
@organisation_page("plans.see")
def operating_model_return(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """Take a version back to be written on: those who write may, and those who approve."""
    may = _permissions(request, organisation)
    model = one_version(organisation, number)
    if not any(may.values()):
        raise PermissionDenied
    try:
        return_model(model, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The version is a draft again."))
    return redirect(version_url(model))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.approve")
def operating_model_approve(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """Read what will count, with what changes, and approve it."""
    model = one_version(organisation, number)
    problem, status = "", 200
    if request.method == "POST":
        try:
            approve_model(model, by=the_person(request), seen=seen_version(request.POST))
        except (ModelLacks, ChangedSinceRead) as error:
            problem = said(as_data(error)) if isinstance(error, ChangedSinceRead) else ""
            status = 409 if problem else 422
            model = one_version(organisation, number)
        except KeinoError as error:
            tell(request, error)
            return redirect(version_url(model))
        else:
            messages.success(request, _("Version {number} is approved and counts from now on.").format(number=number))
            return redirect("plans:operating_model", slug=organisation.slug)
    elif model.state != OperatingModelState.IN_REVIEW:
        return redirect(version_url(model))
    before = approved_model(organisation)
    parts = operating_parts(model)
    context = {
        "organisation": organisation,
        "step": "plan",
        "model": model,
        "before": before,
        "changes": changes(operating_parts(before), parts) if before else [],
        "parts": with_links(parts, None),
        "lacks": _lacks(model),
        "was_refused": status == 422,
        "problem": problem,
    }
    return render(request, "plans/operating_model/approve.html", context, status=status)


@require_safe
@organisation_page("plans.see")
def operating_model_versions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every version, the newest first."""
    page = Paginator(models_of(organisation), PER_PAGE).get_page(request.GET.get("page"))
    numbers = list(models_of(organisation).values_list("number", flat=True))
    context = {"organisation": organisation, "step": "plan", "page_obj": page, "numbers": numbers}
    return render(request, "plans/operating_model/versions.html", context)


@require_safe
@organisation_page("plans.see")
def operating_model_comparison(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Two versions, part by part and word by word."""
    old, new = (one_version(organisation, _number(request.GET.get(name))) for name in ("old", "new"))
    context = {
        "organisation": organisation,
        "step": "plan",
        "old": old,
        "new": new,
        "changes": changes(operating_parts(old), operating_parts(new)),
    }
    return render(request, "plans/operating_model/comparison.html", context)


def _number(text: str | None) -> int:
    """A version's number from an address; 404 for anything else."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Http404
    return int(text)


@require_safe
@organisation_page("plans.see")
def operating_model_file(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """A version as PDF in the reader's language; the text stays in the language in which it was written."""
    model = one_version(organisation, number)
    response = HttpResponse(operating_model_pdf(model), content_type="application/pdf")
    name = f"operating-model-{organisation.slug}-{model.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
