# Stands in for a program on PATH: notes how it was called in FAKE_FOLDER/calls, and answers as the first fitting rule of
# FAKE_FOLDER/scenario.sh says, which fake-programs.ts wrote. A docker that no rule fits is simulated. Shell, for it starts in a
# millisecond, and a test run starts hundreds of them.
us=$(printf '\037')
rs=$(printf '\036')

# Writes fields and words, separated by bytes that occur in neither.
note() {
  printf '%s' "$noted$program$us" >"$FAKE_FOLDER/call.$$"
  printf "%s$us" "$@" >>"$FAKE_FOLDER/call.$$"
  printf '%s' "$rs" >>"$FAKE_FOLDER/call.$$"
  cat "$FAKE_FOLDER/call.$$" >>"$FAKE_FOLDER/calls"
  rm "$FAKE_FOLDER/call.$$"
}

# Whether a rule may be used once more.
left() {
  printf x >>"$FAKE_FOLDER/used.$1"
  [ "$(wc -c <"$FAKE_FOLDER/used.$1")" -le "$2" ]
}

noted=
. "$FAKE_FOLDER/scenario.sh"
note "$@"
if [ "$program" = docker ]; then
  exec node "${0%/*}/simulate.mjs" "$@"
fi
echo "no rule for: $program $*" >&2
exit 99
