"""Charts: named, described, with ids of their own, the same twice, and silent where there is nothing to draw."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from keino.engine.results import QuadrantLimits
from keino.report import charts
from keino.report.drawing import lines_of
from keino.report.language import translator
from keino.report.quadrant import _box, _line_boxes, _meet, _place_names
from keino.report.tables import View
from tests.factories.results import empty_result, footprint_result, single_category, without_factors

#: Charts that name leaf categories.
NAMING = ("pareto", "quadrant")

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures():
    view = View(footprint_result(), translator("en"))
    return {name: getattr(charts, name)(view) for name in charts.__all__}


@pytest.mark.parametrize("name", charts.__all__)
def test_chart_is_xml_with_a_name_and_a_description(pictures, name):
    tree = etree.fromstring(pictures[name].svg)
    assert tree.get("role") == "img"
    assert tree.find(f"{SVG}title").text == pictures[name].title
    assert tree.find(f"{SVG}desc").text == pictures[name].alternative
    assert len(pictures[name].alternative) > 60


def test_ids_of_all_charts_are_unique(pictures):
    ids = [found for picture in pictures.values() for found in re.findall(r'\bid="([^"]+)"', picture.svg)]
    assert len(ids) == len(set(ids))


def test_chart_is_the_same_twice(pictures):
    view = View(footprint_result(), translator("en"))
    assert charts.quadrant(view).svg == pictures["quadrant"].svg


def test_bars_carry_their_numbers_and_names(pictures):
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", pictures["by_main_category"].svg)
    assert {"Heating", "1,960", "Building construction", "1,950"} <= set(texts)


def test_points_have_a_shape_for_each_quadrant(pictures):
    shapes = re.findall(r'<path[^>]*d="([^"]+)"[^>]*stroke-width="0.6"', pictures["quadrant"].svg)
    assert len(set(shapes)) == 4


def test_parts_of_years_carry_letters(pictures):
    letters = re.findall(r"<text[^>]*>([A-F])</text>", pictures["by_year"].svg)
    assert sorted(letters) == sorted("ABCDEF" * 2)


@pytest.mark.parametrize("shape", [empty_result, without_factors])
def test_nothing_is_drawn_where_nothing_has_a_footprint(shape):
    view = View(shape(), translator("fi"))
    assert [getattr(charts, name)(view) for name in charts.__all__] == [None] * len(charts.__all__)


def test_one_category_has_bars_but_no_pareto_curve():
    view = View(single_category(), translator("sv"))
    assert charts.by_main_category(view) is not None
    assert charts.pareto(view) is None
    assert charts.quadrant(view) is None
    assert charts.by_year(view) is None


def test_points_that_a_logarithm_cannot_show_are_left_out():
    result = footprint_result()
    code = result.hotspots[0].category
    parts = tuple(replace(p, spend=-p.spend) if p.keys["category"] == code else p for p in result.by_category)
    picture = charts.quadrant(View(replace(result, by_category=parts), translator("en")))
    assert "District heat" not in picture.svg


def test_quadrants_are_divided_by_lines_at_their_limits(pictures):
    """Both lines are drawn; without limits there are none."""
    dashed = r'stroke-dasharray="4,4"'
    assert len(re.findall(dashed, pictures["quadrant"].svg)) == 2
    without = View(replace(footprint_result(), limits=None), translator("en"))
    assert re.findall(dashed, charts.quadrant(without).svg) == []


def test_name_keeps_off_the_lines_where_it_can():
    limits = QuadrantLimits(1000.0, 0.2)
    record = {"name": "A name of some length", "rank": "1", "spend": 900.0, "intensity": 0.25}
    reach = [100.0, 10_000.0], [0.02, 2.0]
    _place_names([record], *reach, limits)
    assert record["place"] == "left"
    assert not any(_meet(_box(record, record["place"]), line) for line in _line_boxes(*reach, limits))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_names_of_categories_are_never_cut(language):
    result = footprint_result()
    drawn = [getattr(charts, name)(View(result, translator(language))).svg for name in charts.__all__]
    assert not any("…" in svg for svg in drawn)
    assert all(result.categories["INFRA.WORKS"].short(language) in drawn[i] for i in map(charts.__all__.index, NAMING))


def test_long_name_of_a_unit_stands_on_two_lines():
    assert lines_of("Keskustan ja saariston varhaiskasvatusyksiköt") == [
        "Keskustan ja saariston",
        "varhaiskasvatusyksiköt",
    ]
    assert lines_of("") == [""]


def test_names_of_points_never_meet():
    records = [
        {
            "name": "A name of some length",
            "rank": str(n),
            "spend": 1000.0 * (1 + n / 50),
            "intensity": 0.2 * (1 + n / 90),
        }
        for n in range(12)
    ]
    _place_names(records, [500.0, 5000.0], [0.1, 1.0], None)

    boxes = [_box(record, record["place"]) for record in records if "place" in record]
    assert boxes
    assert not any(_meet(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])


def test_effect_below_a_gram_is_no_change():
    noise = replace(_whole(footprint_result()), intensity_effect_kgco2e=9.3e-10)
    picture = charts.effects(View(replace(footprint_result(), changes=(noise,)), translator("en")))
    assert "e-1" not in picture.alternative
    assert "0.000" not in picture.alternative


def _whole(result):
    return next(change for change in result.changes if not change.category)
