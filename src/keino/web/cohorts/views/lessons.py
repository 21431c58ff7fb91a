"""Pages of an organisation's lessons, and of the templates that anybody may read and any buyer start from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.lessons import LessonState
from keino.web.cohorts.forms.lessons import LessonForm, StartForm
from keino.web.cohorts.models import CohortLesson, LessonTemplate, Participation
from keino.web.cohorts.queries.lessons import lessons_of, templates
from keino.web.cohorts.services.lessons import change_lesson, offer_lesson, start_from, stop_naming, write_lesson
from keino.web.cohorts.views.sparring_pages import Crumbs, at, form_page, page, participation_in
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.queries.people import organisations_of_today
from keino.web.organisations.views.editing import did_save, saved

if TYPE_CHECKING:
    from django.forms import Form

PER_PAGE = 25
#: How long whoever starts from a template has, until they say otherwise.
TIME_TO_DO = dt.timedelta(days=90)


@require_safe
@organisation_page("cohorts.see")
def lessons(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What the organisation learned, and what became of it."""
    rows = Paginator(lessons_of(organisation), PER_PAGE).get_page(request.GET.get("page"))
    parts = (
        Participation.objects.filter(organisation=organisation).select_related("edition").order_by("-began_at", "pk")
    )
    return page(request, organisation, "lessons/lessons", page_obj=rows, participations=list(parts))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def new(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Write a lesson of an edition."""
    participation = participation_in(organisation, edition)
    form = LessonForm(request.POST or None, organisation=organisation)
    by = the_person(request)
    made = saved(
        request, form, lambda: write_lesson(participation, key=form.new_key, fields=form.lesson_fields(), by=by)
    )
    if made is not None:
        return redirect(at("lesson", organisation, lesson=made.public_id))
    return _form(request, organisation, form, _("Write a lesson"), at("lessons", organisation))


@require_safe
@organisation_page("cohorts.see")
def lesson(request: HttpRequest, organisation: Organisation, lesson: UUID) -> HttpResponse:
    """One lesson."""
    found = _lesson(organisation, lesson)
    return page(
        request, organisation, "lessons/lesson", crumbs=_crumbs(organisation), lesson=found,
        is_draft=found.state == LessonState.DRAFT, is_promoted=found.state == LessonState.PROMOTED,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def edit(request: HttpRequest, organisation: Organisation, lesson: UUID) -> HttpResponse:
    """Change a lesson that is no template yet."""
    found = _lesson(organisation, lesson)
    form = LessonForm(request.POST or None, organisation=organisation, thing=found)
    by = the_person(request)
    url = at("lesson", organisation, lesson=found.public_id)

    def save() -> None:
        change_lesson(found, fields=form.lesson_fields(), seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(url)
    return _form(request, organisation, form, _("Change the lesson"), url)


@require_POST
@organisation_page("cohorts.work")
def offer(request: HttpRequest, organisation: Organisation, lesson: UUID) -> HttpResponse:
    """Offer a lesson to the centre."""
    found = _lesson(organisation, lesson)
    offer_lesson(found, by=the_person(request))
    messages.success(request, _("The lesson is offered. The centre reads it and may make a template of it."))
    return redirect(at("lesson", organisation, lesson=found.public_id))


@require_POST
@organisation_page("cohorts.work")
def not_named(request: HttpRequest, organisation: Organisation, lesson: UUID) -> HttpResponse:
    """Take back that the organisation is named as the origin, whatever became of the lesson."""
    found = _lesson(organisation, lesson)
    stop_naming(found, by=the_person(request))
    messages.success(request, _("Your organisation isn't named as the origin."))
    return redirect(at("lesson", organisation, lesson=found.public_id))


# ---- templates


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """Templates made of lessons, for everyone."""
    rows = Paginator(templates(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cohorts/lessons/templates.html", {"page_obj": rows})


@require_safe
def template(request: HttpRequest, template: UUID) -> HttpResponse:
    """One template with its origin and how often others started from it."""
    found = get_object_or_404(templates(), public_id=template)
    context = {"template": found, "starts": _starts(request, found)}
    return render(request, "cohorts/lessons/template.html", context)


def _starts(request: HttpRequest, template: LessonTemplate) -> list[tuple[str, str]]:
    """(organisation, address) for each organisation in which the reader may start from it."""
    user: Any = request.user
    if not user.is_authenticated:
        return []
    own = [each for each, _roles in organisations_of_today(user, helped=False) if user.has_perm("plans.work", each)]
    return [(str(each), at("template_start", each, template=template.public_id)) for each in own]


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def template_start(request: HttpRequest, organisation: Organisation, template: UUID) -> HttpResponse:
    """Start from a template: first what would be made, then one button."""
    found = get_object_or_404(LessonTemplate, public_id=template)
    by = the_person(request)
    first = {"deadline": timezone.localdate() + TIME_TO_DO, "owner": by}
    form = StartForm(request.POST or None, organisation=organisation, initial=first)
    made = saved(
        request, form,
        lambda: start_from(
            found, organisation=organisation, key=form.new_key, deadline=form.cleaned_data["deadline"],
            owner=form.cleaned_data["owner"], by=by,
        ),
    )  # fmt: skip
    if made is not None:
        count = len(found.action_titles)
        words = ngettext("{count} planned action was made.", "{count} planned actions were made.", count)
        messages.success(request, words.format(count=count))
        return redirect("plans:actions", slug=organisation.slug)
    titles = found.action_titles
    return page(
        request, organisation, "lessons/start", status=422 if form.is_bound and form.errors else 200, form=form,
        template=found, titles=titles, template_url=reverse("cohorts:template", args=[found.public_id]),
    )  # fmt: skip


def _lesson(organisation: Organisation, lesson: UUID) -> CohortLesson:
    found = CohortLesson.objects.select_related("participation__edition", "procurement", "template", "created_by")
    return get_object_or_404(found, participation__organisation=organisation, public_id=lesson)


def _crumbs(organisation: Organisation) -> Crumbs:
    return [(str(_("Lessons")), at("lessons", organisation))]


def _form(request: HttpRequest, organisation: Organisation, form: Form, title: str, back: str) -> HttpResponse:
    return form_page(request, organisation, form, title=title, cancel_url=back, crumbs=_crumbs(organisation))
