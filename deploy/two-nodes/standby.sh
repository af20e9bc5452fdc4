#!/bin/sh
# Makes a standby of a running primary, as the user that is to run it.
#   standby.sh PRIMARY_HOST PRIMARY_PORT DATA_FOLDER [USER]
# The primary's pg_hba.conf lets USER (default: replicator, made with `createuser --replication replicator`) connect for replication. Start it as any PostgreSQL.
set -eu
host=$1 port=$2 data=$3 user=${4:-replicator}
bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin | tail -1)}
# --write-recovery-conf: it follows that primary. The slot keeps what it has not read yet.
"$bin/pg_basebackup" --host="$host" --port="$port" --username="$user" --pgdata="$data" --wal-method=stream --write-recovery-conf --create-slot --slot="standby_$$" --checkpoint=fast --no-password
