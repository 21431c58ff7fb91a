#!/bin/sh
# Write the lock files: exact versions with hashes, valid on every platform from Python 3.11 on.
set -eu
uv=${1:-uv}
compile() {
    "$uv" pip compile pyproject.toml "$@" \
        --generate-hashes --universal --python-version 3.11 --fork-strategy fewest --upgrade --quiet \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header --group build
}
compile --extra web --output-file requirements/run.lock
# The developers' lock keeps the versions of the first one, so that tests run on what users get.
compile --extra web --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
