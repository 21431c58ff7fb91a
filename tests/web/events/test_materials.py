"""Materials: what is taken, who gets it, what becomes of the file."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keino.web.events.models import Material
from keino.web.events.services.materials import FOLDER, add_file, sweep_materials
from tests.factories.events import a_past_event
from tests.web.events.desk import a_coordinator, desk_of, of_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"),
        ("page.html", b"<script>"),
        ("picture.svg", b"<svg onload='x'>"),
        ("slides.pdf", b"<html>not a pdf"),
        ("slides.pptx", b"%PDF-"),
        ("empty.txt", b""),
    ],
)
def test_what_could_run_or_is_something_else_is_not_taken(name: str, content: bytes) -> None:
    event = a_past_event()
    file = SimpleUploadedFile(name, content)
    answer = desk_of(event).post(of_event(event, "materials"), {"kind": "file", "title": "T", "file": file})
    assert answer.status_code == 400
    assert not Material.objects.exists()


def test_a_link_must_be_an_address_of_the_web() -> None:
    event = a_past_event()
    values = {"kind": "link", "title": "T", "link": "javascript:alert(1)"}
    assert desk_of(event).post(of_event(event, "materials"), values).status_code == 400


def test_the_same_link_sent_twice_is_one() -> None:
    event = a_past_event()
    client = desk_of(event)
    for _ in range(2):
        client.post(of_event(event, "materials"), {"kind": "link", "title": "T", "link": "https://a.example/"})
    assert Material.objects.count() == 1


def test_a_file_goes_with_its_material(django_capture_on_commit_callbacks: object) -> None:
    event = a_past_event()
    by = a_coordinator(event.organiser)
    file = SimpleUploadedFile("../../etc/passwd.txt", b"text")
    material = add_file(event, title="T", file=file, publish=True, by=by)
    assert (material.file_name, material.stored_as.startswith(FOLDER)) == ("passwd.txt", True)
    assert default_storage.exists(material.stored_as)
    client = Client()
    client.force_login(by)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(of_event(event, "material_remove", material_id=material.public_id))
        client.post(of_event(event, "material_remove", material_id=material.public_id))
    assert not default_storage.exists(material.stored_as)


def test_a_file_that_no_row_knows_is_swept_a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    from keino.web.events.services import materials

    event = a_past_event()
    kept = add_file(
        event, title="T", file=SimpleUploadedFile("a.txt", b"text"), publish=False, by=a_coordinator(event.organiser)
    )
    left = default_storage.save(f"{FOLDER}/left.txt", SimpleUploadedFile("left.txt", b"text"))
    assert sweep_materials() == 0
    monkeypatch.setattr(materials, "SWEPT_AFTER", dt.timedelta(seconds=-5))
    sweep_materials()
    assert not default_storage.exists(left)
    assert default_storage.exists(kept.stored_as)
    default_storage.delete(kept.stored_as)
