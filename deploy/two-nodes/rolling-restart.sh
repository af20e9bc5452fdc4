#!/usr/bin/env bash
# Replaces one node by a newer version while the others work: takes it out of HAProxy, waits until its requests are answered, restarts it, and lets it in again.
#   rolling-restart.sh ADMIN_HOST:PORT SERVER RESTART-COMMAND...
#   rolling-restart.sh 127.0.0.1:9999 one ssh node-one systemctl restart convene
set -euo pipefail
admin=$1 server=$2
shift 2

ask() {
    exec 3<>"/dev/tcp/${admin%:*}/${admin#*:}"
    printf '%s\n' "$1" >&3
    cat <&3
    exec 3>&-
}

# Of `show stat`: the number of requests under way, and whether the health check is content.
sessions() { ask "show stat" | awk -F, -v s="$server" '$1 == "nodes" && $2 == s {print $5}'; }
status() { ask "show stat" | awk -F, -v s="$server" '$1 == "nodes" && $2 == s {print $18}'; }

ask "set server nodes/$server state drain" >/dev/null
# Whoever listens to live updates never ends by itself: 20 s, and they come back to another node.
for _ in $(seq 100); do
    [ "$(sessions)" = 0 ] && break
    sleep 0.2
done
"$@"
ask "set server nodes/$server state ready" >/dev/null
for _ in $(seq 300); do
    case "$(status)" in UP*) exit 0 ;; esac
    sleep 0.2
done
echo "$server does not come back" >&2
exit 1
