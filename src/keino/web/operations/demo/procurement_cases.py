"""The procurements of the demo, as their people would have written them. Everything here is invented.

Days count from the day the demo is filled, so that it stays alive; the cleaning of schools has the printed days of the
thresholds' example (docs/methods/thresholds.md).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from keino.web.operations.demo.procurement_case import Case, Written, criterion, risk
from keino.web.procurements.choices import (
    Affected,
    CriterionKind,
    CriterionLevel,
    InnovationClass,
    Procedure,
    ProcurementState,
    PurchaseKind,
    RecordKind,
    RiskSource,
    RiskState,
    SelectionBasis,
    Theme,
)
from keino.web.procurements.services.records import Award, Learnt

S, K = ProcurementState, RecordKind
_MINIMUM, _AWARD, _TERM = CriterionKind.MINIMUM_REQUIREMENT, CriterionKind.AWARD_CRITERION, CriterionKind.CONTRACT_TERM
_BASIC, _FRONT = CriterionLevel.BASIC, CriterionLevel.FRONT_RUNNER

OSTONIEMI = (
    Case(
        "Koulujen ja päiväkotien ateriapalvelut",
        "Kahdeksan koulua ja viisi päiväkotia tarvitsevat lämpimän aterian joka arkipäivä. Nykyinen sopimus päättyy "
        "ensi vuoden lopussa. Tavoitteena on puolittaa aterioiden ilmastopäästöt ilman, että ruokahävikki kasvaa.",
        S.DIALOGUE,
        "FOOD.CATERING",
        (Theme.LOW_CARBON, Theme.SOCIAL),
        75,
        {
            "cpv": "55524000-9",
            "purchase_kind": PurchaseKind.OTHER_SPECIAL_SERVICES,
            "estimated_value_eur": Decimal(3_200_000),
            "procedure": Procedure.NEGOTIATED,
            "is_significant": True,
            "affects": [Affected.USERS, Affected.ENVIRONMENT],
            "innovation_class": InnovationClass.NEW_TO_BUYER,
            "innovation_note": "Maksu perustuu syötyihin, ei valmistettuihin aterioihin.",
        },
        {
            K.NEED_STATEMENT: Written(
                "Ateriat on järjestettävä lain mukaan. Oma tuotanto selvitettiin ja hylättiin.", 120
            ),
            K.PROCUREMENT_PLAN: Written(
                "Tavoite: ateriapäästöt −50 % vuoteen 2030. Budjetti 800 000 € vuodessa. Riskit listattu.", 70
            ),
        },
        criteria=(
            criterion(
                _MINIMUM,
                _BASIC,
                "Kasvisvaihtoehto on tarjolla joka päivä kaikille.",
                "Neljän viikon ruokalista.",
                source="Kriteeripankki",
            ),
            criterion(
                _AWARD,
                _FRONT,
                "Aterian keskimääräinen hiilijalanjälki on alle 0,8 kg CO₂e.",
                "Laskelma neljän viikon ruokalistasta; tilaaja tarkistaa puolivuosittain.",
                20,
                "Kriteeripankki",
            ),
            criterion(
                _TERM,
                _BASIC,
                "Lautashävikki punnitaan viikoittain ja raportoidaan kouluittain.",
                "Raportti kuukausittain; puuttuvasta raportista 500 € sopimussakko.",
            ),
        ),
        risks=(
            risk(RiskSource.MARKET, "Tarjouksia tulee vain yksi.", 3, 4, "Vuoropuhelu ja jako kahteen osaan."),
            risk(RiskSource.OBJECT, "Oppilaat eivät syö uusia kasvisruokia.", 3, 3, "Maistatukset ennen vaihtoa."),
        ),
    ),
    Case(
        "Koulujen siivous, keskusta",
        "Neljän keskustan koulun siivous. Aiempi sopimus päättyi kesällä 2025.",
        S.CONTRACT,
        "CLEAN.CLEANING",
        (Theme.SOCIAL,),
        dt.date(2025, 3, 1),
        {
            "cpv": "90911200",
            "purchase_kind": PurchaseKind.SERVICES,
            "estimated_value_eur": Decimal(140_500),
            "procedure": Procedure.OPEN,
        },
        {
            K.NEED_STATEMENT: Written("Siivous on ostettava, oma henkilöstö ei riitä.", 760),
            K.PROCUREMENT_PLAN: Written("Avoin menettely, neljä vuotta, arvo optioineen 140 500 €.", 720),
            K.DIALOGUE_REPORT: Written(
                "Markkina tunnetaan edelliseltä kierrokselta, vuoropuhelua ei tarvittu.", 700, True
            ),
            K.AWARD_DECISION: Written(
                "Paras hinta-laatusuhde: eniten pisteitä perehdytyksestä.", 560, reference="§ 41/2025"
            ),
        },
        award=Award("Satumaan Siivous Oy", Decimal(128_400), 4, SelectionBasis.PRICE_QUALITY),
        criteria=(
            criterion(
                _MINIMUM,
                _BASIC,
                "Puhdistusaineilla on Joutsenmerkki tai vastaava.",
                "Ainelista ja merkkitodistukset.",
                source="Kriteeripankki",
            ),
            criterion(
                _TERM,
                _BASIC,
                "Palkat vähintään työehtosopimuksen mukaiset.",
                "Pistokoe kerran vuodessa palkkalaskelmista.",
            ),
        ),
    ),
    Case(
        "Kannettavat tietokoneet elinkaaripalveluna",
        "Opettajille 1 200 kannettavaa. Laitteiden käyttöikää halutaan pidentää viiteen vuoteen.",
        S.TENDER_PREP,
        "ICT.HARDWARE",
        (Theme.CIRCULAR, Theme.DIGITAL),
        12,
        {
            "cpv": "30213100-6",
            "purchase_kind": PurchaseKind.GOODS,
            "estimated_value_eur": Decimal(380_000),
            "procedure": Procedure.OPEN,
            "innovation_class": InnovationClass.NEW_TO_BUYER,
            "is_process_innovation": True,
            "innovation_note": "Ensimmäinen kerta, kun laitteet ostetaan palveluna ja kunnostettuja hyväksytään.",
        },
        {
            K.NEED_STATEMENT: Written("Nykyiset laitteet ovat kuusivuotiaita. Korjaaminen selvitettiin ensin.", 150),
            K.PROCUREMENT_PLAN: Written("Palveluna viideksi vuodeksi; kunnostetut laitteet hyväksytään.", 90),
            K.DIALOGUE_REPORT: Written("Viisi toimittajaa. Kunnostettuja saa, kun malleja on enintään kolme.", 30),
        },
        criteria=(
            criterion(
                _MINIMUM,
                _BASIC,
                "Akun voi vaihtaa ilman liimausta, varaosia saa seitsemän vuotta.",
                "Huolto-ohje ja toimittajan vakuutus.",
                source="EU GPP 2021",
            ),
            criterion(
                _AWARD,
                _FRONT,
                "Kunnostettujen laitteiden osuus toimituksesta.",
                "Sarjanumerolista toimituksittain.",
                25,
            ),
        ),
        risks=(
            risk(
                RiskSource.PARTIES,
                "Kaupungin oma tuki ei ehdi vaihtaa laitteita syyslomaan mennessä.",
                4,
                2,
                "Vaihto kolmessa erässä.",
                RiskState.MITIGATED,
            ),
        ),
    ),
    Case(
        "Jokirannan päiväkodin rakentaminen",
        "Uusi päiväkoti 150 lapselle. Päätös runkomateriaalista tehdään elinkaaripäästöjen perusteella.",
        S.PLANNED,
        "BUILD.NEW",
        (Theme.LOW_CARBON, Theme.INNOVATION),
        210,
        {
            "cpv": "45214100-1",
            "purchase_kind": PurchaseKind.WORKS,
            "estimated_value_eur": Decimal(9_400_000),
            "procedure": Procedure.COMPETITIVE_DIALOGUE,
            "is_significant": True,
            "affects": [Affected.USERS, Affected.CITIZENS, Affected.ENVIRONMENT],
            "innovation_class": InnovationClass.NEW_TO_MARKET,
            "innovation_note": "Hiilijalanjäljen katto rakennukselle ja purkubetonin käyttö piha-alueella.",
        },
        {K.NEED_STATEMENT: Written("Paikkoja puuttuu 130. Vanhan koulun muutos selvitettiin: kalliimpi.", 60)},
        risks=(
            risk(RiskSource.OBJECT, "Purkubetonin laatu ei riitä.", 2, 3, "Näytteet ennen hankesuunnitelmaa."),
            risk(RiskSource.PROCESS, "Neuvottelut venyvät yli vuoden.", 3, 4, "Kolme kierrosta, aikataulu kutsuun."),
            risk(RiskSource.MARKET, "Alueella ei ole puurungon tekijöitä.", 2, 4, "Ennakkoinfo koko maahan."),
        ),
    ),
    Case(
        "Sähkökäyttöiset huoltoautot",
        "Kuusi huoltoautoa korvataan sähköisillä. Lataus varikolla on valmiina.",
        S.EVALUATION,
        "MACH.VEHICLE",
        (Theme.LOW_CARBON,),
        -45,
        {
            "cpv": "34136000",
            "purchase_kind": PurchaseKind.GOODS,
            "estimated_value_eur": Decimal(215_000),
            "procedure": Procedure.OPEN,
        },
        {
            K.NEED_STATEMENT: Written(
                "Vanhat autot ovat 12-vuotiaita. Yhteiskäyttö riitti kahdelle, kuusi tarvitaan.", 160
            ),
            K.PROCUREMENT_PLAN: Written("Avoin menettely, vertailu elinkaarikustannuksilla.", 110),
            K.DIALOGUE_REPORT: Written("Tietopyyntöön vastasi kolme. Toimitusaika enintään kahdeksan kuukautta.", 80),
        },
        criteria=(
            criterion(
                _MINIMUM, _FRONT, "Ajoneuvo ei aiheuta päästöjä ajossa.", "Rekisteritodistus.", source="Kriteeripankki"
            ),
            criterion(_AWARD, _BASIC, "Energiankulutus kWh/100 km (WLTP).", "Valmistajan todistus.", 30),
        ),
    ),
    Case(
        "Tiedolla johtamisen alusta",
        "Ostojen ja hankintojen tiedot ovat viidessä järjestelmässä. Tarvitaanko alusta, vai riittääkö rajapinta?",
        S.IDEA,
        "ICT.SOFTWARE",
        (Theme.DATA, Theme.DIGITAL),
    ),
    Case(
        "Työllisyyspalvelut tulosten mukaan",
        "Pitkään työttömänä olleille tukea, josta maksetaan, kun työ on kestänyt puoli vuotta.",
        S.PLANNED,
        "EXP.OTHER",
        (Theme.SOCIAL, Theme.INNOVATION),
        150,
        {
            "purchase_kind": PurchaseKind.OTHER_SPECIAL_SERVICES,
            "estimated_value_eur": Decimal(450_000),
            "procedure": Procedure.NEGOTIATED,
            "is_outcome_based": True,
            "affects": [Affected.USERS, Affected.ECONOMY],
            "innovation_class": InnovationClass.DEVELOPED,
            "is_process_innovation": True,
            "innovation_note": "Maksu tuloksesta; palvelu kehitetään neuvotteluissa tarjoajien kanssa.",
        },
        {
            K.NEED_STATEMENT: Written("240 asukasta on ollut työttömänä yli kaksi vuotta. Nykyinen tuki ei tehoa.", 50),
            K.PROCUREMENT_PLAN: Written("Tulosperusteinen sopimus kolmeksi vuodeksi. Kynnysarvo tarkistettu.", 15),
        },
        risks=(
            risk(RiskSource.OBJECT, "Tulos johtuu suhdanteesta eikä palvelusta.", 4, 3, "Vertailuryhmä."),
            risk(RiskSource.PARTIES, "Kaupungilta puuttuu kokemus tulossopimuksista.", 4, 3, "Kysytään naapureilta."),
            risk(RiskSource.PROCESS, "Mittarista valitetaan.", 2, 4, "Mittari koeponnistetaan vuoropuhelussa."),
            risk(
                RiskSource.MARKET, "Pienillä järjestöillä ei ole varaa odottaa maksua.", 4, 4, "Osa maksetaan alussa."
            ),
        ),
    ),
    Case(
        "Kierrätyskalusteet kirjastoon",
        "Lukusaliin 60 tuolia ja 15 pöytää käytettyinä.",
        S.CLOSED,
        "FURN.FURNITURE",
        (Theme.CIRCULAR,),
        -420,
        {
            "purchase_kind": PurchaseKind.GOODS,
            "estimated_value_eur": Decimal(48_000),
            "procedure": Procedure.DIRECT_AWARD,
        },
        {
            K.NEED_STATEMENT: Written("Kaupungin oma kalustekierto kysyttiin ensin: tuoleja löytyi 20.", 500),
            K.PROCUREMENT_PLAN: Written("Alle kansallisen kynnysarvon, kolme tarjousta pyydetään.", 470),
            K.DIALOGUE_REPORT: Written("Pieni hankinta: soitettiin kolmelle myyjälle, muistiota ei tehty.", 440, True),
            K.AWARD_DECISION: Written("Halvin kokonaishinta kuljetuksineen.", 400, reference="Viranhaltijapäätös 17"),
            K.CONTRACT_LOG: Written("Toimitus kahdessa erässä, yksi pöytä vaihdettiin.", 360),
            K.EVALUATION: Written("Kalusteet kestävät. Hinta oli 40 % uusia halvempi.", 200),
        },
        award=Award("Uusvanha Kaluste Oy", Decimal(31_900), 3, SelectionBasis.PRICE),
        learnt=Learnt(
            "FURN.FURNITURE",
            "Pyydä mitat ja kuvat tarjoukseen, ja varaa toimitukseen kahdeksan viikkoa.",
            "Käytettyjen osuus ostetuista kalusteista",
            "100 %",
        ),
    ),
)

INKOPSVIK = (
    Case(
        "Skolskjutsar",
        "Elva rutter till tre skolor. Nuvarande avtal går ut om ett år. Målet är fossilfri körning.",
        S.DIALOGUE,
        "MOVE.ROAD",
        (Theme.LOW_CARBON, Theme.SOCIAL),
        90,
        {
            "cpv": "60130000-8",
            "purchase_kind": PurchaseKind.SERVICES,
            "estimated_value_eur": Decimal(520_000),
            "procedure": Procedure.OPEN,
            "affects": [Affected.USERS],
        },
        {
            K.NEED_STATEMENT: Written("Skjutsarna är lagstadgade. Linjetrafiken räcker för två rutter.", 100),
            K.PROCUREMENT_PLAN: Written("Fyra år, högst 130 000 € per år, mål: fossilfritt 2028.", 45),
        },
        criteria=(
            criterion(
                _AWARD,
                _FRONT,
                "Andel utsläppsfria körkilometer.",
                "Körjournal kvartalsvis; kommunen kontrollerar.",
                25,
                "Kriteriebanken",
            ),
        ),
        risks=(risk(RiskSource.MARKET, "De små bolagen hinner inte skaffa elbussar.", 4, 3, "Stegvisa krav."),),
    ),
    Case(
        "Grönsaker efter säsong till skolköken",
        "Två kök behöver grönsaker året om. Färskhet och säsong ska vägas in.",
        S.PUBLISHED,
        "FOOD.PLANT",
        (Theme.LOW_CARBON,),
        -8,
        {
            "cpv": "15300000",
            "purchase_kind": PurchaseKind.GOODS,
            "estimated_value_eur": Decimal(85_000),
            "procedure": Procedure.OPEN,
        },
        {
            K.NEED_STATEMENT: Written("Avtalet går ut. Menyn har lagts om efter säsong.", 90),
            K.PROCUREMENT_PLAN: Written("Öppet förfarande, två år, kriterier från Kriteriebanken.", 60),
            K.DIALOGUE_REPORT: Written(
                "Tre odlare och en grossist besöktes. Leverans två gånger i veckan går bra.", 30
            ),
        },
    ),
    Case(
        "LED-belysning i skolorna",
        "Lysrören tar slut på marknaden. Kan belysningen köpas som tjänst?",
        S.IDEA,
        "MACH.ELECTRICAL",
        (Theme.CIRCULAR,),
    ),
)

CASES = {"ostoniemi": OSTONIEMI, "inkopsvik": INKOPSVIK}
