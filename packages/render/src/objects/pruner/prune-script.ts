/**
 * Runs its arguments as a command, and again up to five times while that fails, each time after a longer pause:
 * an API server that restarts is back by then (450 s in all). Ends as the last try did.
 */
export const PRUNE_SCRIPT = `set -eu

attempt=0
while :; do
  code=0
  "$@" || code=$?
  if [ "$code" -eq 0 ] || [ "$attempt" -eq 5 ]; then
    exit "$code"
  fi
  attempt=$((attempt + 1))
  echo "attempt #$attempt has failed (exit code $code), going to make another attempt..." >&2
  sleep $((attempt * 30))
done
`
