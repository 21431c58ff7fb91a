"""What keino leaves out of the example towns is what their maker wrote as no purchase, to the cent."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from keino.engine.run import RunOptions, run_footprint
from keino.towns import Town, write_towns

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, ...]:
    return write_towns(tmp_path_factory.mktemp("towns"))


def test_exclusions_of_the_town_equal_the_answers(towns: tuple[Town, ...]) -> None:
    town = next(each for each in towns if each.key == "ostoniemi")
    result = run_footprint(list(town.files), RunOptions())
    natures: Counter[str] = Counter()
    for answers in town.answers:
        natures.update({nature: Decimal(amount) for nature, amount in answers.amount_by_nature.items()})  # type: ignore[arg-type]  # a counter of money
    excluded = {part.keys["exclusion_reason"]: part.spend for part in result.coverage.excluded}
    assert excluded["tax"] == natures["tax"]
    assert result.total.spend + sum(excluded.values()) == town.amount_total
