"""Who is in the demo. Everybody and everything here is invented; addresses end in .example, which belongs to nobody."""

from __future__ import annotations

from dataclasses import dataclass, field

from keino.web.organisations.choices import OrganisationKind as K
from keino.web.organisations.choices import RoleKind as R


@dataclass(frozen=True)
class Place:
    """An organisation of the demo. ``town`` is its key among the example towns, whose ledgers it has."""

    slug: str
    kind: str
    name: dict[str, str]
    language: str = "fi"
    region: str = ""
    population: int | None = None
    town: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class Part:
    """A person of the demo with one role. ``about`` and ``regions`` are what mentors and change agents need."""

    email: str
    name: str
    role: str
    at: str
    language: str = "fi"
    about: str = ""
    regions: tuple[str, ...] = field(default=())


CENTRE = "esimerkkikeskus"
PLACES = (
    Place(CENTRE, K.COMPETENCE_CENTRE, {"fi": "Esimerkkikeskus", "sv": "Exempelcentret", "en": "Example Centre"}),
    Place(
        "esimerkkiministerio",
        K.MINISTRY,
        {"fi": "Esimerkkiministeriö", "sv": "Exempelministeriet", "en": "Ministry of Examples"},
    ),
    Place(
        "haaveministerio",
        K.MINISTRY,
        {"fi": "Haaveministeriö", "sv": "Drömministeriet", "en": "Ministry of Dreams"},
    ),
    Place(
        "tarinamaan-liitto",
        K.REGIONAL_COUNCIL,
        {"fi": "Tarinamaan liitto", "sv": "Sagolandets förbund", "en": "Regional Council of Tarinamaa"},
        region="MK06",
    ),
    Place("satulammen-rakennus", K.COMPANY, {"fi": "Satulammen Rakennus Oy"}),
    Place("luulolaakson-energia", K.COMPANY, {"fi": "Luulolaakson Energia Oy"}),
    Place("pahittsvikens-kok", K.COMPANY, {"sv": "Påhittsvikens Kök Ab"}, language="sv"),
    Place(
        "ostoniemi",
        K.MUNICIPALITY,
        {"fi": "Ostoniemen kaupunki", "sv": "Ostonäs stad", "en": "Town of Ostoniemi"},
        region="MK06",
        population=30_000,
        town="ostoniemi",
        is_public=True,
    ),
    Place(
        "inkopsvik",
        K.MUNICIPALITY,
        {"sv": "Inköpsviks kommun", "fi": "Inköpsvikin kunta", "en": "Municipality of Inköpsvik"},
        language="sv",
        region="MK15",
        population=7_000,
        town="inkopsvik",
        is_public=True,
    ),
    Place(
        "esimerkkivirasto",
        K.STATE_AGENCY,
        {"fi": "Esimerkkivirasto", "sv": "Exempelverket", "en": "Example Agency"},
        town="esimerkkivirasto",
    ),
)

KEEPER = Part("yllapito@keino.example", "Yrjö Ylläpitäjä", R.ADMINISTRATOR, CENTRE)
PEOPLE = (
    Part("koordinaattori@keino.example", "Kaisa Koordinaattori", R.COORDINATOR, CENTRE),
    Part("asiantuntija@keino.example", "Aatos Asiantuntija", R.EXPERT, CENTRE, about="ostoniemi"),
    Part("mentori@keino.example", "Maija Mentori", R.MENTOR, CENTRE, about="inkopsvik"),
    Part("arvioija@keino.example", "Arvo Arvioija", R.EXPERT, CENTRE),
    Part("raati@keino.example", "Raili Raatilainen", R.EXPERT, CENTRE),
    Part("muutosagentti@keino.example", "Mikko Muutosagentti", R.CHANGE_AGENT, "tarinamaan-liitto", regions=("MK06",)),
    Part("virkamies@ministerio.example", "Venla Virkamies", R.MINISTRY_OFFICER, "esimerkkiministerio"),
    Part("tjansteman@ministerio.example", "Tor Tjänsteman", R.MINISTRY_OFFICER, "haaveministerio", language="sv"),
    Part("myyja@satulampi.example", "Satu Satulampi", R.SUPPLIER_USER, "satulammen-rakennus"),
    Part("vastuu@ostoniemi.example", "Oona Ostoniemi", R.RESPONSIBLE_PERSON, "ostoniemi"),
    Part("jasen@ostoniemi.example", "Jari Jäsen", R.MEMBER, "ostoniemi"),
    Part("talous@ostoniemi.example", "Taina Talouspäällikkö", R.APPROVER, "ostoniemi"),
    Part("ansvarig@inkopsvik.example", "Ingrid Inköpare", R.RESPONSIBLE_PERSON, "inkopsvik", language="sv"),
    Part("ekonomi@inkopsvik.example", "Edvin Ekonom", R.APPROVER, "inkopsvik", language="sv"),
    Part("vastuu@virasto.example", "Vesa Virasto", R.RESPONSIBLE_PERSON, "esimerkkivirasto"),
    Part("hyvaksyja@virasto.example", "Helmi Hyväksyjä", R.APPROVER, "esimerkkivirasto"),
)
