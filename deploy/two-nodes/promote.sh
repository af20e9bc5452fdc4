#!/bin/sh
# Makes the standby the primary, as the user that runs it.
#   promote.sh DATA_FOLDER
# First make sure that the old primary is down and stays down (power, or `systemctl disable --now postgresql`): two primaries are two truths.
# Convene's nodes find the new one by themselves, if DATABASE_URL names both hosts.
set -eu
data=$1
bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin | tail -1)}
"$bin/pg_ctl" -D "$data" -w promote
"$(dirname "$0")/alone.sh" "$data"
