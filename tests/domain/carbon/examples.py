"""Tiny factor sets, built in the test so that each test reads alone."""

from __future__ import annotations

from keino.domain.carbon.factor_rows import FactorRow, ProductLink, UncertaintyRules
from keino.domain.carbon.factors import Coefficient, FactorBasis, ProductPart

RULES = UncertaintyRules(
    exact=1.4,
    proxy=1.6,
    average=2.0,
    model=1.1,
    interpolated=1.1,
    moved_year=1.16,
    unmoved_year=1.25,
    wrong_country=1.4,
    basic_on_purchaser=1.1,
)


def row(product: str, year: int | None, value: float, currency: str = "EUR", basis: str = "purchaser") -> FactorRow:
    return FactorRow("test", product, year, value, currency, basis)


def link(category: str, product: str, share: float = 1.0, match: str = "exact", gsd: float = 1.4) -> ProductLink:
    return ProductLink("test", category, product, share, match, gsd)


def basis(factors: list[FactorRow], links: list[ProductLink], **more: object) -> FactorBasis:
    return FactorBasis(tuple(factors), tuple(links), RULES, **more)  # type: ignore[arg-type]


def part(product: str, share: float, value: float, *errors: tuple[str, float]) -> ProductPart:
    gsd = 2.718281828459045 ** (sum(ln_sd**2 for _, ln_sd in errors) ** 0.5)
    return ProductPart(product, share, value, gsd, errors, "", "", "")


def coefficient(category: str, year: int, *parts: ProductPart) -> Coefficient:
    value = sum(each.share * each.kgco2e_per_unit for each in parts)
    return Coefficient(
        category, year, parts, value, 1.0, "exact", "exact", "EUR", "purchaser", "test", (year,), "", "", ()
    )
