"""What people of the demo wrote in the academy, in their own languages. All of it is invented."""

from __future__ import annotations

PARTS = {"ostoniemi": "Hankinnat", "inkopsvik": "Upphandling", "esimerkkivirasto": "Hankinnat"}

ASSIGNMENTS = {
    "pre": (
        "Ennakkotehtävä: missä olemme nyt",
        (
            "Kuvatkaa enintään kahdella sivulla, miten kestäviä hankintoja johdetaan teillä tänään: kuka päättää, mitä "
            "seurataan ja mikä ei toimi. Kertokaa myös, minkä pilotin tuotte mukaan."
        ),
    ),
    "next": (
        "Merkittävimmät kategoriat",
        (
            "Valitkaa kolme kategoriaa, joissa päästöjä voi vähentää eniten. Perustelkaa valinta luvuilla ja kertokaa, "
            "milloin seuraavat kilpailutukset alkavat."
        ),
    ),
    "end": (
        "Mitä opimme",
        "Kirjatkaa kolme oppia, jotka toinen organisaatio voi ottaa käyttöön sellaisenaan.",
    ),
}
WANTED = {
    "operating_model": "Roolit, päätöskohdat ja vuosikello. Lähtökohtana on oma tavoitteenne.",
    "development_plan": "Nykytila, tavoite, askeleet ja resurssit.",
    "pilot_procurement": "Vuoropuhelu ennen tarjouspyyntöä; kirjatkaa, mitä se muutti.",
}
MATERIAL = (
    "Käynnistystilaisuuden koonti",
    "Yhteiset havainnot: kategoriajohtaminen puuttuu useimmilta, vuoropuheluun varataan liian vähän aikaa.",
)

ANSWERS = {
    "ostoniemi": "Hankinnat on hajautettu viidelle toimialalle. Strategia on hyväksytty, mutta seurantaa ei ole "
    "sovittu. Pilottina on koulujen ja päiväkotien ateriapalvelut.",
    "inkopsvik": "Vi är två som sköter upphandlingen vid sidan av annat. Det finns inga mål för klimatet i avtalen. "
    "Piloten är inte vald ännu.",
}
ACCEPTED = "Selkeä kuvaus. Tuokaa seurannan puute esiin myös johtoryhmälle."
CATEGORIES = "Ateriapalvelut, rakentaminen ja kuljetukset."
RETURNED = "Lisätkää euromäärät ja päästöt: ne ovat valmiina jalanjäljessä. Mistä tiedätte, että kuljetukset on kolmas?"
LOOK_AT = "Riittävätkö päätöskohdat, kun hankintoja tehdään viidellä toimialalla?"
MODEL_FEEDBACK = "Päätöskohdat ovat hyvät. Vuosikellosta puuttuu hetki, jolloin mallia itseään parannetaan."
COMMENT = "Kiitos. Kirjaamme vuosikelloon joulukuulle arvioinnin ja viemme sen samalla toimintakertomukseen."
PRESENTATION = "Päätetään toimintamallin käyttöönotosta ja pilotin aikataulusta."

DRAFT = "Livsmedel, vägunderhåll och"
PLAN = {
    "as_is": "Upphandlingen sköts av två personer utan gemensam modell. Klimatet nämns inte i avtalen.",
    "target": "Vid utgången av nästa år har alla nya avtal över 60 000 euro ett klimatkrav som följs upp.",
    "steps": [
        {"what": "Gå igenom avtalen som går ut nästa år", "who": "Upphandlingsansvarig", "by": ""},
        {"what": "Skriva en modell för kraven", "who": "Arbetsgruppen", "by": ""},
    ],
    "resources": "En dag i veckan under våren.",
}
