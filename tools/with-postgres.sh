#!/bin/sh
# Run a command against a PostgreSQL server of its own: tools/with-postgres.sh COMMAND [ARGUMENT …]
#
# The server is made in a temporary folder, listens on a socket there and on no network port, trusts whoever may enter
# that folder, and is stopped and deleted afterwards. DATABASE_URL names it. Without PostgreSQL's programs the command is
# not run: the script says why and ends with 0, or with 77 where KEINO_DEMAND_POSTGRES is set.
set -eu

skip() {
    echo "The tests on PostgreSQL are skipped: $1" >&2
    [ -z "${KEINO_DEMAND_POSTGRES:-}" ] || exit 77
    exit 0
}

bin=""
for folder in "${POSTGRES_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) "$(dirname "$(command -v initdb 2>/dev/null || echo /none)")"; do
    if [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then bin=$folder; break; fi
done
[ -n "$bin" ] || skip "there are no initdb and postgres. To run them: sudo apt-get install postgresql"

# PostgreSQL refuses to run as root.
as=""
owner=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
    command -v runuser >/dev/null 2>&1 || skip "PostgreSQL can't run as root, and there is no runuser"
    for owner in postgres nobody none; do if id "$owner" >/dev/null 2>&1; then break; fi; done
    [ "$owner" != none ] || skip "PostgreSQL can't run as root, and there is no user postgres or nobody"
    as="runuser -u $owner --"
fi

# Paths of sockets must be short, so the folder lies right under /tmp.
home=$(mktemp -d /tmp/keino-pg.XXXXXX)
chown "$owner" "$home"
chmod 700 "$home"
stop() {
    $as "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$home"
$as "$bin/initdb" -D "$home/data" -U keino --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$home/log" 2>&1 \
    || { cat "$home/log" >&2; skip "initdb failed"; }
# What is lost in a crash is lost with the folder anyway: no waiting for the disk.
$as "$bin/pg_ctl" -D "$home/data" -w -t 60 -l "$home/server.log" start \
    -o "-k '$home' -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100" \
    >>"$home/log" 2>&1 || { cat "$home/log" "$home/server.log" >&2; skip "the server did not start"; }
cd "$OLDPWD"

DATABASE_URL="postgres://keino@/postgres?host=$home"
export DATABASE_URL
"$@"
