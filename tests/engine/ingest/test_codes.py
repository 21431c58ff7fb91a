from __future__ import annotations

import re
from pathlib import Path

from keino.engine.ingest import problems
from keino.engine.ingest.codes import CHOICES, REJECTIONS, REPAIRS
from keino.errors import KeinoError

REPOSITORY = Path(__file__).resolve().parents[3]


def test_page_explains_every_code_and_no_other() -> None:
    page = (REPOSITORY / "docs" / "methods" / "reading-ledgers.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == sorted((*REPAIRS, *REJECTIONS))
    assert all(f"`{code}`" in page for code in CHOICES)


def test_every_problem_has_a_code_and_a_sentence_of_its_own() -> None:
    classes = [each for each in vars(problems).values() if isinstance(each, type) and issubclass(each, KeinoError)]
    classes = [each for each in classes if each.__module__ == problems.__name__ and each is not problems.LedgerProblem]
    assert len(classes) > 30
    assert len({each.code for each in classes}) == len({each.template for each in classes}) == len(classes)
    assert all(each.template.startswith("{path}") and each.template.endswith(".") for each in classes)
