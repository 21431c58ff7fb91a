"""The draft of a form: its questions, one page for each, what is said of it, publishing it after a look at it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.domain.questionnaires.question import Question
from keino.errors import KeinoError
from keino.report.language import translator
from keino.web.base.deeds import tell
from keino.web.base.translated import reader_language
from keino.web.base.who_asks import the_person
from keino.web.organisations.pages import permitted_page
from keino.web.surveys.choices import Kind
from keino.web.surveys.forms.editor import QuestionForm, VersionAboutForm, texts_in
from keino.web.surveys.forms.of_version import form_of
from keino.web.surveys.models import FormVersion
from keino.web.surveys.queries.forms import draft_of
from keino.web.surveys.services.forms import (
    delete_draft,
    describe_version,
    move_question,
    not_ready,
    publish_version,
    put_question,
    remove_question,
)
from keino.web.surveys.texts import in_reader_language
from keino.web.surveys.views.common import show_error
from keino.web.surveys.views.desk_forms import MAY, form_or_404


@require_safe
@permitted_page(MAY)
def draft(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The draft: what is missing, its questions in order."""
    version = draft_or_404(form_id)
    context = {
        "asked_form": version.form,
        "form_version": version,
        "rows": [
            (question, in_reader_language(question.text), Kind(question.kind).label) for question in version.asked
        ],
        "missing": _in_words(version),
    }
    return render(request, "surveys/desk/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def draft_about(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Languages, introduction, and the entry in the register of personal data."""
    version = draft_or_404(form_id)
    form = VersionAboutForm(request.POST or None, draft=version)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            describe_version(
                version=version,
                languages=given["languages"],
                intro=texts_in(given, "intro"),
                data_purpose=texts_in(given, "data_purpose"),
                legal_basis=given["legal_basis"],
                kept_months=given["kept_months"],
                seen=given["version"],
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=draft_or_404(form_id).version)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:draft", form_id=form_id)
    context = {"asked_form": version.form, "form": form}
    return render(request, "surveys/desk/draft_about.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def question_new(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Add a question."""
    return _question(request, form_id, None)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def question(request: HttpRequest, form_id: UUID, code: str) -> HttpResponse:
    """Write a question anew."""
    return _question(request, form_id, question_or_404(draft_or_404(form_id), code))


def _question(request: HttpRequest, form_id: UUID, found: Question | None) -> HttpResponse:
    version = draft_or_404(form_id)
    form = QuestionForm(request.POST or None, draft=version, question=found)
    if request.method == "POST" and form.is_valid():
        try:
            put_question(
                version=version,
                question=form.question(),
                replaces=found.code if found else "",
                seen=form.cleaned_data["version"],
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=draft_or_404(form_id).version)
        else:
            messages.success(request, _("The question is saved."))
            return redirect("surveys:draft", form_id=form_id)
    context = {
        "asked_form": version.form,
        "form": form,
        "question": found,
        "text": in_reader_language(found.text) if found else None,
    }
    return render(request, "surveys/desk/question.html", context, status=422 if form.is_bound else 200)


@require_POST
@permitted_page(MAY)
def question_move(request: HttpRequest, form_id: UUID, code: str) -> HttpResponse:
    """Move a question up or down."""
    version = draft_or_404(form_id)
    seen = _seen(request)
    _do(
        request,
        lambda: move_question(version=version, code=code, up="up" in request.POST, seen=seen, by=the_person(request)),
    )
    return redirect("surveys:draft", form_id=form_id)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def question_remove(request: HttpRequest, form_id: UUID, code: str) -> HttpResponse:
    """Take a question out."""
    version = draft_or_404(form_id)
    if request.method == "POST":
        seen = _seen(request)
        if _do(request, lambda: remove_question(version=version, code=code, seen=seen, by=the_person(request))):
            messages.success(request, _("The question is taken out."))
        return redirect("surveys:draft", form_id=form_id)
    found = question_or_404(version, code)
    context = {
        "asked_form": version.form,
        "form_version": version,
        "question": found,
        "text": in_reader_language(found.text),
        "fields": {"version": version.version},
    }
    return render(request, "surveys/desk/question_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def draft_publish(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The draft as people will see it, and the button that makes it final."""
    version = draft_or_404(form_id)
    if request.method == "POST":
        seen = _seen(request)
        if _do(request, lambda: publish_version(version=version, seen=seen, by=the_person(request))):
            messages.success(request, _("Version {number} is published.").format(number=version.number))
            return redirect("surveys:form", form_id=form_id)
        return redirect("surveys:draft_publish", form_id=form_id)
    context = {
        "asked_form": version.form,
        "form_version": version,
        "form": form_of(version),
        "missing": _in_words(version),
    }
    return render(request, "surveys/desk/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def draft_delete(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Give the draft up."""
    version = draft_or_404(form_id)
    is_only = version.number == 1
    if request.method == "POST":
        if _do(request, lambda: delete_draft(version=version, by=the_person(request))):
            messages.success(request, _("The draft is deleted."))
        return redirect("surveys:forms") if is_only else redirect("surveys:form", form_id=form_id)
    context = {"asked_form": version.form, "form_version": version, "is_only": is_only}
    return render(request, "surveys/desk/draft_delete.html", context)


# ---- shared


def draft_or_404(form_id: UUID) -> FormVersion:
    """The draft of a form of the centre."""
    found = draft_of(form_or_404(form_id))
    if found is None:
        raise Http404
    return found


def question_or_404(version: FormVersion, code: str) -> Question:
    """A question of a draft."""
    for found in version.asked:
        if found.code == code:
            return found
    raise Http404


def _in_words(version: FormVersion) -> list[str]:
    """What keeps a draft from being published, one sentence each."""
    speak = translator(reader_language())
    return [speak.say(each) for each in not_ready(version)]


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _do(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Do it, or say why not."""
    try:
        act()
    except KeinoError as error:
        tell(request, error)
        return False
    return True
