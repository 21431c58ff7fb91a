#!/bin/sh
# Install the system packages that the whole suite uses, where that is allowed; otherwise say what is skipped.
set -eu
found() { command -v "$1" >/dev/null 2>&1; }

# package → what it is for; a package is wanted when its probe fails
packages="" skipped=""
want() { packages="$packages $1"; skipped="$skipped
  $2"; }

found chromium-headless-shell || found chromium || found chromium-browser || found google-chrome \
    || want "chromium fonts-dejavu-core fonts-liberation" "tests that open pages in a browser: there is no Chromium"
{ ls /usr/lib/postgresql/*/bin/initdb || found initdb; } >/dev/null 2>&1 \
    || want postgresql "tests on PostgreSQL: there is no PostgreSQL server"
{ ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } 2>/dev/null | grep -q libpangoft2 \
    || want "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" "tests that write PDF: there is no Pango"

# Debian has a Chromium without windows, too, which opens pages in a third of the time; nothing is skipped without it.
lighter=""
! grep -qx ID=debian /etc/os-release 2>/dev/null || found chromium-headless-shell || lighter=chromium-headless-shell

[ -n "$packages$lighter" ] || exit 0
skip() {
    [ -n "$packages" ] || exit 0
    echo "Skipped, for $1:$skipped" >&2
    [ -z "${2:-}" ] || echo "To run them: sudo apt-get install$packages" >&2
    exit 0
}
found apt-get || skip "this is not Debian or Ubuntu"
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || skip "there is no right to install packages" yes
    as_root="sudo -n"
fi
echo "Installing$packages $lighter for the tests ..."
export DEBIAN_FRONTEND=noninteractive
# The tests start a server of their own; the package need not start one for the whole machine.
$as_root mkdir -p /etc/postgresql-common && [ -e /etc/postgresql-common/createcluster.conf ] \
    || echo "create_main_cluster = false" | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
install() { $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
$as_root apt-get update -qq || skip "the list of packages can't be read" yes
# shellcheck disable=SC2086  # a list of words
[ -z "$packages" ] || install $packages || skip "installing them failed" yes
[ -z "$lighter" ] || install "$lighter" || echo "Went on without $lighter: tests in a browser take longer." >&2
