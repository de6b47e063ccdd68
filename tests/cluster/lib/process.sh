# shellcheck shell=bash
# Long-running processes without a service manager: started detached, found again by a process id that is checked
# against the process's own command line (ids are reused, above all after a restart of the machine).

# component_pid <name>: the id of the running component; fails if it does not run.
component_pid() {
    local pid
    { read -r pid <"$pid_dir/$1.pid"; } 2>/dev/null || return 1
    [[ $pid =~ ^[0-9]+$ ]] && is_ours "$pid" || return 1
    printf '%s\n' "$pid"
}

# Every process of the cluster names a file of this cluster on its command line.
is_ours() {
    local -a arguments
    { mapfile -d '' -t arguments <"/proc/$1/cmdline"; } 2>/dev/null || return 1
    [[ ${arguments[*]} == *"$state_dir/"* || ${arguments[*]} == *"$run_dir/"* ]]
}

running() { component_pid "$1" >/dev/null; }

# start_component <name> <command...>: does nothing if it runs already.
start_component() {
    local name=$1
    shift
    running "$name" && return 0
    mkdir -p -- "$pid_dir" "$log_dir"
    # A log of the run before is the one that explains why there is a second run.
    [[ ! -s $log_dir/$name.log ]] || mv -f -- "$log_dir/$name.log" "$log_dir/$name.previous.log"
    # The id is written by the process itself before it becomes the component: a killed `up` leaves none unknown.
    # Inherited descriptors are closed: a pipe of the caller held open here would make the caller wait for ever, and
    # the lock would never be released.
    # shellcheck disable=SC2016  # expanded by the inner shell
    setsid bash -c '
        for fd in /proc/$$/fd/*; do fd=${fd##*/}; ((fd <= 2)) || eval "exec $fd>&-"; done
        echo $$ >"$1.new" && mv -f "$1.new" "$1"
        shift
        cd / && exec "$@"' "$name" "$pid_dir/$name.pid" "$@" </dev/null >>"$log_dir/$name.log" 2>&1 &
    disown
}

# wait_for <seconds> <what> <component whose log tells why not> <command...>
wait_for() {
    local limit=$1 what=$2 component=$3 started=$SECONDS
    shift 3
    until "$@" >/dev/null 2>&1; do
        # A component that has exited will not get any better; but give it a moment to have started at all.
        if ((SECONDS - started > limit)) || { ((SECONDS - started > 2)) && ! running "$component"; }; then
            show_log_tail "$log_dir/$component.log"
            if running "$component"; then die "waited $limit s in vain until: $what" "log: $log_dir/$component.log"; fi
            die "$component has exited (waited until: $what)" "log: $log_dir/$component.log"
        fi
        sleep 0.2
    done
}

# stop_component <name> [seconds]: the whole session of it, gently, then for sure.
stop_component() {
    local pid
    if pid=$(component_pid "$1"); then
        kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
        wait_gone "${2:-5}" "$pid" || kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null || true
        wait_gone 5 "$pid" || warn "$1 (process $pid) does not end"
    fi
    rm -f -- "$pid_dir/$1.pid"
}

wait_gone() {
    local tries=$(($1 * 20)) pid=$2
    while [[ -e /proc/$pid ]] && ! is_zombie "$pid"; do
        ((tries-- > 0)) || return 1
        sleep 0.05
    done
}

# A killed process whose parent does not collect it is gone for all that matters.
is_zombie() { grep -qs '^State:.Z' "/proc/$1/status"; }

# What is left of processes whose id file is lost: shims, helpers, anything started by a run that was killed.
# Only programs that the cluster starts are looked at, so that an editor or a `tail` on a log of ours is left alone.
stop_strays() {
    local directory pid name
    for directory in /proc/[0-9]*; do
        pid=${directory#/proc/}
        { read -r name <"$directory/comm"; } 2>/dev/null || continue
        case $name in
            etcd | kube-apiserver | kube-controller* | kube-scheduler | kubelet | kube-proxy | containerd | \
                containerd-shim* | dnsmasq | dns-sync | curl) ;;
            *) continue ;;
        esac
        if is_ours "$pid"; then kill -KILL "$pid" 2>/dev/null || true; fi
    done
}
