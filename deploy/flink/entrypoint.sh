#!/usr/bin/env bash
# Entrypoint of the application image. A JobManager that is started for the job (standalone-job) is given
# the newest state there is; everything else goes to Flink's own entrypoint as it is.
#
# A state is a checkpoint (<checkpoints>/<job>/chk-<n>/) or a savepoint (<savepoints>/savepoint-…/) that has
# a _metadata, which Flink writes last and at once: a folder without it was never complete, nothing was sent
# on the strength of it, and it does not count.
#
# States older than the start on record do not count either: they belong to data that is gone
# (new volumes, old ./savepoints), or to a time that somebody left on purpose by SLUICE_RESTORE_FROM.
#
#   SLUICE_RESTORE_FROM  a state to start from, or "none" for a job without state. It is an order, followed
#                        once: a restart under the same value goes on from what came after it.
#   SLUICE_KEEP_JOBS     checkpoints of how many former jobs are kept (3); savepoints are never deleted
set -euo pipefail

flink_home=${FLINK_HOME:-/opt/flink}
flink_entrypoint=${FLINK_ENTRYPOINT:-/docker-entrypoint.sh}
# Not the copy in conf/: Flink's entrypoint rewrites that one, nested.
conf=$(dirname "$(readlink -f "$0")")/config.yaml
order=${SLUICE_RESTORE_FROM:-}

# Without the credentials or the query that a URL may have.
masked() {
  printf '%s\n' "$*" | sed -E 's,(://)[^[:space:]]*@,\1…@,g; s,(://[^?#[:space:]]*)[?#][^[:space:]]*,\1?…,g'
}
say() { masked "sluice: $*"; }
fail() {
  masked "sluice: $*" >&2
  exit 1
}

setting() { # KEY: its value, that of FLINK_PROPERTIES before that of the file
  { printf '%s\n' "${FLINK_PROPERTIES:-}"; cat "$conf"; } | sed -n "s/^ *$1: *//p" | sed -n 1p | tr -d "'\""
}

states() { # FIND-TESTS: "<seconds of its _metadata> <folder>" of each complete state, oldest first
  local folders=() folder
  for folder in "$checkpoints" "$savepoints"; do
    [ ! -d "$folder" ] || folders+=("$folder")
  done
  [ ${#folders[@]} -gt 0 ] || return 0
  # A TaskManager that has not heard yet may be deleting there.
  { find "${folders[@]}" -mindepth 2 -maxdepth 3 -name _metadata "$@" -printf '%T@ %h\n' 2>/dev/null || true; } |
    sort -n
}

state_at() { # PATH: the folder of the state there, by an absolute path, a file: URI, or one from /opt/flink
  local path=${1#file://}
  [ "${path:0:1}" = / ] || path=$flink_home/$path
  path=${path%/_metadata}
  [ -f "${path%/}/_metadata" ] ||
    fail "SLUICE_RESTORE_FROM is $1, where no _metadata is; there are:"$'\n'"$(states)"
  echo "${path%/}"
}

put_on_record() { # FROM: the job starts from there now, and older states do not count from now on
  mkdir -p "$record" && echo "$1" >"$record/started-from" ||
    fail "cannot write to $checkpoints as $(id -un) ($(id -u)); give the volume to that user"
  echo "$order" >"$record/order"
}

choose() { # sets from: a folder, or none
  if [ -n "$order" ] && [ "$order" != "$(cat "$record/order" 2>/dev/null)" ]; then
    case $order in
      none) from=none ;;
      [a-z]*://*) if [ "${order#file:}" = "$order" ]; then from=$order; else from=$(state_at "$order"); fi ;;
      *) from=$(state_at "$order") ;;
    esac
    put_on_record "$from"
    say "ordered by SLUICE_RESTORE_FROM=$order; states until now do not count any more"
    return
  fi
  if [ ! -f "$record/started-from" ]; then
    put_on_record none
    local old
    old=$(states | wc -l)
    [ "$old" = 0 ] ||
      say "the checkpoint volume is new; $old older state(s) do not count: $(states | cut -d' ' -f2- | xargs)"
  fi
  # An order is over when it is not given any more; it may then be given again.
  [ -n "$order" ] || : >"$record/order"
  from=$(states -newer "$record/started-from" | tail -n 1 | cut -d' ' -f2-)
  [ -n "$from" ] || from=$(cat "$record/started-from")
}

check_metadata() { # STATE: refuse to go back to an older one by itself
  [ -d "$1" ] || return 0
  [ "$(head -c 4 "$1/_metadata" | od -An -tx1 | tr -d ' \n')" = 4960672d ] ||
    fail "$1, the newest state, is damaged: its _metadata does not begin like one. An older state would store" \
      "again what was sent since; if that is what you want, set SLUICE_RESTORE_FROM to one of:"$'\n'"$(states)"
}

newest_in() { # JOB: when its newest state was written, in seconds; 0 if it has none
  { find "$1" -name _metadata -printf '%T@\n'; echo 0; } | sort -n | tail -n 1
}

prune() { # STATE: deletes checkpoints of former jobs, the newest SLUICE_KEEP_JOBS and that of STATE excepted
  local job
  for job in "$checkpoints"/*/; do
    [ ! -d "$job" ] || echo "$(newest_in "$job") ${job%/}"
  done | sort -rn | tail -n "+$((${SLUICE_KEEP_JOBS:-3} + 1))" | cut -d' ' -f2- | while read -r job; do
    case $1/ in "$job"/*) continue ;; esac
    say "deletes the checkpoints of a former job, $job"
    rm -rf -- "$job"
  done
}

[ "${1:-}" = standalone-job ] || exec "$flink_entrypoint" "$@"
case " $* " in
  *" --fromSavepoint "* | *" -s "*)
    say "starts from what the command line says"
    exec "$flink_entrypoint" "$@"
    ;;
esac
shift

ha=$(setting high-availability.type)
if [ -n "$ha" ] && [ "${ha^^}" != NONE ]; then
  say "high availability is on ($ha): Flink finds the job's state by itself"
  [ -n "$order" ] && [ "$order" != none ] && set -- --fromSavepoint "$order" "$@"
  exec "$flink_entrypoint" standalone-job "$@"
fi

checkpoints=$(setting execution.checkpointing.dir)
savepoints=$(setting execution.checkpointing.savepoint-dir)
case $checkpoints in
  file:///*) checkpoints=${checkpoints#file://} ;;
  *) fail "execution.checkpointing.dir is '$checkpoints'; the newest state can only be found in a local folder." \
    "Set high-availability.type, so that Flink keeps track of it" ;;
esac
savepoints=${savepoints#file://}
record=$checkpoints/.sluice

choose
[ "$from" = none ] || check_metadata "$from"
prune "$from"
if [ "$from" = none ]; then
  say "starts without state, at the offsets of the consumer group, or at the earliest"
else
  say "resumes from $from$([ ! -d "$from" ] || date -u -r "$from/_metadata" '+, written %F %T UTC')"
  set -- --fromSavepoint "$from" "$@"
fi
exec "$flink_entrypoint" standalone-job "$@"
