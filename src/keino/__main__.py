"""``python -m keino`` is the same as ``keino``."""

from keino.cli.main import main

main()
