#!/usr/bin/env bash
# healthcheck.sh jobmanager|taskmanager: exit code 0 if that process of Flink does its work.
# By bash alone, since the image need not have curl.
set -euo pipefail

get() { # PORT PATH
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
  timeout 4 cat <&3
}

case ${1:-} in
  # A job that is being restarted is not healthy.
  jobmanager) get 8081 /jobs/overview | grep '"state":"RUNNING"' >/dev/null ;;
  taskmanager) get 9249 /metrics | grep '^flink_taskmanager_Status_' >/dev/null ;;
  *)
    echo "usage: healthcheck.sh jobmanager|taskmanager" >&2
    exit 2
    ;;
esac
