"""Three invented buyers whose ledgers are made by rule, with the answers known beforehand.

``write_towns`` writes the files; ``answers.json`` beside them says what a reader must find. Everybody in these
ledgers is invented: docs/reference/example-towns.md says how.
"""

from keino.towns.answers import FileAnswers
from keino.towns.write import Town, write_towns

__all__ = ["FileAnswers", "Town", "write_towns"]
