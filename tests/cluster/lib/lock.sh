# shellcheck shell=bash
# Two builds or two `up`s at once would tread on each other's files. The lock is a file descriptor, so it ends with the
# last process that holds it, however that process dies; daemons are started without it (see process.sh).

# take_lock <variable for the descriptor> <lock file> <what the holder is doing>
take_lock() {
    local -n lock_fd=$1
    mkdir -p -- "$(dirname -- "$2")"
    exec {lock_fd}>>"$2"
    if ! flock --nonblock "$lock_fd"; then
        log "    waiting for another process that is $3"
        flock "$lock_fd"
    fi
}

release_lock() {
    local -n lock_fd=$1
    exec {lock_fd}>&-
}
