"""What the demo's towns wrote into their operating model and category plans. Everything is invented."""

from __future__ import annotations

from typing import Any

#: Columns of Ostoniemi's operating model.
MODEL: dict[str, Any] = {
    "purpose": "Toimintamalli kertoo, miten johdamme hankintoja niin, että niiden päästöt laskevat "
    "sovitusti: kuka tekee "
    "mitä, milloin päätetään ja mistä näemme, toimiiko se.",
    "scope": "Malli koskee kaupungin kaikkia tavara-, palvelu- ja urakkahankintoja arvosta riippumatta. "
    "Yhteishankinnoissa "
    "toimimme sen mukaan siltä osin kuin päätämme niistä itse.",
    "strategy_link": "Malli toteuttaa kaupunkistrategian kohtaa ”Hiilineutraali Ostoniemi” ja ilmasto-ohjelman "
    "toimenpiteitä 3.1–3.4.",
    "budget_link": "Kategoriasuunnitelmat kirjoitetaan ennen talousarvioraamia. Lisäinvestoinnit ja "
    "elinkaaren aikaiset "
    "säästöt esitetään toimialojen talousarvioesityksissä.",
    "policies": "Kysymme ensin, tarvitseeko ostaa lainkaan.\nPäätämme elinkaarikustannusten, emme pelkän "
    "hankintahinnan "
    "perusteella.\nAloitamme kategorioista, jotka aiheuttavat eniten päästöjä.",
    "criteria_policy": "Jokaisessa suunnitellun kategorian kilpailutuksessa on vähintään yksi päästöjä "
    "vähentävä vaatimus "
    "tai vertailuperuste ja tapa todentaa se. Kriteerit otetaan ensisijaisesti Kriteeripankista.",
    "dialogue_policy": "Kerromme tulevista kilpailutuksista puoli vuotta etukäteen ja käymme "
    "markkinavuoropuhelun ennen "
    "jokaista merkittävää hankintaa. Kaikki yritykset saavat samat tiedot.",
    "category_owners": "Jokaisella suunnitellulla kategorialla on yksi omistaja, joka vastaa suunnitelman "
    "tavoitteista.",
    "decision_gates": [
        {
            "gate": "Onko tarvetta ostaa?",
            "decided_by": "Toimialajohtaja",
            "needs": "Tarve, käyttäjät ja vaihtoehdot ilman hankintaa",
        },
        {
            "gate": "Kilpailutuksen tavoitteet ja kriteerit",
            "decided_by": "Kategorian omistaja",
            "needs": "Kategoriasuunnitelma, markkinavuoropuhelu, elinkaarikustannukset",
        },
        {"gate": "Hankintapäätös", "decided_by": "Hallintosäännön mukaan", "needs": "Vertailu ja todentaminen"},
    ],
    "indicators": [
        {
            "indicator": "Hankintojen hiilijalanjälki",
            "unit": "t CO₂e",
            "target": "ilmastotavoitteen mukaan",
            "source": "Ostoreskontra, vuosittainen laskenta",
        },
        {
            "indicator": "Voimassa olevan suunnitelman kattamien kategorioiden osuus hankinnoista",
            "unit": "%",
            "target": "60 % vuonna 2028",
            "source": "Kategoriasuunnitelmat",
        },
    ],
    "monitoring": "Johtoryhmä käsittelee mittarit keväällä ja syksyllä, valtuusto tilinpäätöksen yhteydessä.",
    "annual_clock": {
        "1": "Edellisen vuoden ostoreskontra lähetetään ja tarkistetaan.",
        "2": "Hiilijalanjälki lasketaan, painopisteet käydään läpi.",
        "4": "Kategoriasuunnitelmat tarkistetaan ennen talousarvioraamia.",
        "6": "Tulokset valtuustolle tilinpäätöksen yhteydessä.",
        "9": "Talousarvioesitykset; markkinoille kerrotaan ensi vuoden kilpailutuksista.",
        "11": "Valtuusto päättää talousarviosta.",
    },
    "review_cycle": "Tarkistamme mallin joka vuosi joulukuussa. Muutokset hyväksytään uutena versiona.",
    "improvement": "Jokaisen merkittävän sopimuksen jälkeen kirjataan, mikä toimi ja mikä ei. Opit viedään "
    "kategorian "
    "suunnitelmaan ja tähän malliin.",
}
ROLES = (
    (
        "leader",
        "Kaupunginjohtaja",
        "Kytkee hankinnat ilmastotavoitteeseen, antaa valtuudet ja kysyy tuloksia kahdesti vuodessa.",
    ),
    ("manager", "Hankintapäällikkö", "Vastaa kategoriasuunnitelmista, kilpailutuskalenterista ja osaamisesta."),
    (
        "expert",
        "Toimialojen hankinta-asiantuntijat",
        "Kuvaavat tarpeen, valitsevat kriteerit, laskevat ja seuraavat sopimuksia.",
    ),
)
#: What the draft of the second version says otherwise.
MODEL_2 = {
    "dialogue_policy": "Kerromme tulevista kilpailutuksista vuotta etukäteen ja käymme markkinavuoropuhelun "
    "ennen jokaista "
    "merkittävää hankintaa. Kaikki yritykset saavat samat tiedot. Vuoropuhelun tulokset kirjataan hankinnan "
    "tietoihin.",
}

