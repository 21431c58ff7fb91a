"""The catalogue fits DCAT-AP, and what it says of files is true.

The shapes beside this file state the profile's demands in our words. Who has the publisher's own shapes (Turtle files)
names their folder in ``KEINO_DCAT_AP_SHAPES`` and has them tried too.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from tests.factories.opendata import a_published_run

pytestmark = pytest.mark.django_db

PROFILE = Path(__file__).with_name("dcat_ap_profile.ttl")
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


def catalogue(suffix: str = "ttl") -> Graph:
    answer = Client().get(f"/data/catalogue.{suffix}")
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format=FORMATS[suffix])


def shapes_of(folder: str) -> Graph:
    shapes = Graph()
    for path in sorted(Path(folder).glob("*.ttl")):
        shapes.parse(path)
    return shapes


@pytest.mark.parametrize("suffix", FORMATS)
def test_catalogue_fits_the_profile_in_every_form(suffix: str) -> None:
    a_published_run()
    fits, _graph, report = validate(catalogue(suffix), shacl_graph=Graph().parse(PROFILE))
    assert fits, report


@pytest.mark.parametrize(
    "taken",
    [DCTERMS.title, DCTERMS.publisher, DCAT.accessURL, DCAT.endpointURL, DCTERMS.license, DCAT.contactPoint],
)
def test_profile_notices_what_is_missing(taken: URIRef) -> None:
    graph = catalogue()
    graph.remove((None, taken, None))
    assert not validate(graph, shacl_graph=Graph().parse(PROFILE))[0]


@pytest.mark.skipif("KEINO_DCAT_AP_SHAPES" not in os.environ, reason="KEINO_DCAT_AP_SHAPES names no folder of shapes")
def test_catalogue_fits_the_publishers_own_shapes() -> None:
    a_published_run()
    shapes = shapes_of(os.environ["KEINO_DCAT_AP_SHAPES"])
    assert len(shapes)
    fits, _graph, report = validate(catalogue(), shacl_graph=shapes, allow_warnings=True)
    assert fits, report


def test_every_file_of_the_catalogue_answers_with_its_media_type_and_licence(settings: Any) -> None:
    a_published_run()
    graph = catalogue()
    distributions = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert distributions
    wrong = []
    for one in distributions:
        (address,) = graph.objects(one, DCAT.downloadURL)
        (media_type,) = graph.objects(one, DCAT.mediaType)
        (licence,) = graph.objects(one, DCTERMS.license)
        answer = Client().get(str(address).removeprefix(settings.SITE_ADDRESS))
        sent = answer.headers["Content-Type"].partition(";")[0]
        assert b"".join(answer.streaming_content)
        said = (str(media_type).rpartition("media-types/")[2], f'<{licence}>; rel="license"')
        if answer.status_code != 200 or (sent, answer.headers["Link"]) != said:
            wrong.append((str(address), answer.status_code, sent))
    assert wrong == []


def test_catalogue_names_the_body_that_runs_the_site(settings: Any) -> None:
    settings.RESPONSIBLE_BODY = "Esimerkin kaupunki"
    names = {str(name) for name in catalogue().objects(None, URIRef("http://xmlns.com/foaf/0.1/name"))}
    assert names == {"Esimerkin kaupunki"}


def test_years_of_the_published_footprints_are_in_the_catalogue(settings: Any) -> None:
    run = a_published_run()
    years = sorted(run.totals.values_list("year", flat=True))
    graph = catalogue()
    here = URIRef(f"{settings.SITE_ADDRESS}/data/footprints/#dataset")
    (period,) = graph.objects(here, DCTERMS.temporal)
    assert [str(day) for day in graph.objects(period, DCAT.startDate)] == [f"{years[0]}-01-01"]
    assert [str(day) for day in graph.objects(period, DCAT.endDate)] == [f"{years[-1]}-12-31"]


def test_catalogue_that_is_known_is_not_sent_again() -> None:
    first = Client().get("/data/catalogue.ttl")
    assert Client().get("/data/catalogue.ttl", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    a_published_run()
    assert Client().get("/data/catalogue.ttl", headers={"if-none-match": first.headers["ETag"]}).status_code == 200
