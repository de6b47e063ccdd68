# shellcheck shell=bash
# The one node: containerd with a CNI network, and kubelet.

pause_image=dotmac.local/pause:1
containerd_state=$run_dir/containerd
kubelet_dir=$state_dir/kubelet

ctr() { command ctr --address "$containerd_socket" --namespace k8s.io "$@"; }

start_node() {
    start_containerd
    start_kubelet
}

# What kubelet, libcni and containerd's shims make at places that no option moves. Those that were not there before
# are ours to take away.
host_directories=(/var/log/pods /var/log/containers /var/lib/kubelet /var/lib/cni /run/containerd)

note_host_directories() {
    [[ ! -e $run_dir/made ]] || return 0
    local directory
    for directory in "${host_directories[@]}"; do
        [[ -e $directory ]] || printf '%s\n' "$directory"
    done >"$run_dir/made.new"
    mv -- "$run_dir/made.new" "$run_dir/made"
}

remove_host_directories() {
    [[ -e $run_dir/made ]] || return 0
    local directory
    while IFS= read -r directory; do
        unmount_below "$directory"
        rm -rf --one-file-system -- "$directory"
    done <"$run_dir/made"
    rm -- "$run_dir/made"
}

start_containerd() {
    running containerd && return 0
    mkdir -p -- "$state_dir/containerd" "$run_dir/cni/net.d" "$run_dir/etc"

    cat >"$run_dir/cni/net.d/10-dotmac.conflist" <<END
{
  "cniVersion": "0.4.0",
  "name": "dotmac",
  "plugins": [
    { "type": "bridge", "bridge": "$bridge", "isGateway": true, "ipMasq": true, "hairpinMode": true,
      "ipam": { "type": "host-local", "dataDir": "$run_dir/cni/addresses",
                "ranges": [[{ "subnet": "$pod_subnet", "gateway": "$node_address" }]],
                "routes": [{ "dst": "0.0.0.0/0" }] } },
    { "type": "portmap", "capabilities": { "portMappings": true } }
  ]
}
END

    # restrict_oom_score_adj: without CAP_SYS_RESOURCE, as in many sandboxes, no pod would start otherwise.
    # "opt" is moved because its default makes a directory in /opt.
    cat >"$state_dir/containerd.toml" <<END
version = 2
root = "$state_dir/containerd"
state = "$containerd_state"
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
]
[grpc]
  address = "$containerd_socket"
[plugins."io.containerd.internal.v1.opt"]
  path = "$state_dir/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$pause_image"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$run_dir/cni/net.d"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
      Root = "$run_dir/runc"
END
    start_component containerd containerd --config "$state_dir/containerd.toml" --log-level warn
    wait_for 30 "containerd answers" containerd ctr version
    [[ -n $(ctr images ls -q "name==$pause_image") ]] || import_pause_image
}

import_pause_image() {
    local archive
    archive=$(pause_archive)
    ctr images import "$archive" >>"$log_dir/images.log" 2>&1 || {
        show_log_tail "$log_dir/images.log"
        die "the pause image cannot be imported"
    }
}

start_kubelet() {
    running kubelet && return 0
    mkdir -p -- "$kubelet_dir"
    # Whatever the machine's own resolv.conf says, and even if it has none.
    printf 'nameserver %s\n' "$node_address" >"$state_dir/resolv.conf"
    # syncFrequency: changed ConfigMaps reach their pods in seconds, not in a minute or two.
    # nodeStatusUpdateFrequency: the node is ready when it is, not at the next round of ten seconds.
    # imageGC…: images come from archives, not from a registry; one that was collected could not be pulled again.
    cat >"$state_dir/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $node_address
port: 10250
readOnlyPort: 0
healthzBindAddress: 127.0.0.1
tlsCertFile: $pki_dir/kubelet.crt
tlsPrivateKeyFile: $pki_dir/kubelet.key
authentication:
  anonymous: { enabled: false }
  webhook: { enabled: true }
  x509: { clientCAFile: $pki_dir/ca.crt }
authorization: { mode: Webhook }
clusterDNS: [$node_address]
clusterDomain: $cluster_domain
resolvConf: $state_dir/resolv.conf
cgroupDriver: cgroupfs
failSwapOn: false
oomScoreAdj: 0
maxPods: 110
serializeImagePulls: false
syncFrequency: 10s
nodeStatusUpdateFrequency: 2s
nodeStatusReportFrequency: 5m
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
evictionHard: { memory.available: 100Mi, nodefs.available: 512Mi, imagefs.available: 512Mi }
END
    # Without the variable, kubelet asks a cloud's metadata service for credentials for five seconds.
    AWS_EC2_METADATA_DISABLED=true start_component kubelet "$kubernetes_bin/kubelet" --config="$state_dir/kubelet.yaml" \
        --kubeconfig="$pki_dir/kubelet.kubeconfig" --root-dir="$kubelet_dir" \
        --container-runtime=remote --container-runtime-endpoint="unix://$containerd_socket" \
        --hostname-override="$node_name" --node-ip="$node_address" --volume-plugin-dir="$kubelet_dir/volume-plugins"
}

