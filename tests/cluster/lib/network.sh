# shellcheck shell=bash
# The machine's own network as far as the cluster needs it: bridge, sysctls, iptables; and kube-proxy, which makes
# services' addresses work. All of it is taken back by clean_network.

# What kubelet, kube-proxy and the CNI plugins set. They do not remember what was there before, so this does.
sysctls=(
    net.ipv4.ip_forward net.ipv4.conf.all.route_localnet
    net.bridge.bridge-nf-call-iptables net.bridge.bridge-nf-call-ip6tables
    vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops
    kernel.keys.root_maxkeys kernel.keys.root_maxbytes
)

prepare_network() {
    [[ -e /proc/sys/net/bridge ]] || modprobe br_netfilter 2>/dev/null || true
    # Written once: a second `up` must not take our own values for the machine's.
    if [[ ! -e $run_dir/sysctls ]]; then
        local key
        for key in "${sysctls[@]}"; do
            [[ ! -r /proc/sys/${key//.//} ]] || printf '%s %s\n' "$key" "$(<"/proc/sys/${key//.//}")"
        done >"$run_dir/sysctls.new"
        # Of all rules: kube-proxy and its kind add theirs; others' must be the same afterwards.
        foreign_rules >"$run_dir/iptables.before"
        mv -- "$run_dir/sysctls.new" "$run_dir/sysctls"
    fi
    sysctl -qw net.ipv4.ip_forward=1
    # Otherwise a pod's answer to a pod on the same bridge would not pass iptables, and services would not work there.
    [[ ! -e /proc/sys/net/bridge ]] || sysctl -qw net.bridge.bridge-nf-call-iptables=1

    if [[ ! -e /sys/class/net/$bridge ]]; then
        # A fixed hardware address: a bridge otherwise takes its ports' lowest, and pods' ARP entries would go stale.
        ip link add "$bridge" address 02:d0:7a:c0:00:01 type bridge
    fi
    ip address replace "$node_address/${pod_subnet#*/}" dev "$bridge"
    ip link set "$bridge" up
    allow_forwarding
}

# Machines with Docker drop by default what is forwarded.
allow_forwarding() {
    iptables -w -n -L DOTMAC-FORWARD >/dev/null 2>&1 || iptables -w -N DOTMAC-FORWARD
    iptables -w -F DOTMAC-FORWARD
    iptables -w -A DOTMAC-FORWARD -i "$bridge" -j ACCEPT
    iptables -w -A DOTMAC-FORWARD -o "$bridge" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    iptables -w -C FORWARD -j DOTMAC-FORWARD 2>/dev/null || iptables -w -I FORWARD -j DOTMAC-FORWARD
}

start_proxy() {
    running kube-proxy && return 0
    # nodePortAddresses: node ports are for this machine, not for its neighbours. conntrack: the machine's own limits stay.
    cat >"$state_dir/kube-proxy.yaml" <<END
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: { kubeconfig: $pki_dir/kube-proxy.kubeconfig }
mode: iptables
clusterCIDR: $pod_subnet
hostnameOverride: $node_name
bindAddress: $node_address
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
nodePortAddresses: [127.0.0.0/8, $node_address/32]
oomScoreAdj: 0
iptables: { minSyncPeriod: 100ms }
conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s }
END
    start_component kube-proxy "$kubernetes_bin/kube-proxy" --config="$state_dir/kube-proxy.yaml"
}

proxy_healthy() { curl -s --fail --max-time 2 http://127.0.0.1:10256/healthz; }

our_chains='(KUBE|CNI|DOTMAC)-'

# foreign_rules: what others have in iptables, without counters, comments, and tables that hold nothing.
foreign_rules() {
    local save
    for save in iptables-save ip6tables-save; do
        have "$save" || continue
        "$save" 2>/dev/null | { grep -vE "^#|^:$our_chains|^-A $our_chains| -j $our_chains" || true; } |
            sed -E 's/^(:.*) \[[0-9:]+\]$/\1/' |
            awk -v save="$save" '
                /^\*/ { table = $0; kept = ""; next }
                /^:[A-Z]+ ACCEPT$/ { next }
                /^COMMIT/ { if (kept != "") printf "%s %s\n%s", save, table, kept; next }
                { kept = kept $0 "\n" }'
    done
}

clean_iptables() {
    local family
    for family in iptables ip6tables; do
        have "$family-save" || continue
        # One transaction per table: first the rules that lead into our chains, then what is in them, then they.
        "$family-save" 2>/dev/null | awk -v ours="^$our_chains" '
            function flush_table() {
                if (chains != "") printf "%s\n%s%s%sCOMMIT\n", table, jumps, rules, chains
                jumps = rules = chains = ""
            }
            /^\*/ { table = $0 }
            /^:/ { chain = substr($1, 2); if (chain ~ ours) { rules = rules "-F " chain "\n"; chains = chains "-X " chain "\n" } }
            /^-A/ && $2 !~ ours && match($0, / -j [^ ]+/) && substr($0, RSTART + 4, RLENGTH - 4) ~ ours {
                jumps = jumps "-D" substr($0, 3) "\n"
            }
            /^COMMIT/ { flush_table() }' >"$run_dir/$family.clean"
        [[ ! -s $run_dir/$family.clean ]] || "$family-restore" -w --noflush <"$run_dir/$family.clean" ||
            warn "$family: not all of the cluster's rules could be removed (tried: $run_dir/$family.clean)"
    done
}

clean_network() {
    clean_iptables
    [[ ! -e /sys/class/net/$bridge ]] || ip link delete "$bridge" || true
    if [[ -e $run_dir/sysctls ]]; then
        local key value
        while read -r key value; do
            [[ ! -e /proc/sys/${key//.//} || $(<"/proc/sys/${key//.//}") == "$value" ]] || sysctl -qw "$key=$value" ||
                warn "$key could not be set back to $value"
        done <"$run_dir/sysctls"
    fi
    if [[ -e $run_dir/iptables.before ]] && ! diff <(foreign_rules) "$run_dir/iptables.before" >"$run_dir/iptables.diff"; then
        warn "iptables differs from what it was before \`up\`; something else may have changed it meanwhile:"
        cat -- "$run_dir/iptables.diff" >&2
    fi
}
