"""Everything keino says is said in Finnish and Swedish too."""

import pytest

from keino.facts.read import sources
from keino.report import codes
from keino.report.language import translator
from tools import message_sources, messages


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("catalogs", messages.BOTH, ids=lambda each: each.domain)
def test_catalog_has_every_text_and_is_compiled(catalogs, language):
    assert messages.problems(language, catalogs) == [], "run `make messages` and translate what it names"


def test_python_texts_are_found():
    code = """
say.text("plain"); mark("marked"); say.plural("one", "many", n); say.text("a" if x else "b")
class Broken(KeinoError):
    template = "Broken: {what}"
raise Broken(what="it is empty", remedy="Export it again.", path="not.me")
"""
    assert set(messages.python_messages(code)) == {
        "plain", "marked", ("one", "many"), "a", "b", "Broken: {what}", "it is empty", "Export it again.",
    }  # fmt: skip


def test_template_texts_are_found():
    page = (
        '<p title="{{ _("tip") }}">{{ _("Hello {name}", name=x) }} {{ plural("{count} row", "{count} rows", n) }}</p>'
    )
    assert set(messages.template_messages(page)) == {"tip", "Hello {name}", ("{count} row", "{count} rows")}


REGISTRIES = [name for name, value in vars(codes).items() if name.isupper() and isinstance(value, dict)]


@pytest.mark.parametrize("name", REGISTRIES)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_code_has_words_of_its_own_in_each_language(name, language):
    registry = getattr(codes, name)
    said = {code: codes.words(translator(language), registry, code) for code in registry}
    assert all(said[code] != template for code, template in registry.items())


def test_every_licence_of_the_package_is_a_name_or_has_words():
    licences = {row["licence"] for row in sources().values()}
    assert {licence for licence in licences if " " in licence} <= set(codes.LICENCES)


def test_unknown_code_is_shown_as_it_is():
    assert codes.words(translator("fi"), codes.REPAIRS, "new_code") == "new_code"


def test_missing_value_of_a_code_is_a_dash():
    assert codes.words(translator("en"), codes.CHOICES, "sheet", chosen="Data") == (
        "The workbook has several sheets (– too). keino read Data. Use --sheet for another."
    )


def test_texts_of_the_site_are_found():
    page = (
        '{% translate "Plain" %}{% translate "Open" context "verb" as word %}{{ _("In a value") }}'
        "{% blocktranslate trimmed with name=x %}\n  Hello\n  {{ name }}\n{% endblocktranslate %}"
        "{% blocktranslate count n=rows %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    assert set(message_sources.site_template_messages(page)) == {
        ("Plain", None),
        ("Open", "verb"),
        ("In a value", None),
        ("Hello %(name)s", None),
        (("%(n)s row", "%(n)s rows"), None),
    }
    code = 'gettext("a"); ngettext("b", "bs", n); pgettext_lazy("verb", "c"); _("d"); f("e")'
    assert set(message_sources.site_python_messages(code)) == {
        ("a", None),
        (("b", "bs"), None),
        ("c", "verb"),
        ("d", None),
    }
