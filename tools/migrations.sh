#!/bin/sh
# Write each app's first migration anew (what is written by hand, 0002 and on, stays). Until the first release a database is made from it and never upgraded.
set -eu
cd "$(dirname "$0")/.."
KEINO_DATA=$(mktemp -d)
export KEINO_DATA
# Those by hand build on the first ones, so they step aside until those exist again.
put_back() {
    (cd "$KEINO_DATA/by-hand" && find . -name '*.py') | while read -r file; do mv "$KEINO_DATA/by-hand/$file" "src/keino/web/$file"; done
    rm -rf "$KEINO_DATA"
}
mkdir "$KEINO_DATA/by-hand"
trap put_back EXIT
(cd src/keino/web && find . -path '*/migrations/0*.py' ! -name 0001_initial.py) | while read -r file; do
    mkdir -p "$KEINO_DATA/by-hand/$(dirname "$file")"
    mv "src/keino/web/$file" "$KEINO_DATA/by-hand/$file"
done
find src/keino/web -path '*/migrations/0001_initial.py' -delete
# People first: Django else splits the apps that come before "base" in the alphabet in two.
apps="accounts organisations surveys events measurement procurements plans followup programmes cohorts dashboards opendata about operations"
.venv/bin/python -m django makemigrations --skip-checks --settings keino.web.settings base
.venv/bin/python -m django makemigrations --skip-checks --settings keino.web.settings $apps
written=$(find src/keino/web -path "*/migrations/0001_initial.py" | sed "s,src/keino/web/,,; s,/.*,," | sort)
DJANGO_SETTINGS_MODULE=keino.web.settings .venv/bin/python tools/join_tables.py $written
.venv/bin/ruff check -q --fix --select I src/keino/web/*/migrations
.venv/bin/ruff format -q src/keino/web/*/migrations
