# Running builds: up to LAB_JOBS at once, those first that most time hangs on. Needs graph.sh, keys.sh.
declare -A STATE=()     # NAME → waiting | running | built | failed | skipped
declare -A RANK=()      # NAME → seconds from its start to the end of all that depends on it
declare -A JOB_NAME=()  # pid → NAME
declare -A JOB_START=() # pid → SECONDS
TICKER=''               # pid of the clock for signs of life

# schedule_run NAME… : builds the named artifacts, given in ORDER. What depends on a failed one is left out, the rest
# is still built. Returns 1 when anything failed.
schedule_run() {
  local name failed=()
  for name in "$@"; do STATE[$name]=waiting; done
  schedule_rank "$@"
  set -m   # every job becomes a process group, so that it can be ended with all it started
  trap 'schedule_abort INT 130' INT
  trap 'schedule_abort TERM 143' TERM
  trap 'schedule_abort HUP 129' HUP
  while schedule_start "$@"; do schedule_reap; done
  trap - INT TERM HUP
  [ -z "$TICKER" ] || kill "$TICKER" 2>/dev/null || true
  set +m
  for name in "$@"; do [ "${STATE[$name]}" = built ] || failed+=("$name (${STATE[$name]})"); done
  [ ${#failed[@]} = 0 ] || { say "not built: ${failed[*]}"; return 1; }
}

schedule_rank() {
  local i name need
  for name in "$@"; do RANK[$name]="${COST_SECONDS[$name]}"; done
  for ((i = $#; i > 0; i--)); do
    name="${!i}"
    for need in ${NEEDS[$name]}; do
      [ -n "${RANK[$need]:-}" ] || continue
      if ((RANK[$name] + COST_SECONDS[$need] > RANK[$need])); then
        RANK[$need]=$((RANK[$name] + COST_SECONDS[$need]))
      fi
    done
  done
}

# Fills the free places. Returns 1 when nothing runs and nothing is left to start.
schedule_start() {
  while ((${#JOB_NAME[@]} < LAB_JOBS)) && schedule_pick "$@"; do
    say "$PICKED: building (about ${COST_SECONDS[$PICKED]} s cold)"
    schedule_job "$PICKED" >"$LAB_LOG/$PICKED.log" 2>&1 </dev/null &
    JOB_NAME[$!]="$PICKED" JOB_START[$!]=$SECONDS STATE[$PICKED]=running
  done
  ((${#JOB_NAME[@]} > 0))
}

schedule_job() {
  local need products=()
  for need in ${NEEDS[$1]}; do products+=("$need=$(product_path "$need")"); done
  exec "$LAB_DIR/lib/job" "$1" "$(product_path "$1")" "${products[@]}"
}

# Sets PICKED to the waiting artifact of highest rank whose needs are all there.
schedule_pick() {
  local name need ready
  PICKED=
  for name in "$@"; do
    [ "${STATE[$name]}" = waiting ] || continue
    ready=1
    for need in ${NEEDS[$name]}; do
      case "${STATE[$need]:-built}" in
        failed | skipped) STATE[$name]=skipped ready=; break ;;
        built) ;;
        *) ready= ;;
      esac
    done
    [ -n "$ready" ] || continue
    if [ -z "$PICKED" ] || ((RANK[$name] > RANK[$PICKED])); then PICKED="$name"; fi
  done
  [ -n "$PICKED" ]
}

# Waits until a job has ended, and says how it went; once a minute, says what is still under way.
schedule_reap() {
  local pid=0 status=0 name took
  if [ -z "$TICKER" ]; then
    sleep 60 </dev/null >/dev/null 2>&1 9>&- &
    TICKER=$!
  fi
  wait -n -p pid "$TICKER" "${!JOB_NAME[@]}" || status=$?
  if [ "${pid:-0}" = "$TICKER" ]; then
    TICKER=''
    say "still at work: $(schedule_ages)"
    return
  fi
  [ -n "${JOB_NAME[${pid:-0}]:-}" ] || return 0
  name="${JOB_NAME[$pid]}" took="$((SECONDS - JOB_START[$pid]))"
  unset "JOB_NAME[$pid]"
  if [ "$status" = 0 ]; then
    STATE[$name]=built
    printf '%s\t%s\t%s\n' "$name" "$took" "${KEY[$name]}" >>"$LAB_CACHE/times.tsv"
    say "$name: done in $took s"
  else
    STATE[$name]=failed
    say "$name: failed with status $status after $took s; the end of $LAB_LOG/$name.log:"
    tail -n 15 "$LAB_LOG/$name.log" | sed 's/^/    /' >&2
  fi
}

schedule_ages() {
  local pid
  for pid in "${!JOB_NAME[@]}"; do printf '%s for %s s  ' "${JOB_NAME[$pid]}" "$((SECONDS - JOB_START[$pid]))"; done
}

# Ends all jobs: asks first, insists after three seconds (a process that is first in its namespace ignores TERM).
schedule_abort() {
  local signal="$1" status="$2" pid
  trap '' INT TERM HUP
  disown -a   # their ends are no news
  [ -z "$TICKER" ] || kill "$TICKER" 2>/dev/null || true
  say "$signal: stopping ${JOB_NAME[*]:-}; finished products stay, the next run goes on from there"
  for pid in "${!JOB_NAME[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  for _ in 1 2 3 4 5 6; do
    schedule_alive || break
    sleep 0.5
  done
  for pid in "${!JOB_NAME[@]}"; do kill -KILL -- "-$pid" 2>/dev/null || true; done
  exit "$status"
}

schedule_alive() {
  local pid
  for pid in "${!JOB_NAME[@]}"; do
    if kill -0 -- "-$pid" 2>/dev/null; then return 0; fi
  done
  return 1
}
