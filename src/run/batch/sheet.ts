import type {Finished} from '../../drivers/ports.ts'

/** Programs to run at once in one place. */
export interface Sheet {
  readonly argvs: readonly (readonly string[])[]
  /** Seconds that each may run. */
  readonly seconds: number
}

/** The line before each part of the answer. Long enough that no program prints it by chance. */
const mark = '--8<-- k8s-local sheet'

/**
 * For a POSIX shell: `$1` seconds, then for each program the number of its words and the words. Each runs in the background with its output in a file
 * of /dev/shm, which every container has, and the answers are printed in order. What is run is data of the caller; nothing of it is read by the shell.
 * Programs are replaced into subshells, and the shell keeps the time: busybox's timeout would run busybox's own ping in place of the real one.
 */
const script = `
d=/dev/shm/k8s-local-sheet-$$
mkdir "$d" || exit 1
trap 'rm -rf "$d"' EXIT
start() {
  f=$1 n=$2
  shift 2
  rest=$(($# - n)) i=0
  while [ $i -lt $n ]; do
    word=$1
    shift
    set -- "$@" "$word"
    i=$((i + 1))
  done
  shift $rest
  exec "$@" >"$f.out" 2>"$f.err"
}
watch() {
  trap 'kill $nap; exit' TERM
  sleep "$1" & nap=$!
  wait $nap
  shift
  : >"$d/late"
  kill "$@"
}
seconds=$1 count=0 pids=
shift
while [ $# -gt 0 ]; do
  ( start "$d/$count" "$@" ) & pids="$pids $!"
  shift $(($1 + 1))
  count=$((count + 1))
done
watch "$seconds" $pids >/dev/null 2>&1 & watcher=$!
i=0
for pid in $pids; do
  wait $pid
  code=$?
  [ $code = 143 ] && [ -e "$d/late" ] && code=124
  printf '\n%s\n%s\n' "${mark}" $code
  cat "$d/$i.out"
  printf '\n%s\n' "${mark}"
  cat "$d/$i.err"
  i=$((i + 1))
done
printf '\n%s\n' "${mark}"
kill $watcher 2>/dev/null
exit 0
`

/** What to run in the place, for the answers to all. */
export function sheetArgv({argvs, seconds}: Sheet): readonly string[] {
  const words = argvs.flatMap((argv) => [String(argv.length), ...argv])
  return ['sh', '-c', script, 'sheet', String(seconds), ...words]
}

/** The answers, in order; undefined where the place could not run the sheet. A program that ran into its limit has exit code 124. */
export function readSheet({argvs}: Sheet, {stdout}: Finished): readonly Finished[] | undefined {
  const parts = stdout.split(`\n${mark}\n`).slice(1)
  if (parts.length !== argvs.length * 2 + 1) return undefined
  return argvs.map((_, index) => {
    const answer = parts[index * 2] ?? ''
    const end = answer.indexOf('\n')
    return {
      exitCode: Number(answer.slice(0, end)),
      stdout: answer.slice(end + 1),
      stderr: parts[index * 2 + 1] ?? '',
    }
  })
}
