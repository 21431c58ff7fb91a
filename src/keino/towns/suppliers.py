"""Invented suppliers: names from fairy-tale word lists, ids that belong to nobody. No person is among them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from keino.towns.business_ids import business_ids
from keino.towns.chart import trades

if TYPE_CHECKING:
    from collections.abc import Iterator

#: First halves of place names that mean story, fancy, example, dream, riddle, castle in the air, mirage …
PLACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "fi": (
        (
            "Satu",
            "Tarina",
            "Kuvitelma",
            "Esimerkki",
            "Haave",
            "Arvoitus",
            "Luulo",
            "Pilvilinna",
            "Kangastus",
            "Keksintö",
        ),
        ("lammen", "harjun", "mäen", "niemen", "kosken", "laakson", "vuoren", "salmen", "rannan", "korven"),
    ),
    "sv": (
        ("Sago", "Påhitts", "Exempel", "Dröm", "Fantasi", "Luftslotts", "Gåt", "Hägrings", "Diktar", "Låtsas"),
        ("bergets", "vikens", "åns", "dalens", "näsets", "skogens", "holmens", "sundets", "strandens", "hedens"),
    ),
}
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "company": {"fi": ("Oy", "Oy", "Oy", "Oy Ab", "Ky", "osk"), "sv": ("Ab", "Ab", "Ab", "Ab", "Kb", "andelslag")},
    "association": {"fi": ("ry",), "sv": ("rf",)},
    "public": {"fi": ("kuntayhtymä",), "sv": ("samkommun",)},
}
CARD_MERCHANTS = (
    "KORTTIOSTO* SATUKAHVILA", "TARINAKAUPPA 0417 KUVI", "PYSAKOINTI HAAVEKATU", "WWW.ESIMERKKILIPUT.EXA",
    "TASKUMAKSU *PILVILINNA", "KIOSKI KANGASTUS 12", "LUULOHOTELLI AULA", "KORTKOP* SAGOBODEN",
)  # fmt: skip
FOREIGN = (
    ("Beispielwerk Luftschloss GmbH", "DE"), ("Väljamõeldis Näide OÜ", "EE"), ("Påhittade Exempel AB", "SE"),
    ("Imaginary Samples Ltd", "GB"), ("Verzonnen Voorbeeld B.V.", "NL"), ("Fictief Digital Inc.", "US"),
)  # fmt: skip
PRIVATE_TRADER = {"fi": "Yksityinen elinkeinonharjoittaja", "sv": "Privat näringsidkare"}
FACTORING = {
    "fi": ("/Satukassa Laskutuspalvelu", "/ Kangastus Rahoitus", "/Pilvilinna Yrityspankki"),
    "sv": ("/Sagokassan Faktureringstjänst", "/ Hägring Finans", "/Luftslottet Företagsbank"),
}


@dataclass(frozen=True)
class Supplier:
    """Who sent the invoice, under its proper name.

    ``kind`` is company, association, public, card, foreign, private_trader or own (the buyer itself).
    """

    name: str
    business_id: str
    country: str
    kind: str


@dataclass(frozen=True)
class Pool:
    """The suppliers of one buyer: by trade with the weight of each, and those without a Finnish id."""

    by_trade: dict[str, tuple[tuple[Supplier, ...], tuple[float, ...]]]
    card: tuple[Supplier, ...]
    foreign: tuple[Supplier, ...]
    private_trader: Supplier
    own: Supplier

    def choose(self, trade: str, rng: Random) -> Supplier:
        """Return one supplier of a trade; a few get most of the invoices."""
        members, weights = self.by_trade[trade]
        return rng.choices(members, weights)[0]


def pool(key: str, block: int, name: str, languages: tuple[str, str], size: float) -> Pool:
    """Return the suppliers of the buyer ``key``, the same for all years.

    ``languages`` are the main and the other language; ``size`` scales the number of suppliers.
    """
    rng = Random(f"{key}/suppliers")
    ids = business_ids(block, rng)
    own = Supplier(name, next(ids), "FI", "own")
    used: set[str] = set()
    by_trade: dict[str, tuple[tuple[Supplier, ...], tuple[float, ...]]] = {}
    for trade in trades().values():
        count = max(1, round(trade.suppliers * size))
        members = tuple(
            Supplier(_new_name(trade.key, languages, used, rng), next(ids), "FI", trade.kind) for _ in range(count)
        )
        by_trade[trade.key] = members, tuple(1 / (rank + 1.5) ** 0.8 for rank in range(count))
    private_trader = Supplier(PRIVATE_TRADER[languages[0]], "", "FI", "private_trader")
    return Pool(by_trade, _card_merchants(), _foreign(), private_trader, own)


def _card_merchants() -> tuple[Supplier, ...]:
    return tuple(Supplier(name, "", "", "card") for name in CARD_MERCHANTS)


def _foreign() -> tuple[Supplier, ...]:
    """Foreign ids are zeros and a running number: no register gives such out."""
    return tuple(
        Supplier(name, f"{country}{number:09d}", country, "foreign")
        for number, (name, country) in enumerate(FOREIGN, 1)
    )


def _new_name(trade: str, languages: tuple[str, str], used: set[str], rng: Random) -> str:
    name = next(name for name in _names(trade, languages, rng) if name not in used)
    used.add(name)
    return name


def _names(trade: str, languages: tuple[str, str], rng: Random) -> Iterator[str]:
    while True:
        language = languages[0] if rng.random() < 0.8 else languages[1]
        firsts, seconds = PLACES[language]
        form = rng.choice(FORMS[trades()[trade].kind][language])
        yield f"{rng.choice(firsts)}{rng.choice(seconds)} {rng.choice(trades()[trade].words[language])} {form}"
