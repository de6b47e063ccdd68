# shellcheck shell=bash
# CLUSTER=kind: Kubernetes in Docker, for developers' machines that have it. Shape: kind-config.yaml in the root.

kind_name=dotmac

require_kind() {
    have kind || die "kind is not installed" \
        "install it and Docker (see kind's own quick start), or leave CLUSTER empty for a cluster without containers around it"
}

kind_kubeconfig() { printf '%s\n' "$admin_kubeconfig"; }

kind_exists() { kind get clusters 2>/dev/null | grep -qx "$kind_name"; }

kind_up() {
    require_kind
    mkdir -p -m 0700 -- "$state_dir"
    kind_exists || kind create cluster --name "$kind_name" --config "$repository_dir/kind-config.yaml" \
        --kubeconfig "$admin_kubeconfig" --wait 180s >&2
    kind export kubeconfig --name "$kind_name" --kubeconfig "$admin_kubeconfig" >&2
    log "the cluster is up: export KUBECONFIG=$admin_kubeconfig"
}

kind_down() {
    require_kind
    kind delete cluster --name "$kind_name" --kubeconfig "$admin_kubeconfig" >&2
}

kind_status() {
    require_kind
    kind_exists || die "the cluster is not up" "start it with: CLUSTER=kind tests/cluster/cluster up"
    kubectl --kubeconfig "$admin_kubeconfig" get nodes -o wide
}

kind_load() {
    require_kind
    (($# > 0)) || die "load: which archives?"
    local archive
    for archive in "$@"; do kind load image-archive "$archive" --name "$kind_name" >&2; done
}
