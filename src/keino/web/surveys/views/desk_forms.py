"""The centre's forms: the list, a form with its versions, a version as people see it, its answers as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.report.plain_sheet import TYPES
from keino.web.base.who_asks import the_person
from keino.web.organisations.pages import permitted_page
from keino.web.organisations.peer_groups import FEWEST
from keino.web.surveys.answer_tables import FORMATS, answers_file
from keino.web.surveys.forms.editor import FormChangeForm, FormFilter, FormForm, texts_in
from keino.web.surveys.forms.of_version import form_of
from keino.web.surveys.models import Form, FormVersion
from keino.web.surveys.queries.forms import (
    READ_AT_THE_DESK,
    centre_of,
    draft_of,
    forms_of_the_centre,
    sent_answers,
    versions_of,
)
from keino.web.surveys.services.forms import begin_form, begin_version, change_form
from keino.web.surveys.views.common import show_error

MAY = "surveys.manage_forms"
PER_PAGE = 50


@require_safe
@permitted_page(MAY)
def forms_list(request: HttpRequest) -> HttpResponse:
    """All forms of the centre."""
    form = FormFilter(request.GET)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else ""
    page = Paginator(forms_of_the_centre(purpose), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/desk/forms.html", {"form": form, "page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def form_new(request: HttpRequest) -> HttpResponse:
    """Make a form."""
    form = FormForm(request.POST or None)
    centre = centre_of(the_person(request))
    if request.method == "POST" and form.is_valid():
        if centre is None:
            raise Http404
        draft = begin_form(
            organisation=centre,
            purpose=form.cleaned_data["purpose"],
            title=texts_in(form.cleaned_data, "title"),
            anonymity=form.cleaned_data["anonymity"],
            languages=form.cleaned_data["languages"],
            by=the_person(request),
        )
        messages.success(request, _("The form is made. Now say what the answers are used for, and add questions."))
        return redirect("surveys:draft", form_id=draft.form.public_id)
    return render(request, "surveys/desk/form_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@permitted_page(MAY)
def form_page(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """A form: its versions, its entry in the register, what comes next."""
    found = form_or_404(form_id)
    page = Paginator(versions_of(found), PER_PAGE).get_page(request.GET.get("page"))
    newest = found.versions.filter(published_at__isnull=False).order_by("-number").first()
    context = {"asked_form": found, "page_obj": page, "draft": draft_of(found), "newest": newest}
    return render(request, "surveys/desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def form_change(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Change the title, make it anonymous, offer it no more."""
    found = form_or_404(form_id)
    form = FormChangeForm(request.POST or None, form=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_form(
                form=found,
                title=texts_in(form.cleaned_data, "title"),
                anonymity=form.cleaned_data["anonymity"],
                is_retired=form.cleaned_data["is_retired"],
                seen=form.cleaned_data["version"],
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=found.version)
        else:
            messages.success(request, _("The form is changed."))
            return redirect("surveys:form", form_id=found.public_id)
    context = {"form": form, "asked_form": found}
    return render(request, "surveys/desk/form_change.html", context, status=422 if form.is_bound else 200)


@require_POST
@permitted_page(MAY)
def form_begin_version(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Begin the next version as a copy of the newest."""
    found = form_or_404(form_id)
    begin_version(form=found, by=the_person(request))
    return redirect("surveys:draft", form_id=found.public_id)


@require_safe
@permitted_page(MAY)
def version_page(request: HttpRequest, form_id: UUID, number: int) -> HttpResponse:
    """A published version as people see it."""
    version = version_or_404(form_id, number)
    may_read = version.form.purpose in READ_AT_THE_DESK
    sent = sent_answers(version).count()
    context = {
        "asked_form": version.form,
        "form_version": version,
        "form": form_of(version),
        "sent": sent,
        "may_read": may_read,
        "may_take": may_read and sent and (not version.form.is_anonymous or sent >= FEWEST),
        "fewest": FEWEST,
    }
    return render(request, "surveys/desk/version.html", context)


@require_safe
@never_cache
@permitted_page(MAY)
def version_answers(request: HttpRequest, form_id: UUID, number: int, kind: str) -> HttpResponse:
    """The answers to a version as a file. Those to applications and assignments are read where they are asked for."""
    version = version_or_404(form_id, number)
    answers = list(sent_answers(version))
    too_few = version.form.is_anonymous and len(answers) < FEWEST
    if kind not in FORMATS or version.form.purpose not in READ_AT_THE_DESK or too_few:
        raise Http404
    answer = HttpResponse(answers_file(version, answers, kind), content_type=TYPES[kind])
    name = f"keino-{slugify(str(version.form))[:60] or 'form'}-{version.number}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def form_or_404(form_id: UUID) -> Form:
    """A form of the centre."""
    found: Form = get_object_or_404(forms_of_the_centre().select_related("organisation"), public_id=form_id)
    return found


def version_or_404(form_id: UUID, number: int) -> FormVersion:
    """A published version of a form of the centre."""
    found: FormVersion = get_object_or_404(
        FormVersion.objects.select_related("form__organisation"),
        form=form_or_404(form_id),
        number=number,
        published_at__isnull=False,
    )
    return found
