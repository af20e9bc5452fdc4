#!/bin/sh
# The primary goes on without a standby: commits wait for nobody. Take it back once there is one again: ALTER SYSTEM RESET synchronous_standby_names, and reload.
#   alone.sh DATA_FOLDER
set -eu
data=$1
bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin | tail -1)}
# Not by ALTER SYSTEM: that is a connection, and a server that waits for a standby may have none left.
printf "synchronous_standby_names = ''\n" >> "$data/postgresql.auto.conf"
"$bin/pg_ctl" -D "$data" reload
