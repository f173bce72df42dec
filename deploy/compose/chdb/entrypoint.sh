#!/bin/bash
# The user of CLICKHOUSE_USER and CLICKHOUSE_PASSWORD, and sluice and grafana if they have passwords; every
# user may do everything. /docker-entrypoint-initdb.d/*.sql is applied at each start, before it listens.
set -euo pipefail
arguments=(
  --listen=0.0.0.0 --port=8123 --metrics-port=9363 --data=/var/lib/clickhouse --library=/opt/sluice/libchdb.so
  "--user=${CLICKHOUSE_USER:-default}" "--password=${CLICKHOUSE_PASSWORD:-}"
)
[ -z "${SLUICE_CLICKHOUSE_PASSWORD:-}" ] || arguments+=("--account=sluice:$SLUICE_CLICKHOUSE_PASSWORD")
[ -z "${GRAFANA_CLICKHOUSE_PASSWORD:-}" ] || arguments+=("--account=grafana:$GRAFANA_CLICKHOUSE_PASSWORD")
[ -z "$(compgen -G '/docker-entrypoint-initdb.d/*.sql')" ] || arguments+=(--init=/docker-entrypoint-initdb.d)
exec java -XX:+UseSerialGC -Xmx256m -cp '/opt/sluice/classes:/opt/sluice/lib/*' \
  io.sluice.sandbox.clickhouse.ChdbServer "${arguments[@]}"
