# Messages of the lab: all on stderr, stdout belongs to results.

# say TEXT… : one line with the seconds since the command started.
say() { printf '[%4d s] %s\n' "$SECONDS" "$*" >&2; }

# die TEXT… : says what failed and ends the command with status 1.
die() {
  say "error: $*"
  exit 1
}
