"""Filling catalogs with translations: what somebody translated already isn't lost to another catalog's words."""

import json

import pytest
from babel.messages import Catalog

from tools import messages

SOURCE = Catalog()
SOURCE.add("Save", locations=[("page.html", 1)])
SOURCE.add("Missing", locations=[("page.html", 1)])
SOURCE.add("Doubtful", locations=[("page.html", 1)])
SOURCE.add(("{n} row", "{n} rows"), locations=[("page.html", 1)])

SITE = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Save"
msgstr "Tallenna"

msgid "Missing"
msgstr ""

#, fuzzy
msgid "Doubtful"
msgstr "Ehkä"

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} rivi"
msgstr[1] ""
"""
#: The same text, said in the report in other words.
GIVEN = {
    "Save": "Säästä",
    "Missing": "Puuttuu",
    "Doubtful": "Epävarma",
    "{n} row": ["{n} rivi", "{n} riviä"],
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A small catalog of the site in Finnish; nothing else is collected."""
    catalogs = messages.Catalogs("django", tmp_path, is_site=True)
    monkeypatch.setattr(messages, "collect", lambda *_: SOURCE)
    monkeypatch.setattr(messages, "BOTH", (catalogs,))
    monkeypatch.setattr(messages, "TRANSLATED", ("fi",))
    path = catalogs.path("fi")
    path.parent.mkdir(parents=True)
    path.write_text(SITE, encoding="utf-8")
    return catalogs


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "fi.json"
    path.write_text(json.dumps(GIVEN), encoding="utf-8")
    return str(path)


def stored(catalogs):
    return {messages._key(each): each.string for each in messages.catalog("fi", catalogs) if each.id}


def test_filling_takes_only_what_is_empty_or_doubtful_and_names_what_it_left(site, file, capsys):
    assert messages.main(["--fill", "fi", file]) == 0
    assert stored(site) == {
        "Save": "Tallenna", "Missing": "Puuttuu", "Doubtful": "Epävarma", "{n} row": ("{n} rivi", "{n} riviä"),
    }  # fmt: skip
    assert not [each for each in messages.catalog("fi", site) if each.id and each.fuzzy]
    assert "django.po, so left as it is: 'Save'" in capsys.readouterr().out


def test_what_is_translated_is_replaced_when_asked_for(site, file):
    assert messages.main(["--fill", "fi", file, "--replace"]) == 0
    assert stored(site)["Save"] == "Säästä"


def test_another_option_changes_nothing(site, file):
    assert messages.main(["--fill", "fi", file, "--replac"]) == 2
    assert site.path("fi").read_text(encoding="utf-8") == SITE


def test_what_is_doubtful_stays_so_until_it_is_translated(site):
    messages.update("fi", site)
    assert [each.id for each in messages.catalog("fi", site) if each.id and each.fuzzy] == ["Doubtful"]
    assert {each["key"] for each in messages.missing("fi")} == {"Missing", "Doubtful", "{n} row"}
