# shellcheck shell=bash
# CLUSTER=local: the cluster on this machine.

components=(etcd kube-apiserver kube-controller-manager kube-scheduler containerd kubelet kube-proxy dnsmasq dns-sync)
boot_id=$(</proc/sys/kernel/random/boot_id)

local_kubeconfig() { printf '%s\n' "$admin_kubeconfig"; }

ensure_prerequisites() {
    ensure_packages "${build_packages[@]}" "${assets_packages[@]}" "${node_packages[@]}" "${image_packages[@]}"
    ensure_dotnet
}

require_root() {
    ((EUID == 0)) || die "a local cluster needs root: it makes network namespaces, mounts and iptables rules" \
        "run it as root (sudo -E), or use a cluster made elsewhere: CLUSTER=existing or CLUSTER=kind"
}

lock_cluster() { take_lock cluster_lock /run/lock/dotmac-cluster.lock "bringing the cluster up or down"; }

local_up() {
    require_root
    if all_healthy; then
        log "the cluster is up: export KUBECONFIG=$admin_kubeconfig"
        return 0
    fi
    local cluster_lock started=$SECONDS
    lock_cluster
    ensure_packages "${assets_packages[@]}" "${node_packages[@]}"
    ensure_kubernetes "${assets_binaries[@]}" "${node_binaries[@]}"
    adopt_or_clear_leftovers

    mkdir -p -m 0700 -- "$state_dir"
    mkdir -p -- "$run_dir" "$log_dir" "$pid_dir"
    printf '%s\n' "$state_dir" >"$run_dir/state-dir"
    printf '%s\n' "$boot_id" | tee "$run_dir/boot-id" >"$state_dir/boot-id"

    ensure_certificates
    note_host_directories
    prepare_network
    step "control plane and node"
    # kubelet looks for a Docker for five seconds before it does anything; meanwhile the API server becomes ready.
    start_node &
    local node=$!
    start_control_plane
    wait "$node" || die "the node does not start" "logs: $log_dir"
    start_proxy
    start_dns
    local component
    for component in "${components[@]}"; do
        wait_for 90 "$component is healthy" "$component" health_of "$component"
    done
    wait_for 60 "the service account of namespace default" kube-controller-manager default_account_exists
    release_lock cluster_lock
    log "the cluster is up after $((SECONDS - started)) s: export KUBECONFIG=$admin_kubeconfig"
}

# What an earlier run left, if it was killed or the machine was restarted.
adopt_or_clear_leftovers() {
    local other
    other=$(cat -- "$run_dir/state-dir" 2>/dev/null || true)
    if [[ -n $other && $other != "$state_dir" && $(cat -- "$run_dir/boot-id" 2>/dev/null) == "$boot_id" ]]; then
        die "this machine's cluster is kept in $other" \
            "one machine has one cluster; stop that one: DOTMAC_CLUSTER_DIR=$other tests/cluster/cluster down"
    fi
    if [[ -z $other ]] && { pgrep -r R,S,D -x kubelet || pgrep -r R,S,D -x kube-proxy; } >/dev/null; then
        die "another Kubernetes runs on this machine" \
            "two cannot share ports and iptables chains; use the other one: CLUSTER=existing KUBECONFIG=..."
    fi

    if [[ -e $run_dir/boot-id && $(<"$run_dir/boot-id") != "$boot_id" ]]; then
        # /run is not emptied everywhere. None of it means anything now, above all not the sysctls' old values.
        remove_host_directories
        rm -rf -- "$run_dir"
    fi
    if [[ -e $state_dir/boot-id && $(<"$state_dir/boot-id") != "$boot_id" && -z ${KEEP_STATE:-} ]]; then
        log "    the machine was restarted: the cluster begins anew (KEEP_STATE=1 would keep its data)"
        clean_node
        rm -rf --one-file-system -- "$state_dir"
    fi
    if ! running containerd && [[ -e $run_dir/state-dir ]]; then
        # Containers without containerd are adopted by none; kubelet makes them again from the API.
        log "    an earlier run did not end well: its containers are cleared away"
        stop_component kubelet
        clean_node
        if ! running kube-apiserver; then
            local component
            for component in "${components[@]}"; do stop_component "$component"; done
        fi
    fi
}