BUSES: dict[str, Any] = {
    "scope": "Koulukyydit ja muut tilatut henkilökuljetukset. Asiakasseteleillä järjestetyt kyydit eivät "
    "kuulu suunnitelmaan.",
    "market_view": "Seudulla on viisi liikennöitsijää, joista kahdella on sähköbusseja. Latauspaikat ratkaisevat.",
    "goals": [
        {
            "indicator": "Koulukyytien päästöt vuodessa",
            "baseline": "300",
            "target": "120",
            "unit": "t CO₂e",
            "deadline": "2029-12-31",
        },
        {
            "indicator": "Sähköllä ajettujen kilometrien osuus",
            "baseline": "5",
            "target": "70",
            "unit": "%",
            "deadline": "2029-12-31",
        },
    ],
    "criteria": [
        {
            "text": "Vähintään puolet kilometreistä ajetaan sähköllä ensimmäisestä lukuvuodesta alkaen.",
            "link": "",
            "source": "Kriteeripankki, kuljetuspalvelut, edelläkävijätaso",
        },
    ],
    "risks": [
        {"risk": "Latauspaikat eivät valmistu ajoissa.", "response": "Siirtymäaika sopimuksessa, varikon sähkö ensin."},
    ],
    "indicators": [{"indicator": "Kyydin keskikuorma", "unit": "oppilasta", "source": "Liikennöitsijän raportti"}],
    "budget_link": "Talousarvio 2027, sivistystoimi, kuljetuspalvelut: lisätarve 60 000 € vuodessa.",
}
MEALS: dict[str, Any] = {
    "scope": "Koulujen ja päiväkotien ateriapalvelut, jotka ostetaan ulkoa.",
    "market_view": "Tarjoajia on vähän, mutta kasvispainotteisesta ruokalistasta on kokemusta naapurikunnista.",
    "goals": [
        {
            "indicator": "Ateriapalvelujen päästöt vuodessa",
            "baseline": "700",
            "target": "500",
            "unit": "t CO₂e",
            "deadline": "2028-12-31",
        }
    ],
    "risks": [
        {"risk": "Ruokahävikki kasvaa, jos ruokalistaa muutetaan nopeasti.", "response": "Kokeilu kahdessa koulussa."}
    ],
    "no_budget_effect": True,
}
HEAT: dict[str, Any] = {
    "scope": "Kaupungin omien kiinteistöjen kaukolämpö.",
    "goals": [
        {
            "indicator": "Ostettu lämpöenergia",
            "baseline": "21000",
            "target": "18000",
            "unit": "MWh",
            "deadline": "2030-12-31",
        }
    ],
    "budget_link": "Investointiohjelma 2027–2030, rakennusautomaatio 400 000 €.",
}
POWER: dict[str, Any] = {"scope": "Sähköenergia ja siirto. Suunnitelmaa kirjoitetaan."}
COMMENT = "Hyvä alku. Kysykää vuoropuhelussa myös hävikin mittaamisesta: se kannattaa pyytää jo tarjouksessa."

MEALS_SV: dict[str, Any] = {
    "scope": "Måltider till skolor och daghem som köps av utomstående.",
    "market_view": "Två leverantörer i regionen; båda har vana av växtbaserade rätter.",
    "goals": [
        {
            "indicator": "Måltidernas utsläpp per år",
            "baseline": "160",
            "target": "110",
            "unit": "t CO₂e",
            "deadline": "2028-12-31",
        }
    ],
    "risks": [{"risk": "Få anbud.", "response": "Marknadsdialog i god tid."}],
    "budget_link": "Budget 2027, bildningsväsendet, kosthållet.",
}
