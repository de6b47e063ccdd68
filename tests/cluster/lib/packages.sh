# shellcheck shell=bash
# Debian packages. Asked for by what they provide, so that a machine that got a tool some other way keeps it.

# <command or absolute path that must exist>:<package that provides it>
build_packages=(
    # /usr/bin/go and not "go": another, newer Go on the PATH does not build this Kubernetes.
    /usr/bin/go:golang-go
    /usr/share/gocode/src/github.com/modern-go/reflect2/unsafe_link_gc.go:golang-github-modern-go-reflect2-dev
    /usr/bin/dpkg-source:dpkg-dev
    rsync:rsync jq:jq make:make
)
assets_packages=(etcd:etcd-server)
node_packages=(
    containerd:containerd runc:runc /usr/lib/cni/bridge:containernetworking-plugins
    iptables:iptables ip:iproute2 conntrack:conntrack mount:mount sysctl:procps flock:util-linux
    dnsmasq:dnsmasq-base kubectl:kubernetes-client
    openssl:openssl curl:curl jq:jq gcc:gcc /usr/include/stdio.h:libc6-dev
)
image_packages=(
    jq:jq tar:tar /bin/busybox:busybox-static
    /usr/share/ca-certificates/mozilla:ca-certificates /usr/share/zoneinfo/UTC:tzdata
    /usr/lib/x86_64-linux-gnu/libssl.so.3:libssl3 /usr/lib/x86_64-linux-gnu/libz.so.1:zlib1g
    /usr/lib/x86_64-linux-gnu/libstdc++.so.6:libstdc++6
)

# Debian's tools for daemons live in sbin, which an ordinary login has not on its PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

have() {
    case $1 in
        /*) [[ -e $1 ]] ;;
        *) command -v -- "$1" >/dev/null ;;
    esac
}

missing_packages() {
    local pair
    for pair in "$@"; do
        have "${pair%%:*}" || printf '%s\n' "${pair#*:}"
    done | sort -u
}

# ensure_packages <command:package...>
ensure_packages() {
    local -a missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0

    have apt-get || die "these Debian packages are needed, and this is not Debian: ${missing[*]}" \
        "install what they provide by hand, or use a cluster made elsewhere: CLUSTER=existing or CLUSTER=kind"
    ((EUID == 0)) || die "these Debian packages are missing: ${missing[*]}" \
        "run as root: tests/cluster/cluster prerequisites"

    step "installing ${missing[*]}"
    local log_file=$cache_dir/logs/packages.log
    mkdir -p -- "$cache_dir/logs"
    run_with_progress "apt-get install" "$log_file" install_packages "${missing[@]}"
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) || die "installed, and still not there: ${missing[*]}" "log: $log_file"
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    local policy=/usr/sbin/policy-rc.d made_policy=
    # etcd and containerd would be started as services by their own packages; the cluster runs its own copies.
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 0755 "$policy"
        made_policy=1
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    local -a options=(--yes --no-install-recommends -o DPkg::Lock::Timeout=300)
    # The lists are fetched only if they are not there or if what they tell is gone from the mirror.
    { [[ -n $(apt-cache madison "$1" 2>/dev/null) ]] && apt-get install "${options[@]}" "$@"; } ||
        { apt-get update && apt-get install "${options[@]}" "$@"; }
    [[ -z $made_policy ]] || rm -f -- "$policy"
}

# The .NET SDK is not in Debian. Microsoft's own script puts it into the cache, for this project only.
dotnet_dir=$cache_dir/dotnet

have_dotnet() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

use_cached_dotnet() {
    if ! have_dotnet && [[ -x $dotnet_dir/dotnet ]]; then
        export DOTNET_ROOT=$dotnet_dir PATH=$dotnet_dir:$PATH
    fi
}

ensure_dotnet() {
    use_cached_dotnet
    have_dotnet && return 0
    step "installing the .NET 10 SDK into $dotnet_dir"
    ensure_packages curl:curl /usr/share/ca-certificates/mozilla:ca-certificates
    local script=$cache_dir/dotnet-install.sh
    mkdir -p -- "$cache_dir/logs"
    curl -fsSL --retry 3 -o "$script" https://dot.net/v1/dotnet-install.sh ||
        die "the .NET install script cannot be fetched" "put a .NET 10 SDK on the PATH and try again"
    run_with_progress "dotnet-install" "$cache_dir/logs/dotnet-install.log" \
        bash "$script" --channel 10.0 --install-dir "$dotnet_dir" --no-path
    use_cached_dotnet
    have_dotnet || die "the .NET SDK was installed and does not run" "log: $cache_dir/logs/dotnet-install.log"
    log "    on the PATH with: export DOTNET_ROOT=$dotnet_dir PATH=$dotnet_dir:\$PATH"
}
