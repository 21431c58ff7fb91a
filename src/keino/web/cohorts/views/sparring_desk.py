"""The centre's desk for sparring and what follows: sessions of the mentor, groups, closing, tasks, lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.web.base.deeds import done
from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.alumni import CloseForm, HeldForm, LeaveOutForm, TaskForm
from keino.web.cohorts.forms.lessons import TemplateForm
from keino.web.cohorts.forms.peers import GroupForm
from keino.web.cohorts.models import CohortLesson, FollowUpTask, LessonTemplate, PeerGroup
from keino.web.cohorts.queries.alumni import tasks
from keino.web.cohorts.queries.closing import closing_of, planned_follow_up, unfinished
from keino.web.cohorts.queries.lessons import offered_lessons
from keino.web.cohorts.queries.peers import groups_of, participants
from keino.web.cohorts.queries.sparring_desk import editions_of, open_cases_of_mentor, sessions_of_mentor
from keino.web.cohorts.services.closing import CLOSABLE, close_edition
from keino.web.cohorts.services.follow_up import change_task, leave_out, note_held
from keino.web.cohorts.services.lessons import change_template, promote_lesson
from keino.web.cohorts.services.peer_groups import change_group, dissolve_group, form_group
from keino.web.cohorts.views.sparring_pages import Crumbs, desk_form_page
from keino.web.organisations.pages import permitted_page
from keino.web.organisations.views.editing import did_save, saved
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from django.forms import Form

PER_PAGE = 25


@require_safe
@permitted_page("programmes.work")
def desk(request: HttpRequest) -> HttpResponse:
    """What a mentor and the coordinators have before them."""
    by, now = the_person(request), timezone.now()
    rows = Paginator(sessions_of_mentor(by), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": rows,
        "now": now,
        "cases": list(open_cases_of_mentor(by)[:PER_PAGE]),
        "editions": [(each, by.has_perm("cohorts.define", each)) for each in editions_of(by)],
        "task_count": tasks().filter(state="open").count(),
        "lesson_count": offered_lessons().count(),
        "may_promote": by.has_perm("programmes.manage"),
    }
    return render(request, "cohorts/sparring_desk/desk.html", context)


# ---- small groups


@require_safe
@permitted_page("programmes.work")
def groups(request: HttpRequest, edition: str) -> HttpResponse:
    """The small groups of an edition, and who is in none."""
    found = _edition(request, edition, "cohorts.define")
    rows = list(groups_of(found))
    placed = {member.participation_id for group in rows for member in group.members.all()}
    context = {
        "edition": found,
        "groups": rows,
        "without": [each for each in participants(found) if each.pk not in placed],
        "crumbs": _crumbs(),
    }
    return render(request, "cohorts/sparring_desk/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.work")
def group(request: HttpRequest, edition: str, group: UUID | None = None) -> HttpResponse:
    """Form a small group, or change one."""
    found = _edition(request, edition, "cohorts.define")
    there = get_object_or_404(PeerGroup, edition=found, public_id=group) if group else None
    form = GroupForm(request.POST or None, edition=found, thing=there)
    by = the_person(request)

    def save() -> None:
        given: dict[str, Any] = form.values() | {"members": list(form.cleaned_data["members"])}
        if there is None:
            form_group(edition=found, key=form.new_key, by=by, **given)
        else:
            change_group(there, seen=form.version_seen, by=by, **given)

    back = reverse("cohorts:desk_groups", args=[found.slug])
    if did_save(request, form, save):
        return redirect(back)
    return desk_form_page(
        request, form, title=_("Change the group") if there else _("Form a group"), cancel_url=back,
        crumbs=[*_crumbs(), (str(_("Small groups")), back)],
    )  # fmt: skip


@require_POST
@permitted_page("programmes.work")
def group_dissolve(request: HttpRequest, edition: str, group: UUID) -> HttpResponse:
    """Dissolve a group that has written nothing."""
    found = _edition(request, edition, "cohorts.define")
    there = PeerGroup.objects.filter(edition=found, public_id=group).first()
    if there is not None:  # else: pressed twice
        done(request, lambda: dissolve_group(there, by=the_person(request)), _("The group is dissolved."))
    return redirect("cohorts:desk_groups", edition=found.slug)


# ---- closing an edition


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.manage")
def close(request: HttpRequest, edition: str) -> HttpResponse:
    """Close an edition: first what would happen and what is unfinished, then one button."""
    found = _edition(request, edition, "programmes.publish_edition")
    closing = closing_of(found)
    if closing is not None and request.method == "POST":  # pressed twice
        return redirect("cohorts:desk_close", edition=found.slug)
    if closing is not None:
        return render(request, "cohorts/sparring_desk/closed.html", _closed(found, closing))
    open_things = list(unfinished(found))
    when = planned_follow_up(found, timezone.localdate())
    form = CloseForm(request.POST or None, year=when.year, unfinished=open_things)
    by = the_person(request)
    if saved(request, form, lambda: close_edition(found, words=form.closing_words(), by=by)) is not None:
        messages.success(request, _("The edition is closed. Its participants are alumni, and the follow-up is made."))
        return redirect("cohorts:desk_close", edition=found.slug)
    cohort = list(participants(found))
    context = {
        "edition": found, "form": form, "cohort": cohort, "when": when, "unfinished": open_things, "crumbs": _crumbs(),
        "may_close": found.state in CLOSABLE and bool(cohort),
    }  # fmt: skip
    return render(request, "cohorts/sparring_desk/close.html", context, status=422 if form.errors else 200)


def _closed(edition: Edition, closing: Any) -> dict[str, Any]:
    return {
        "edition": edition, "closing": closing, "left_undone": list(closing.left_undone.all()),
        "tasks": list(tasks(edition)), "today": timezone.localdate(), "crumbs": _crumbs(),
    }  # fmt: skip


# ---- tasks of the year after


@require_safe
@permitted_page("programmes.work")
def follow_up(request: HttpRequest) -> HttpResponse:
    """All tasks after editions, open ones and the nearest first."""
    rows = Paginator(tasks(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": rows, "today": timezone.localdate(), "crumbs": _crumbs()}
    return render(request, "cohorts/sparring_desk/follow_up.html", context)


@require_safe
@permitted_page("programmes.work")
def task(request: HttpRequest, task: UUID) -> HttpResponse:
    """One task: what it is, by when, whose, what came out of it."""
    found = _task(task)
    context = {
        "task": found,
        "today": timezone.localdate(),
        "crumbs": _task_crumbs(),
        "may_work": _is_theirs(request, found),
    }
    return render(request, "cohorts/sparring_desk/task.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.work")
def task_change(request: HttpRequest, task: UUID) -> HttpResponse:
    """Give a task another day or owner."""
    found = _own_task(request, task)
    form = TaskForm(request.POST or None, thing=found)
    by = the_person(request)
    if did_save(request, form, lambda: change_task(found, seen=form.version_seen, by=by, **form.values())):
        return redirect(_task_url(found))
    return _task_form(request, found, form, _("Another day or owner"))


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.work")
def task_held(request: HttpRequest, task: UUID) -> HttpResponse:
    """Note that a meeting was held."""
    found = _own_task(request, task)
    form = HeldForm(request.POST or None, thing=found, initial={"done_on": timezone.localdate()})
    by = the_person(request)
    if did_save(request, form, lambda: note_held(found, seen=form.version_seen, by=by, **form.values())):
        return redirect(_task_url(found))
    return _task_form(request, found, form, _("The meeting was held"))


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.work")
def task_leave_out(request: HttpRequest, task: UUID) -> HttpResponse:
    """Say that a meeting isn't held."""
    found = _own_task(request, task)
    form = LeaveOutForm(request.POST or None, thing=found)
    by = the_person(request)
    if did_save(
        request, form, lambda: leave_out(found, why=form.cleaned_data["outcome"], seen=form.version_seen, by=by)
    ):
        return redirect(_task_url(found))
    return _task_form(request, found, form, _("The meeting isn't held"))


