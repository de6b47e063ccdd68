# shellcheck shell=bash
# What a person sees. Everything goes to stderr: stdout belongs to answers (a path, a table) that scripts read.

if [[ -t 2 && -z ${NO_COLOR:-} ]]; then
    log_bold=$'\e[1m' log_dim=$'\e[2m' log_red=$'\e[31m' log_yellow=$'\e[33m' log_off=$'\e[0m'
else
    log_bold='' log_dim='' log_red='' log_yellow='' log_off=''
fi

log() { printf '%s\n' "$*" >&2; }

step() { printf '%s==>%s %s\n' "$log_bold" "$log_off" "$*" >&2; }

warn() { printf '%swarning:%s %s\n' "$log_yellow" "$log_off" "$*" >&2; }

# Every further argument is a line that says how to get out of it.
die() {
    printf '%serror:%s %s\n' "$log_red" "$log_off" "$1" >&2
    shift
    local line
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# The end of a log, so that a failure in CI explains itself without a second look at the machine.
show_log_tail() {
    local file=$1 lines=${2:-25}
    [[ -s $file ]] || return 0
    printf '%s--- last lines of %s%s\n' "$log_dim" "$file" "$log_off" >&2
    tail -n "$lines" -- "$file" >&2
    printf '%s---%s\n' "$log_dim" "$log_off" >&2
}

minutes_and_seconds() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# run_with_progress <title> <log file> <command...>
# Long steps say that they live: on a terminal the line is redrawn every second, elsewhere a line is added every
# half minute. What the step is doing is read from the last heading ("+++", "==>") in its own log.
run_with_progress() {
    local title=$1 log_file=$2
    shift 2
    local started=$SECONDS reported=$SECONDS
    # The step starts a line of its own in the log, so that headings of earlier runs are not taken for its own.
    printf '==> %s\n' "$title" >>"$log_file"
    # A process group of its own: an interrupted step leaves no compiler behind.
    set -m
    "$@" >>"$log_file" 2>&1 </dev/null &
    local job=$!
    set +m
    trap 'kill -TERM -- "-$job" 2>/dev/null; trap - INT TERM; kill -INT $$' INT TERM
    while kill -0 "$job" 2>/dev/null; do
        local elapsed doing
        elapsed=$(minutes_and_seconds $((SECONDS - started)))
        doing=$(tail -n 400 -- "$log_file" 2>/dev/null | grep -aE '^(==>|\+\+\+ )' | tail -n 1 |
            sed -E 's/^(==>|\+\+\+) *(\[[0-9 :]+\])? *//; s/:$//' || true)
        if [[ -t 2 ]]; then
            printf '\r\e[K    [%s] %s%s%s' "$elapsed" "$log_dim" "${doing:0:90}" "$log_off" >&2
        elif ((SECONDS - reported >= 30)); then
            reported=$SECONDS
            log "    [$elapsed] $title: $doing"
        fi
        sleep 0.5
    done
    trap - INT TERM
    [[ -t 2 ]] && printf '\r\e[K' >&2
    local code=0
    wait "$job" || code=$?
    if ((code != 0)); then
        show_log_tail "$log_file" 40
        die "$title failed after $(minutes_and_seconds $((SECONDS - started))) (exit code $code)" "whole log: $log_file"
    fi
    log "    $title: $(minutes_and_seconds $((SECONDS - started)))"
}
