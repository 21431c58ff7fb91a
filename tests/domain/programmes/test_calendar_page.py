"""The examples on the method page are what the rules say."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "programme-calendar.md"


def test_demonstration_runs() -> None:
    (block,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(doctest.DocTestParser().get_doctest(block, {}, PAGE.name, PAGE.name, 0))
    told = runner.summarize(verbose=False)
    assert told.attempted > 3
    assert told.failed == 0
