"""A person's choices about mail, and the link in every mail that stops its topic."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from keino.web.base.mail import read_stop_token, resume, stop, topics
from keino.web.base.who_asks import the_person
from keino.web.operations import forms, queries, services


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: HttpRequest) -> HttpResponse:
    """How often, and about what."""
    person = the_person(request)
    wanted = set(topics()) - queries.stopped_topics(person)
    if request.method != "POST":
        form = forms.MailChoices(initial={"digest": person.digest, "wanted": sorted(wanted)})
        return render(request, "operations/mail_settings.html", {"form": form})
    form = forms.MailChoices(request.POST)
    if not form.is_valid():
        return render(request, "operations/mail_settings.html", {"form": form}, status=422)
    services.choose_mail(person, digest=form.cleaned_data["digest"], stopped=form.stopped, by=person)
    messages.success(request, _("Your choices about mail were saved."))
    return redirect("operations:mail_settings")


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed address is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail on one topic, without log-in. Opening the link only asks; pressing the button stops."""
    told = read_stop_token(token)
    if told is None:
        raise Http404
    person, address, topic = told
    context = {"topic": topics().get(topic, topic), "done": False, "resumed": False}
    if request.method == "POST":
        again = "again" in request.POST
        (resume if again else stop)(topic=topic, person=person, address=address)
        context |= {"done": not again, "resumed": again}
    return render(request, "operations/stop_mail.html", context)
