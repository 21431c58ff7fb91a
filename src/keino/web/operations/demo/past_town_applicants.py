"""What the towns wrote that took part in the demo's programme that is over. Everything here is invented."""

from __future__ import annotations

from keino.web.operations.demo.applying import FIRST, SECOND, Applicant
from keino.web.operations.demo.past_towns import people_of

_TITLES = ("hankintapäällikkö", "kaupunginjohtaja", "työllisyyskoordinaattori")
_TEAM = "Kolme ihmistä, kaksi päivää kuukaudessa."


def _of(slug: str, texts: tuple[str, str, str, str, str, str], scores: dict[str, tuple[int, ...]]) -> Applicant:
    """An applicant whose team is the town's own people; ``texts``: interest, pilot, motivation … and the interview."""
    interest, pilot, motivation, groundwork, sharing, said = texts
    leads, manages, helps = people_of(slug)[:3]
    team = tuple(
        (name, email, title)
        for (name, email), title in zip((leads, helps, manages), (_TITLES[0], _TITLES[2], _TITLES[1]), strict=True)
    )
    return Applicant(slug, "fi", interest, pilot, motivation, _TEAM, groundwork, sharing, team, (said, "", ""), scores)


TOWNS = (
    _of(
        "aavistusjoki",
        (
            "Haluamme, että rakennusurakoissa on aina oppisopimuspaikka.",
            "Koulun peruskorjaus: oppisopimuspaikka urakan ehtona.",
            "Nuoria on paljon työttömänä, ja rakennamme kolme kohdetta viidessä vuodessa.",
            "Urakoitsijoiden kanssa on puhuttu kerran.",
            "Kerromme tuloksista maakunnan hankintaverkostossa.",
            "Tekninen johtaja ja työllisyyspalvelut ovat sopineet yhteisestä tavoitteesta.",
        ),
        {FIRST: (4, 3, 3), SECOND: (3, 3, 3)},
    ),
    _of(
        "kangastuslahti",
        (
            "Haluamme seurata, toteutuvatko sopimusten sosiaaliset ehdot.",
            "Kuljetuspalvelut: kuljettajien työehdot ja niiden tarkastaminen.",
            "Ehtoja on monessa sopimuksessa, mutta niitä ei ole tarkistettu.",
            "Sopimukset on koottu yhteen rekisteriin.",
            "Kirjoitamme seurannasta ohjeen, jota muutkin voivat käyttää.",
            "Sopimusten omistajat on nimetty, tarkastuspäiviä ei vielä ole.",
        ),
        {FIRST: (3, 3, 3), SECOND: (3, 3, 2)},
    ),
    _of(
        "sepitelampi",
        (
            "Haluamme ostaa enemmän yhteiskunnallisilta yrityksiltä.",
            "Kiinteistöjen hoito: osa sopimuksesta varataan työpajoille.",
            "Kunnassa on kaksi työpajaa, joilta emme osta mitään.",
            "Varattuja hankintoja on selvitetty kuntaliiton oppaasta.",
            "Kerromme kokemuksista seudun kunnille.",
            "Johtoryhmä on päättänyt kokeilla yhtä varattua hankintaa.",
        ),
        {FIRST: (4, 4, 4), SECOND: (4, 3, 4)},
    ),
    _of(
        "taruvaara",
        (
            "Haluamme, että ostamme tietotekniikkaa, jonka valmistaja tuntee ketjunsa.",
            "Koululaisten tietokoneet: selvitys toimitusketjusta.",
            "Valtuusto kysyi viime vuonna, missä laitteemme tehdään.",
            "Riskituotteet on listattu.",
            "Annamme tarjouspyynnön ehdot muiden käyttöön.",
            "Hankintoja tehdään kahdessa paikassa, ja vastuu on vielä sopimatta.",
        ),
        {FIRST: (3, 2, 3), SECOND: (3, 3, 3)},
    ),
    _of(
        "unelmajarvi",
        (
            "Haluamme työllistämisen ehdot kaikkiin suuriin palvelusopimuksiin.",
            "Ateriapalvelut: työkokeilu ja palkkatuki sopimuksen aikana.",
            "Yhdestä kokeilusta jäi hyvä kokemus, mutta tapa ei levinnyt.",
            "Suurimmat sopimukset ja niiden päättymispäivät tunnetaan.",
            "Esittelemme mallin kaupunkien tapaamisessa.",
            "Kaupunginjohtaja seuraa tavoitetta neljännesvuosittain.",
        ),
        {FIRST: (4, 4, 3), SECOND: (4, 4, 4)},
    ),
    _of(
        "utuniemi",
        (
            "Haluamme oppia, miten pieni hankintayksikkö hoitaa sosiaaliset ehdot.",
            "Puistojen hoito: kesätyöpaikat sopimukseen.",
            "Hankintoja hoitaa yksi ihminen muun työn ohessa.",
            "Puistojen sopimus päättyy ensi vuonna.",
            "Kerromme opeista naapurikunnille.",
            "Aika on varattu, mutta sijaista ei ole.",
        ),
        {FIRST: (3, 2, 2), SECOND: (2, 3, 3)},
    ),
)