def _task(task: UUID) -> FollowUpTask:
    found = FollowUpTask.objects.select_related("edition", "owner", "participation__organisation")
    return get_object_or_404(found, public_id=task)


def _is_theirs(request: HttpRequest, task: FollowUpTask) -> bool:
    """Whether the task is the person's, or they manage programmes."""
    by = the_person(request)
    return task.owner_id == by.pk or bool(by.has_perm("programmes.manage"))


def _own_task(request: HttpRequest, task: UUID) -> FollowUpTask:
    found = _task(task)
    if not _is_theirs(request, found):
        raise PermissionDenied
    return found


def _task_url(task: FollowUpTask) -> str:
    return reverse("cohorts:follow_up_task", args=[task.public_id])


def _task_crumbs() -> Crumbs:
    return [*_crumbs(), (str(_("Follow-up of programmes")), reverse("cohorts:desk_follow_up"))]


def _task_form(request: HttpRequest, task: FollowUpTask, form: Form, title: str) -> HttpResponse:
    crumbs = [*_task_crumbs(), (str(task), _task_url(task))]
    return desk_form_page(request, form, title=title, cancel_url=_task_url(task), crumbs=crumbs)


# ---- lessons


@require_safe
@permitted_page("programmes.manage")
def lessons(request: HttpRequest) -> HttpResponse:
    """Lessons that participants offered."""
    rows = Paginator(offered_lessons(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cohorts/sparring_desk/lessons.html", {"page_obj": rows, "crumbs": _crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.manage")
def promote(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Make a template of a lesson, beside what its writers wrote."""
    found = get_object_or_404(
        CohortLesson.objects.exclude(state="draft").select_related(
            "participation__organisation", "participation__edition"
        ),
        public_id=lesson,
    )
    form = TemplateForm(request.POST or None, initial={"title": found.title, "text": found.advice})
    by = the_person(request)
    made = saved(request, form, lambda: promote_lesson(found, fields=form.template_fields(), by=by))
    if made is not None:
        messages.success(request, _("The template is made. Its writers get a mail."))
        return redirect("cohorts:template", template=made.public_id)
    back = reverse("cohorts:desk_lessons")
    crumbs = [*_crumbs(), (str(_("Offered lessons")), back)]
    context = {"lesson": found, "form": form, "crumbs": crumbs, "cancel_url": back}
    return render(request, "cohorts/sparring_desk/promote.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.manage")
def template_edit(request: HttpRequest, template: UUID) -> HttpResponse:
    """Change a template."""
    found = get_object_or_404(LessonTemplate, public_id=template)
    form = TemplateForm(request.POST or None, thing=found)
    by = the_person(request)
    url = reverse("cohorts:template", args=[found.public_id])

    def save() -> None:
        change_template(found, fields=form.template_fields(), seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(url)
    return desk_form_page(request, form, title=_("Change the template"), cancel_url=url, crumbs=[(found.title, url)])


# ---- who may, and where it stands


def _edition(request: HttpRequest, slug: str, permission: str) -> Edition:
    """The edition, for people who have the permission in it."""
    found = get_object_or_404(Edition, slug=slug)
    if not the_person(request).has_perm(permission, found):
        raise PermissionDenied
    return found


def _crumbs() -> Crumbs:
    return [(str(_("Sparring and alumni")), reverse("cohorts:sparring_desk"))]
