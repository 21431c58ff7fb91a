"""The catalogue of the open data by DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/).

Codes of the EU's authority tables are typed and named in the graph itself, so that it can be checked without fetching
them.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from keino.web.opendata.catalogue import LANGUAGES, Column, Dataset, datasets
from keino.web.opendata.choices import FORMATS, Format
from keino.web.opendata.licences import OURS, Licence
from keino.web.opendata.queries import Stand

_EU = "http://publications.europa.eu/resource/authority/"
_LANGUAGES = {"fi": "FIN", "sv": "SWE", "en": "ENG"}
#: Forms of the catalogue itself: suffix → (media type, rdflib's name).
CATALOGUE_FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
}
DCATAP = Namespace("http://data.europa.eu/r5r/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_THEMES = (("ENVI", "Environment"), ("GOVE", "Government and public sector"))
#: File types of the EU's table; Parquet is named by its media type instead.
_EU_FILE_TYPES = frozenset({"CSV", "JSON", "XLSX"})


def address(name: str, **arguments: str) -> URIRef:
    """The address of one of our pages, as a name for what it shows."""
    return URIRef(f"{settings.SITE_ADDRESS}{reverse(name, kwargs=arguments)}")


def catalogue() -> Graph:
    """Catalogue, datasets, their files and the programming interface."""
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", VCARD), ("skos", SKOS)):
        graph.bind(prefix, space)
    graph.bind("dcatap", DCATAP)
    here = URIRef(f"{address('opendata:front')}#catalogue")
    publisher = _publisher(graph)
    graph.add((here, RDF.type, DCAT.Catalog))
    _text(
        graph, here, DCTERMS.title, {"fi": "keinon avoin data", "sv": "keinos öppna data", "en": "Open data of keino"}
    )
    _text(
        graph,
        here,
        DCTERMS.description,
        {"en": "Footprints of public purchases that organisations published, and the facts they were worked out from."},
    )
    graph.add((here, DCTERMS.publisher, publisher))
    graph.add((here, DCTERMS.license, _licence(graph, OURS)))
    graph.add((here, FOAF.homepage, _document(graph, address("opendata:front"))))
    graph.add((here, DCTERMS.spatial, _finland(graph)))
    for language in LANGUAGES:
        graph.add((here, DCTERMS.language, _language(graph, language)))
    themes = URIRef(f"{_EU}data-theme")
    graph.add((themes, RDF.type, SKOS.ConceptScheme))
    graph.add((themes, DCTERMS.title, Literal("Data theme", lang="en")))
    graph.add((here, DCAT.themeTaxonomy, themes))
    service = _service(graph)
    graph.add((here, DCAT.service, service))
    changed = []
    for dataset in datasets():
        stand = dataset.stand()
        changed += [stand.changed_at] if stand.changed_at else []
        graph.add((here, DCAT.dataset, _dataset(graph, dataset, stand, publisher, service)))
    if changed:
        graph.add((here, DCTERMS.modified, _moment(max(changed))))
    return graph


def _dataset(graph: Graph, dataset: Dataset, stand: Stand, publisher: URIRef, service: URIRef) -> URIRef:
    page = address("opendata:dataset", key=dataset.key)
    here = URIRef(f"{page}#dataset")
    graph.add((here, RDF.type, DCAT.Dataset))
    _text(graph, here, DCTERMS.title, dataset.titles)
    _text(graph, here, DCTERMS.description, dataset.about)
    graph.add((here, DCTERMS.identifier, Literal(str(page))))
    graph.add((here, DCTERMS.publisher, publisher))
    graph.add((here, DCAT.contactPoint, _contact(graph)))
    graph.add((here, DCAT.landingPage, _document(graph, page)))
    graph.add((here, DCTERMS.spatial, _finland(graph)))
    graph.add((here, DCTERMS.accessRights, _typed(graph, "access-right/PUBLIC", DCTERMS.RightsStatement)))
    frequency = _typed(graph, f"frequency/{dataset.frequency}", DCTERMS.Frequency)
    graph.add((here, DCTERMS.accrualPeriodicity, frequency))
    for code, title in _THEMES:
        graph.add((here, DCAT.theme, _concept(graph, f"data-theme/{code}", title)))
    for keyword in dataset.keywords:
        graph.add((here, DCAT.keyword, Literal(keyword, lang="en")))
    for language in LANGUAGES if _is_in_all_languages(dataset.columns) else ("en",):
        graph.add((here, DCTERMS.language, _language(graph, language)))
    if dataset.edition:
        graph.add((here, URIRef(f"{DCAT}version"), Literal(dataset.edition)))  # of DCAT 3, which rdflib lacks
    if stand.changed_at:
        graph.add((here, DCTERMS.modified, _moment(stand.changed_at)))
    if years := stand.years or dataset.years:
        graph.add((here, DCTERMS.temporal, _period(graph, *years)))
    graph.add((service, DCAT.servesDataset, here))
    for form in FORMATS.values():
        graph.add((here, DCAT.distribution, _distribution(graph, dataset, stand, form)))
    return here


def _is_in_all_languages(columns: tuple[Column, ...]) -> bool:
    return any(column.name.endswith("_sv") for column in columns)


def _distribution(graph: Graph, dataset: Dataset, stand: Stand, form: Format) -> URIRef:
    file = address("opendata:file", key=dataset.key, suffix=form.suffix)
    here = URIRef(f"{file}#distribution")
    graph.add((here, RDF.type, DCAT.Distribution))
    _text(graph, here, DCTERMS.title, {code: f"{title} ({form.title})" for code, title in dataset.titles.items()})
    graph.add((here, DCTERMS.description, Literal(f"All rows as one {form.title} file.", lang="en")))
    graph.add((here, DCAT.accessURL, file))
    graph.add((here, DCAT.downloadURL, file))
    graph.add((here, DCTERMS.license, _licence(graph, dataset.licence)))
    media_type = URIRef(f"https://www.iana.org/assignments/media-types/{form.media_type}")
    graph.add((media_type, RDF.type, DCTERMS.MediaType))
    graph.add((here, DCAT.mediaType, media_type))
    file_type = media_type
    if form.eu_name in _EU_FILE_TYPES:
        file_type = _typed(graph, f"file-type/{form.eu_name}", DCTERMS.MediaTypeOrExtent)
    graph.add((file_type, RDF.type, DCTERMS.MediaTypeOrExtent))
    graph.add((here, DCTERMS["format"], file_type))
    graph.add((here, DCATAP.availability, _concept(graph, "planned-availability/AVAILABLE", "Available")))
    if stand.changed_at:
        graph.add((here, DCTERMS.modified, _moment(stand.changed_at)))
    return here


def _service(graph: Graph) -> URIRef:
    here = URIRef(f"{address('opendata:api')}#service")
    graph.add((here, RDF.type, DCAT.DataService))
    _text(graph, here, DCTERMS.title, {"en": "Programming interface of keino"})
    graph.add((here, DCAT.endpointURL, URIRef(f"{settings.SITE_ADDRESS}/api/v1/")))
    graph.add((here, DCAT.endpointDescription, URIRef(f"{settings.SITE_ADDRESS}/api/v1/openapi.json")))
    graph.add((here, DCTERMS.license, _licence(graph, OURS)))
    return here


def _publisher(graph: Graph) -> URIRef:
    here = URIRef(f"{settings.SITE_ADDRESS}/#publisher")
    graph.add((here, RDF.type, FOAF.Agent))
    graph.add((here, FOAF.name, Literal(settings.RESPONSIBLE_BODY or f"keino at {settings.SITE_ADDRESS}")))
    return here


def _contact(graph: Graph) -> URIRef:
    here = URIRef(f"{settings.SITE_ADDRESS}/#contact")
    graph.add((here, RDF.type, VCARD.Kind))
    graph.add((here, RDF.type, VCARD.Organization))
    graph.add((here, VCARD.fn, Literal(settings.RESPONSIBLE_BODY or "keino")))
    graph.add((here, VCARD.hasURL, address("about:feedback")))
    if settings.CONTACT_ADDRESS:
        graph.add((here, VCARD.hasEmail, URIRef(f"mailto:{settings.CONTACT_ADDRESS}")))
    return here


def _licence(graph: Graph, licence: Licence) -> URIRef:
    here = URIRef(licence.url)
    graph.add((here, RDF.type, DCTERMS.LicenseDocument))
    graph.add((here, RDFS.label, Literal(licence.name)))
    return here


def _document(graph: Graph, page: URIRef) -> URIRef:
    graph.add((page, RDF.type, FOAF.Document))
    return page


def _finland(graph: Graph) -> URIRef:
    return _typed(graph, "country/FIN", DCTERMS.Location)


def _language(graph: Graph, language: str) -> URIRef:
    return _typed(graph, f"language/{_LANGUAGES[language]}", DCTERMS.LinguisticSystem)


def _typed(graph: Graph, code: str, kind: URIRef) -> URIRef:
    here = URIRef(f"{_EU}{code}")
    graph.add((here, RDF.type, kind))
    return here


def _concept(graph: Graph, code: str, title: str) -> URIRef:
    here = _typed(graph, code, SKOS.Concept)
    graph.add((here, SKOS.prefLabel, Literal(title, lang="en")))
    return here


def _period(graph: Graph, first: int, last: int) -> BNode:
    here = BNode(f"years{first}to{last}")
    graph.add((here, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((here, DCAT.startDate, Literal(f"{first}-01-01", datatype=XSD.date)))
    graph.add((here, DCAT.endDate, Literal(f"{last}-12-31", datatype=XSD.date)))
    return here


def _text(graph: Graph, thing: URIRef, what: URIRef, texts: dict[str, str]) -> None:
    for language, text in texts.items():
        graph.add((thing, what, Literal(text, lang=language)))


def _moment(moment: dt.datetime) -> Literal:
    return Literal(moment.astimezone(dt.UTC).isoformat(timespec="seconds"), datatype=XSD.dateTime)
