#!/bin/sh
# Install the system packages that the whole suite uses, where that is allowed; otherwise say what is skipped.
set -eu
found() { command -v "$1" >/dev/null 2>&1; }

if found chromium || found chromium-browser || found google-chrome; then exit 0; fi

skipped="Tests that open the report in a browser are skipped: there is no Chromium"
if ! found apt-get; then
    echo "$skipped, and this is not Debian or Ubuntu." >&2
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "$skipped and no right to install it. To run them: sudo apt-get install chromium" >&2
        exit 0
    fi
    as_root="sudo -n"
fi
echo "Installing chromium for the browser tests ..."
export DEBIAN_FRONTEND=noninteractive
if ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-liberation >/dev/null; }; then
    echo "$skipped and installing it failed." >&2
fi
