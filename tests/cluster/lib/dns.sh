# shellcheck shell=bash
# Names of services. Debian has no CoreDNS; dnsmasq serves a hosts file that dns-sync writes from the API.

dns_dir=$run_dir/dns

start_dns() {
    mkdir -p -- "$dns_dir"
    # dnsmasq drops root and reads the file again later: everybody may read it.
    chmod 0755 -- "$run_dir" "$dns_dir"
    [[ -e $dns_dir/hosts ]] || : >"$dns_dir/hosts"
    if ! running dnsmasq; then
        # Names outside the cluster do not exist, unless a server for them is named: a test must not depend on the
        # machine's resolver.
        local -a upstream=("--address=/#/")
        [[ -z ${CLUSTER_DNS_UPSTREAM:-} ]] || upstream=("--server=$CLUSTER_DNS_UPSTREAM")
        start_component dnsmasq dnsmasq --keep-in-foreground --conf-file=/dev/null --log-facility=- --pid-file= \
            --listen-address="$node_address" --bind-interfaces --port=53 --user=nobody --group=nogroup \
            --no-resolv --no-hosts --addn-hosts="$dns_dir/hosts" --local-ttl=1 --cache-size=1000 \
            --local="/$cluster_domain/" "${upstream[@]}"
    fi
    start_component dns-sync "$script_dir/lib/dns-sync" "https://$node_address:$api_port" "$pki_dir" \
        "$dns_dir/hosts" "$cluster_domain" "$pid_dir/dnsmasq.pid"
}

# An answer from the server itself, with nothing but bash: a query for the API's own name over TCP.
dns_healthy() { timeout 2 bash -c "exec 3<>/dev/tcp/$node_address/53"; }
dns_synchronized() { grep -qs " kubernetes.default.svc.$cluster_domain\$" "$dns_dir/hosts"; }
