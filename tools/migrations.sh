#!/bin/sh
# Write each app's first migration anew (what is written by hand, 0002 and on, stays). Until the first release a database is made from it and never upgraded.
set -eu
cd "$(dirname "$0")/.."
KEINO_DATA=$(mktemp -d)
export KEINO_DATA
trap 'rm -rf "$KEINO_DATA"' EXIT
find src/keino/web -path '*/migrations/0001_initial.py' -delete
.venv/bin/python -m django makemigrations --settings keino.web.settings base accounts organisations measurement dashboards opendata about operations
.venv/bin/ruff format -q src/keino/web/*/migrations
