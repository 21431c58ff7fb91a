"""The webinar of 18.5.2022, 8.30–9.45, as it was: listed, registered to, its materials published."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail as box
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from keino.web.base.mail_sending import send_due
from keino.web.events.models import Event, Seat
from tests.factories.web import an_organisation
from tests.web.events.clock import at
from tests.web.events.desk import a_coordinator, of_event

pytestmark = pytest.mark.django_db
UTC = dt.UTC
TITLE = "Haastattelujen tulokset julki"


def test_b38_the_webinar_of_2022_is_listed_registered_to_and_its_materials_published() -> None:
    centre = an_organisation("Centre", kind="competence_centre")
    desk, visitor = Client(), Client()

    with at(dt.datetime(2022, 4, 20, 9, tzinfo=UTC)):
        coordinator = a_coordinator(centre)
        desk.force_login(coordinator)
        form = desk.get(reverse("events:new")).context["form"]
        made = desk.post(
            reverse("events:new"),
            {
                "key": str(form["key"].initial), "organiser": centre.pk, "title": TITLE, "day": "2022-05-18",
                "since": "08:30", "until": "09.45", "mode": "online", "online_link": "https://meet.example/aamu",
                "language": "fi", "theme": "circular", "audience": "public", "capacity": "100",
                "registration_days": "365",
            },
        )  # fmt: skip
        event = Event.objects.get()
        assert made.headers["Location"] == of_event(event, "desk_event")
        assert (event.starts_at, event.ends_at) == (
            dt.datetime(2022, 5, 18, 5, 30, tzinfo=UTC), dt.datetime(2022, 5, 18, 6, 45, tzinfo=UTC),
        )  # fmt: skip
        assert TITLE not in visitor.get(reverse("events:list")).content.decode()  # a draft
        desk.post(of_event(event, "announce"))

    with at(dt.datetime(2022, 5, 2, 9, tzinfo=UTC)):
        listed = visitor.get(reverse("events:list"), {"theme": "circular", "language": "fi", "mode": "online"})
        assert TITLE in listed.content.decode()
        assert "18.5.2022 klo 8.30–9.45" in listed.content.decode()
        assert TITLE not in visitor.get(reverse("events:list"), {"theme": "social"}).content.decode()
        address = visitor.post(of_event(event, "begin")).headers["Location"]
        visitor.post(
            address, {"name": "Aino Aalto", "email": "aino@example.org", "works_at": "Kaupunki", "consent": "on"}
        )
        send_due()
        link = re.search(r"(/events/registration/\S+/)\n", str(box.outbox[-1].body))
        assert link is not None
        visitor.post(link.group(1) + "confirm/")
        assert Seat.objects.get().state == "booked"
        assert "https://meet.example/aamu" in visitor.get(link.group(1)).content.decode()
        assert "meet.example" not in visitor.get(of_event(event, "event")).content.decode()
        file = Calendar.from_ical(visitor.get(of_event(event, "event_ics")).content)
        assert file.walk("VEVENT")[0].decoded("dtstart") == event.starts_at

    with at(dt.datetime(2022, 5, 18, 8, tzinfo=UTC)):
        desk.force_login(coordinator)  # a month later the session is over
        assert visitor.post(of_event(event, "begin")).headers["Location"] == of_event(event, "event")
        assert Seat.objects.count() == 1  # it is over: nobody registers any more
        desk.post(of_event(event, "attendance"), {f"seat_{Seat.objects.get().public_id}": "present"})
        slides = SimpleUploadedFile("kalvot.pdf", b"%PDF-1.7 slides", content_type="application/pdf")
        desk.post(of_event(event, "materials"), {"kind": "file", "title": "Kalvot", "file": slides})
        desk.post(
            of_event(event, "materials"),
            {"kind": "recording", "title": "Tallenne", "link": "https://video.example/1", "publish": "on"},
        )
        page = visitor.get(of_event(event, "event")).content.decode()
        assert "Tallenne" in page
        assert "Kalvot" not in page
        shown = event.materials.get(kind="file")
        file_address = of_event(event, "material", material_id=shown.public_id)
        assert visitor.get(file_address).status_code == 404
        desk.post(of_event(event, "material_show", material_id=shown.public_id), {"shown": "yes"})
        got = visitor.get(file_address)
        assert b"".join(got.streaming_content) == b"%PDF-1.7 slides"
        assert "attachment" in got.headers["Content-Disposition"]
        assert "Kalvot" in visitor.get(of_event(event, "event")).content.decode()
        assert TITLE in visitor.get(reverse("events:list"), {"when": "past"}).content.decode()
        assert visitor.get(link.group(1) + "certificate.pdf").content.startswith(b"%PDF")