containerd_healthy() { ctr version; }
kubelet_healthy() { [[ $(curl -s --max-time 2 http://127.0.0.1:10248/healthz) == ok ]]; }

# Ready by this kubelet's word: after a crash the API still tells what the last one said.
node_ready() {
    local started
    started=$(stat -c %Y -- "$pid_dir/kubelet.pid") || return 1
    api "/api/v1/nodes/$node_name" | jq -e --argjson started "$started" '
        any(.status.conditions[]; .type == "Ready" and .status == "True" and (.lastHeartbeatTime | fromdate) >= $started)
        and all(.spec.taints[]?; .key != "node.kubernetes.io/not-ready")'
}

# clean_node: ends every container and takes away what containerd and kubelet hung up: mounts, network namespaces,
# cgroups. They do this themselves when they are asked pod by pod; after a kill, nobody asks.
clean_node() {
    kill_containers
    remove_shim_sockets
    stop_strays
    unmount_below "$kubelet_dir" "$state_dir/containerd" "$run_dir"
    # Pods' interfaces go with their namespaces; what stays behind of half-made ones hangs on the bridge.
    local interface
    for interface in "/sys/class/net/$bridge/brif"/*; do
        [[ ! -e $interface ]] || ip link delete "${interface##*/}" 2>/dev/null || true
    done
    remove_cgroups
    rm -rf --one-file-system -- "$containerd_state" "$run_dir/cni" "$run_dir/runc" "$kubelet_dir/pods"
    # libcni's own notes, one file per container of our network.
    rm -f -- /var/lib/cni/results/dotmac-*
}

# Shims keep their sockets where all shims of a machine do; each container's directory says which is its own.
remove_shim_sockets() {
    local file address
    for file in "$containerd_state"/io.containerd.runtime.v2.task/k8s.io/*/address; do
        [[ -r $file ]] || continue
        address=$(<"$file")
        [[ $address != unix:///run/containerd/s/* ]] || rm -f -- "${address#unix://}"
    done
}

pod_cgroups() { find /sys/fs/cgroup -depth -type d \( -path '*/kubepods' -o -path '*/kubepods/*' \) 2>/dev/null || true; }

kill_containers() {
    local round
    local -a members
    # Several rounds, as a shim may start a process between the look and the blow.
    for round in 1 2 3 4 5; do
        mapfile -t members < <(pod_cgroups | sed 's|$|/cgroup.procs|' | tr '\n' '\0' | xargs -0r cat 2>/dev/null | sort -u)
        ((${#members[@]} > 0)) || return 0
        kill -KILL "${members[@]}" 2>/dev/null || true
        sleep 0.1
    done
    warn "processes in pods' cgroups that do not end after $round rounds: ${members[*]}"
}

remove_cgroups() {
    local directory
    local -a left
    # A cgroup can be removed only once the kernel has buried its last process.
    for _ in {1..20}; do
        mapfile -t left < <(pod_cgroups)
        ((${#left[@]} > 0)) || return 0
        for directory in "${left[@]}"; do rmdir -- "$directory" 2>/dev/null || true; done
        sleep 0.05
    done
    warn "cgroups that cannot be removed: ${left[*]}"
}

# unmount_below <directory...>: they and all below, deepest first; what is still busy is detached, and goes when its
# last user does.
unmount_below() {
    local directory mount_point
    for directory in "$@"; do
        while IFS= read -r mount_point; do
            umount -- "$mount_point" 2>/dev/null || umount --lazy -- "$mount_point" 2>/dev/null || true
        done < <(mounts_below "$directory")
    done
}

mounts_below() {
    local mount_point
    cut -d ' ' -f 5 /proc/self/mountinfo | while IFS= read -r mount_point; do
        # mountinfo writes blanks and the like as octal escapes: \040.
        printf -v mount_point '%b' "${mount_point//\\/\\0}"
        [[ $mount_point != "$1" && $mount_point != "$1"/* ]] || printf '%s\n' "$mount_point"
    done | sort -r
}