local_down() {
    require_root
    local cluster_lock component
    if [[ ! -e $run_dir && ! -e $state_dir ]]; then
        log "the cluster is not up"
        return 0
    fi
    lock_cluster
    local other
    other=$(cat -- "$run_dir/state-dir" 2>/dev/null || true)
    [[ -z $other || $other == "$state_dir" ]] ||
        die "this machine's cluster is kept in $other" "stop it with: DOTMAC_CLUSTER_DIR=$other tests/cluster/cluster down"
    step "stopping the cluster"
    mkdir -p -- "$run_dir"
    # Kubelet first, or it would start again what is ended; the API server before etcd.
    for component in kubelet dns-sync dnsmasq kube-proxy kube-scheduler kube-controller-manager; do
        stop_component "$component" 2
    done
    kill_containers
    for component in kube-apiserver etcd containerd; do stop_component "$component" 3; done
    clean_node
    clean_network
    remove_host_directories
    rm -rf --one-file-system -- "$run_dir"
    if [[ -n ${KEEP_STATE:-} ]]; then
        log "the cluster is down; its data is kept in $state_dir"
    else
        rm -rf --one-file-system -- "$state_dir"
        log "the cluster is down"
    fi
    release_lock cluster_lock
}

health_of() {
    case $1 in
        etcd) etcd_healthy ;;
        kube-apiserver) api_ready ;;
        kube-controller-manager) controller_manager_healthy ;;
        kube-scheduler) scheduler_healthy ;;
        containerd) containerd_healthy ;;
        kubelet) kubelet_healthy && node_ready ;;
        kube-proxy) proxy_healthy ;;
        dnsmasq) dns_healthy ;;
        dns-sync) dns_synchronized ;;
    esac >/dev/null 2>&1
}

all_healthy() {
    local component
    local -a checks=()
    [[ $(cat -- "$run_dir/state-dir" 2>/dev/null) == "$state_dir" ]] || return 1
    for component in "${components[@]}"; do running "$component" || return 1; done
    for component in "${components[@]}"; do
        health_of "$component" &
        checks+=($!)
    done
    local check
    for check in "${checks[@]}"; do wait "$check" || return 1; done
}

address_of() {
    case $1 in
        etcd) printf 'http://127.0.0.1:%s' "$etcd_port" ;;
        kube-apiserver) printf 'https://%s:%s' "$node_address" "$api_port" ;;
        kube-controller-manager) printf 'https://127.0.0.1:10257' ;;
        kube-scheduler) printf 'https://127.0.0.1:10259' ;;
        containerd) printf 'unix://%s' "$containerd_socket" ;;
        kubelet) printf 'https://%s:10250' "$node_address" ;;
        kube-proxy) printf 'http://127.0.0.1:10256' ;;
        dnsmasq) printf '%s:53' "$node_address" ;;
        dns-sync) printf '%s' "$dns_dir/hosts" ;;
    esac
}

local_status() {
    local component pid state colour green='' red='' off='' ill=0
    if [[ -t 1 && -z ${NO_COLOR:-} ]]; then green=$'\e[32m' red=$'\e[31m' off=$'\e[0m'; fi
    local -r row='%-24s %s%-9s%s %-8s %-44s %s\n'
    # shellcheck disable=SC2059  # the format is a constant
    {
        printf "$row" COMPONENT '' STATE '' PID ADDRESS LOG
        for component in "${components[@]}"; do
            if ! pid=$(component_pid "$component"); then
                pid=- state=stopped colour=$red ill=1
            elif health_of "$component"; then
                state=healthy colour=$green
            else
                state=unhealthy colour=$red ill=1
            fi
            printf "$row" "$component" "$colour" "$state" "$off" "$pid" "$(address_of "$component")" "$log_dir/$component.log"
        done
    }
    return "$ill"
}

local_load() {
    require_root
    (($# > 0)) || die "load: which archives?" "tests/cluster/cluster load artifacts/images/operator.tar"
    running containerd || die "the cluster is not up" "start it with: tests/cluster/cluster up"
    local archive
    for archive in "$@"; do
        [[ -r $archive ]] || die "no such archive: $archive"
        mkdir -p -- "$log_dir"
        ctr images import "$archive" >>"$log_dir/images.log" 2>&1 || {
            show_log_tail "$log_dir/images.log"
            die "$archive cannot be imported"
        }
        log "loaded $(image_references "$archive" | paste -sd ' ')"
    done
}

image_references() { tar --extract --to-stdout --file "$1" manifest.json | jq -r '.[].RepoTags[]'; }
