"""Who applied to the demo's programmes of the past, as their people would have written. Everything here is invented."""

from __future__ import annotations

from dataclasses import dataclass

from keino.web.operations.demo.applying import FIRST, SECOND, Applicant
from keino.web.operations.demo.past_town_applicants import TOWNS


@dataclass(frozen=True)
class Call:
    """A call of the past: what interviews asked, and who applied. Scores are in the order of the edition's criteria."""

    question: str
    applicants: tuple[Applicant, ...]


SOCIAL = Call(
    "Mitä työllistämisestä on jo sovittu omassa organisaatiossa?",
    (
        Applicant(
            "ostoniemi",
            "fi",
            "Haluamme, että palvelusopimuksemme työllistävät pitkään työttömänä olleita.",
            "Siivouspalvelut: ehto työllistämisestä ja sen seuranta sopimuskokouksissa.",
            "Ehtoja on kokeiltu kerran, mutta niitä ei seurattu.",
            "Kolme ihmistä, kaksi päivää kuukaudessa.",
            "Työllisyyspalvelujen kanssa on sovittu yhteistyöstä.",
            "Kerromme tuloksista johtoryhmälle ja sopimusten omistajille.",
            (
                ("Oona Ostoniemi", "vastuu@ostoniemi.example", "hankintapäällikkö"),
                ("Jari Jäsen", "jasen@ostoniemi.example", "sopimusasiantuntija"),
                ("Tiina Työllistäjä", "tyollisyys@ostoniemi.example", "työllisyyspalvelut"),
            ),
            ("Työllisyyspalvelut on mukana alusta asti.", "", ""),
            {FIRST: (4, 3, 4), SECOND: (4, 4, 3)},
        ),
        Applicant(
            "inkopsvik",
            "sv",
            "Vi vill skriva in sysselsättning i avtalen för parker och grönområden.",
            "Skötseln av parker: ett villkor om sysselsättning som små företag klarar.",
            "Många unga saknar arbete, och kommunen köper mycket arbete.",
            "Tre personer, en dag i månaden.",
            "Vi har talat med företagen på orten.",
            "Vi berättar för grannkommunerna.",
            (
                ("Ingrid Inköpare", "ansvarig@inkopsvik.example", "upphandlingsansvarig"),
                ("Edvin Ekonom", "ekonomi@inkopsvik.example", "ekonomichef"),
                ("Pia Park", "park@inkopsvik.example", "parkchef"),
            ),
            ("Företagen är intresserade.", "", ""),
            {FIRST: (3, 3, 3), SECOND: (3, 2, 3)},
        ),
        Applicant(
            "esimerkkivirasto",
            "fi",
            "Haluamme tietää, miten ihmisoikeuksista sovitaan tietotekniikan hankinnoissa.",
            "Työasemien puitesopimus: toimitusketjun selvitys ja sen tarkastaminen.",
            "Ministeriö odottaa meiltä mallia muille virastoille.",
            "Kolme ihmistä, päivä viikossa.",
            "Riskikategoriat on tunnistettu.",
            "Kerromme muille virastoille yhteishankintojen verkostossa.",
            (
                ("Vesa Virasto", "vastuu@virasto.example", "hankintajohtaja"),
                ("Helmi Hyväksyjä", "hyvaksyja@virasto.example", "hallintojohtaja"),
                ("Lauri Laite", "laitteet@virasto.example", "tietohallinto"),
            ),
            ("Riskit on koottu, sopimusehdot puuttuvat.", "", ""),
            {FIRST: (3, 4, 3), SECOND: (3, 3, 3)},
        ),
        *TOWNS,
    ),
)
LOW_CARBON = Call(
    "Kuka johtaa hankintojen päästöjä omassa organisaatiossa, ja mistä aika tulee?",
    (
        Applicant(
            "ostoniemi",
            "fi",
            "Haluamme toimintamallin, jolla hankintojen päästöjä johdetaan viidellä toimialalla samalla tavalla.",
            "Koulujen ja päiväkotien ateriapalvelut: päästöt puoliksi ilman, että hävikki kasvaa.",
            "Valtuusto on päättänyt ilmastotavoitteesta, mutta hankinnoilla ei ole yhteistä johtoa.",
            "Kolme ihmistä, kaksi päivää kuukaudessa. Johtoryhmä käsittelee tulokset.",
            "Hankintojen hiilijalanjälki on laskettu viideltä vuodelta.",
            "Kerromme opeista johtoryhmälle neljännesvuosittain ja naapurikunnille seminaarissa.",
            (
                ("Oona Ostoniemi", "vastuu@ostoniemi.example", "hankintapäällikkö"),
                ("Jari Jäsen", "jasen@ostoniemi.example", "ympäristöasiantuntija"),
                ("Taina Talouspäällikkö", "talous@ostoniemi.example", "talouspäällikkö"),
            ),
            ("Kaupunginjohtaja vie mallin johtoryhmään, ja talousarvioon on varattu aika.", "", ""),
            {FIRST: (4, 4, 3), SECOND: (3, 4, 4)},
        ),
        Applicant(
            "inkopsvik",
            "sv",
            "Vi vill skriva in klimatet i avtalen och lära oss följa upp det.",
            "Skolmaten: växtbaserad lunch och mindre svinn i nästa avtal.",
            "Kommunen har ett klimatmål, men det syns inte i upphandlingen.",
            "Två personer, en dag i veckan under våren.",
            "Vi har en lista på avtalen som går ut nästa år.",
            "Vi berättar för grannkommunerna vid våra möten.",
            (
                ("Ingrid Inköpare", "ansvarig@inkopsvik.example", "upphandlingsansvarig"),
                ("Edvin Ekonom", "ekonomi@inkopsvik.example", "ekonomichef"),
                ("Mats Måltid", "maltid@inkopsvik.example", "måltidschef"),
            ),
            ("Kommundirektören har lovat tiden och är själv med på första mötet.", "", ""),
            {FIRST: (3, 3, 2), SECOND: (3, 4, 2)},
        ),
        Applicant(
            "esimerkkivirasto",
            "fi",
            "Haluamme, että toimitilojen ja laitteiden hankinnat noudattavat valtion ilmastotavoitetta.",
            "Työasemien ja näyttöjen puitesopimus: käyttöikä pitenee, ja käytetyille on oma osa.",
            "Virasto raportoi päästönsä, mutta hankinnoista ei tiedetä, mitkä niistä merkitsevät.",
            "Kolme ihmistä, päivä viikossa.",
            "Sopimukset on koottu yhteen rekisteriin.",
            "Kerromme muille virastoille yhteishankintojen verkostossa.",
            (
                ("Vesa Virasto", "vastuu@virasto.example", "hankintajohtaja"),
                ("Helmi Hyväksyjä", "hyvaksyja@virasto.example", "hallintojohtaja"),
                ("Lauri Laite", "laitteet@virasto.example", "tietohallinto"),
            ),
            ("Hallintojohtaja päättää, ja tavoite tulee ministeriön tulossopimuksesta.", "", ""),
            {FIRST: (3, 4, 3), SECOND: (2, 3, 3)},
        ),
    ),
)
