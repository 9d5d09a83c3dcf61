# Starting and ending dockerd. Needs log.sh, paths.sh, tools.sh.

# Pid file, configuration, runtime wrapper: nothing that must outlive a boot.
ENGINE_RUN="${LAB_ENGINE_RUN:-/run/k8s-local-engine}"
ENGINE_PIDFILE="$ENGINE_RUN/dockerd.pid"
ENGINE_LOG="$LAB_LOG/dockerd.log"
ENGINE_DEADLINE=90                 # seconds until a started dockerd has to answer

# engine_start : returns when `docker info` answers; installs and starts what is needed for that.
engine_start() {
  local launched=
  if engine_answers; then say 'engine: answers'; return; fi
  [ -z "${DOCKER_HOST:-}" ] || die "no engine answers at DOCKER_HOST=$DOCKER_HOST; unset it to have one started here"
  [ "$(id -u)" = 0 ] || die 'starting a container engine needs root'
  mkdir -p "$ENGINE_RUN"
  exec 8>"$ENGINE_RUN/lock"
  flock 8
  if ! engine_answers; then
    tools_ensure dockerd iptables ip
    tools_ensure docker   # a package of its own since Debian 13; before, dockerd's package has it
    engine_owned_pid >/dev/null || engine_launch
    engine_await
  fi
  exec 8>&-
}

# engine_stop : ends our dockerd; its containers end with it, images and volumes stay.
engine_stop() {
  local pid tries=$((ENGINE_DEADLINE * 5))
  pid="$(engine_owned_pid)" || { say 'engine: none was started by this command'; return; }
  say "engine: stopping dockerd, pid $pid"
  kill "$pid"
  while ((tries-- > 0)); do
    engine_is "$pid" || { say 'engine: stopped'; return; }
    sleep 0.2
  done
  die "dockerd, pid $pid, still runs after $ENGINE_DEADLINE s; see $ENGINE_LOG"
}

engine_status() {
  local pid whose='not started by this command'
  if pid="$(engine_owned_pid)"; then whose="started by this command, pid $pid"; fi
  if engine_answers; then say "engine: answers ($whose)"; else die "no engine answers ($whose)"; fi
}

engine_answers() { timeout 10 docker info >/dev/null 2>&1; }

engine_owned_pid() {
  local pid
  pid="$(cat "$ENGINE_PIDFILE" 2>/dev/null)" && [ -n "$pid" ] && engine_is "$pid" && echo "$pid"
}

# engine_is PID : whether that is a dockerd with our pid file among its arguments. The number alone could by now be
# another process, or one that has ended and waits to be collected.
engine_is() {
  { tr '\0' ' ' <"/proc/$1/cmdline"; } 2>/dev/null | grep -q -- "dockerd .*$ENGINE_PIDFILE"
}

engine_launch() {
  local module
  # kind needs many inotify watches and instances: https://kind.sigs.k8s.io/docs/user/known-issues
  sysctl -qw fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=1048576 net.ipv4.ip_forward=1 || true
  for module in overlay br_netfilter vxlan macvlan veth; do modprobe -q "$module" 2>/dev/null || true; done
  engine_configuration >"$ENGINE_RUN/daemon.json"
  rm -f "$ENGINE_PIDFILE"
  say "engine: starting dockerd (log: $ENGINE_LOG)"
  # Without CAP_SYS_RESOURCE an OOM score cannot be lowered, so 0 is asked for.
  setsid dockerd --config-file "$ENGINE_RUN/daemon.json" --pidfile "$ENGINE_PIDFILE" --oom-score-adjust 0 \
    </dev/null >>"$ENGINE_LOG" 2>&1 8>&- 9>&- &
  launched=$!
  disown
}

# daemon.json: with the runtime wrapper as the default where CAP_SYS_RESOURCE, bit 24 of the bounding set, is missing.
engine_configuration() {
  local bounding wrapper="$ENGINE_RUN/runc-without-sys-resource"
  bounding="$(awk '/^CapBnd/ {print $2}' /proc/self/status)"
  if ((0x$bounding >> 24 & 1)); then echo '{}'; return; fi
  install -m 755 "$LAB_DIR/engine.d/runc-without-sys-resource" "$wrapper"
  printf '{"runtimes": {"lab": {"path": "%s"}}, "default-runtime": "lab"}\n' "$wrapper"
}

engine_await() {
  local tries=$((ENGINE_DEADLINE * 5))
  while ((tries-- > 0)); do
    if engine_answers; then say 'engine: answers'; return; fi
    [ -z "$launched" ] || kill -0 "$launched" 2>/dev/null || engine_failed 'dockerd has ended'
    sleep 0.2
  done
  engine_failed "dockerd does not answer after $ENGINE_DEADLINE s"
}

engine_failed() {
  tail -n 15 "$ENGINE_LOG" | sed 's/^/    /' >&2
  die "$1; all it said: $ENGINE_LOG"
}
