"""Finnish and Swedish addresses: each leads for good to the one address of its page, in that language.

The words in the path are those of the code, the command line and the method pages, which are English; an address that
somebody types or prints may be in their own language. A page that this installation doesn't have is not found.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path

from keino.web.base.addresses import address_or_none

#: Address → language and name of its page.
TRANSLATED = {
    "jalanjalki/": ("fi", "measurement:try"),
    "jalanjälki/": ("fi", "measurement:try"),
    "fotavtryck/": ("sv", "measurement:try"),
    "koti/": ("fi", "dashboards:person_home"),
    "hem/": ("sv", "dashboards:person_home"),
    "omat-tiedot/": ("fi", "accounts:me"),
    "mitt-konto/": ("sv", "accounts:me"),
    "organisaatiot/": ("fi", "organisations:directory"),
    "organisationer/": ("sv", "organisations:directory"),
    "mittaaminen/": ("fi", "dashboards:national"),
    "matning/": ("sv", "dashboards:national"),
    "mätning/": ("sv", "dashboards:national"),
    "tutkimukset/": ("fi", "surveys:public_studies"),
    "undersokningar/": ("sv", "surveys:public_studies"),
    "undersökningar/": ("sv", "surveys:public_studies"),
    "lomakkeet/": ("fi", "surveys:register"),
    "blanketter/": ("sv", "surveys:register"),
    "avoin-data/": ("fi", "opendata:front"),
    "oppna-data/": ("sv", "opendata:front"),
    "öppna-data/": ("sv", "opendata:front"),
    "tietoa/": ("fi", "about:front"),
    "tietoa/menetelmat/": ("fi", "about:methods"),
    "tietoa/menetelmät/": ("fi", "about:methods"),
    "tietoa/lahteet/": ("fi", "about:sources"),
    "tietoa/lähteet/": ("fi", "about:sources"),
    "tietoa/saavutettavuus/": ("fi", "about:accessibility"),
    "tietoa/tietosuoja/": ("fi", "about:privacy"),
    "tietoa/palaute/": ("fi", "about:feedback"),
    "saavutettavuus/": ("fi", "about:accessibility"),
    "tietosuoja/": ("fi", "about:privacy"),
    "palaute/": ("fi", "about:feedback"),
    "om/": ("sv", "about:front"),
    "om/metoder/": ("sv", "about:methods"),
    "om/kallor/": ("sv", "about:sources"),
    "om/källor/": ("sv", "about:sources"),
    "om/tillganglighet/": ("sv", "about:accessibility"),
    "om/tillgänglighet/": ("sv", "about:accessibility"),
    "om/dataskydd/": ("sv", "about:privacy"),
    "om/respons/": ("sv", "about:feedback"),
    "tillganglighet/": ("sv", "about:accessibility"),
    "tillgänglighet/": ("sv", "about:accessibility"),
    "dataskydd/": ("sv", "about:privacy"),
    "respons/": ("sv", "about:feedback"),
    "tapahtumat/": ("fi", "events:list"),
    "evenemang/": ("sv", "events:list"),
    "ohjelmat/": ("fi", "programmes:programmes"),
    "akatemiat/": ("fi", "programmes:programmes"),
    "program/": ("sv", "programmes:programmes"),
    "akademier/": ("sv", "programmes:programmes"),
    "kirjaudu/": ("fi", "account_login"),
    "logga-in/": ("sv", "account_login"),
    "ohjelmat/alumnit/": ("fi", "cohorts:alumni"),
    "program/alumner/": ("sv", "cohorts:alumni"),
    "ohjelmat/mallit/": ("fi", "cohorts:templates"),
    "program/mallar/": ("sv", "cohorts:templates"),
    "ohjelmat/vaikutus/": ("fi", "cohorts:effect"),
    "ohjelmat/vaikuttavuus/": ("fi", "cohorts:effect"),
    "program/effekt/": ("sv", "cohorts:effect"),
}

#: The same for the steps and rooms of an organisation: ``/o/<organisation>/<word>/``.
TRANSLATED_OF_ORGANISATION = {
    "ostoreskontra": ("fi", "measurement:ledgers"),
    "leverantorsreskontra": ("sv", "measurement:ledgers"),
    "leverantörsreskontra": ("sv", "measurement:ledgers"),
    "jalanjalki": ("fi", "dashboards:footprint"),
    "jalanjälki": ("fi", "dashboards:footprint"),
    "fotavtryck": ("sv", "dashboards:footprint"),
    "painopisteet": ("fi", "dashboards:hotspots"),
    "tyngdpunkter": ("sv", "dashboards:hotspots"),
    "suunnitelma": ("fi", "plans:plan"),
    "planering": ("sv", "plans:plan"),  # "plan" itself is the page's own address
    "hankinnat": ("fi", "procurements:procurements"),
    "upphandlingar": ("sv", "procurements:procurements"),
    "sopimukset": ("fi", "procurements:contracts"),
    "avtal": ("sv", "procurements:contracts"),
    "seuranta": ("fi", "followup:follow_up"),
    "uppfoljning": ("sv", "followup:follow_up"),
    "uppföljning": ("sv", "followup:follow_up"),
    "itsearviointi": ("fi", "surveys:maturity"),
    "sjalvutvardering": ("sv", "surveys:maturity"),
    "självutvärdering": ("sv", "surveys:maturity"),
    "lomakkeet": ("fi", "surveys:forms_to_answer"),
    "blanketter": ("sv", "surveys:forms_to_answer"),
    "hakemukset": ("fi", "programmes:applications"),
    "ansokningar": ("sv", "programmes:applications"),
    "ansökningar": ("sv", "programmes:applications"),
    "ihmiset": ("fi", "organisations:people"),
    "henkilot": ("fi", "organisations:people"),
    "henkilöt": ("fi", "organisations:people"),
    "personer": ("sv", "organisations:people"),
    "manniskor": ("sv", "organisations:people"),
    "människor": ("sv", "organisations:people"),
    "asetukset": ("fi", "organisations:settings"),
    "installningar": ("sv", "organisations:settings"),
    "inställningar": ("sv", "organisations:settings"),
    "sparraus": ("fi", "cohorts:sparring_log"),
    "bollplank": ("sv", "cohorts:sparring_log"),
    "digisparraus": ("fi", "cohorts:digital_cases"),
    "digitalt-bollplank": ("sv", "cohorts:digital_cases"),
    "opit": ("fi", "cohorts:lessons"),
    "lardomar": ("sv", "cohorts:lessons"),
    "lärdomar": ("sv", "cohorts:lessons"),
}


def to_canonical(request: HttpRequest, *, language: str, page: str, **arguments: Any) -> HttpResponse:
    """Redirect for good to a page's own address, which then speaks the language of the address that was asked for."""
    address = address_or_none(page, **arguments)
    if address is None:
        raise Http404
    query = request.GET.copy()
    if "language" not in query:
        query["language"] = language
    return HttpResponsePermanentRedirect(f"{address}?{urlencode(list(query.lists()), doseq=True)}")


def patterns() -> list[URLPattern]:
    """The translated addresses, for ``urls.py``."""
    of_site = [
        path(
            address, to_canonical, {"language": language, "page": page}, name=f"translated-{address.replace('/', '-')}"
        )
        for address, (language, page) in TRANSLATED.items()
    ]
    of_organisation = [
        path(f"o/<slug:slug>/{word}/", to_canonical, {"language": language, "page": page}, name=f"translated-o-{word}")
        for word, (language, page) in TRANSLATED_OF_ORGANISATION.items()
    ]
    return of_site + of_organisation
