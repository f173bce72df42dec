#!/usr/bin/env bash
# healthcheck.sh jobmanager|taskmanager [PORT]: exit code 0 if that process of Flink does its work.
# Without curl, which the image need not have.
set -euo pipefail

get() { # PORT PATH
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
  timeout 4 cat <&3
}

n='([1-9][0-9]*)[,}]'
case ${1:-} in
  # A job is RUNNING for Flink also while its tasks wait for a TaskManager: as many must run as there are.
  jobmanager)
    get "${2:-8081}" /jobs/overview | sed 's/"jid"/\n&/g' | grep '"state":"RUNNING"' |
      grep -E "\"total\":$n.*\"running\":\\1[,}]|\"running\":$n.*\"total\":\\2[,}]" >/dev/null
    ;;
  taskmanager) get "${2:-9249}" /metrics | grep '^flink_taskmanager_Status_' >/dev/null ;;
  *)
    echo "usage: healthcheck.sh jobmanager|taskmanager [PORT]" >&2
    exit 2
    ;;
esac
