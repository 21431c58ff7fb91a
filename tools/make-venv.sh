#!/bin/sh
# Create .venv with the first Python found that is new enough.
set -eu
oldest="3, 11"
if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then exit 0; fi
for python in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
    if "$python" -c "import sys; sys.exit(sys.version_info < ($oldest))" >/dev/null 2>&1; then
        "$python" -m venv --clear .venv && exit 0
        echo "$python can't create a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
done
echo "keino needs Python 3.11 or newer and found none. Name one with PYTHON=/path/to/python3.11." >&2
exit 1
