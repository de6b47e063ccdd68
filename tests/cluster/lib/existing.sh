# shellcheck shell=bash
# CLUSTER=existing: somebody else's cluster. It is looked at and used, never started or stopped.

existing_kubeconfig() {
    [[ -n ${KUBECONFIG:-} ]] || die "CLUSTER=existing needs KUBECONFIG" "export KUBECONFIG=/path/to/kubeconfig"
    printf '%s\n' "$KUBECONFIG"
}

existing_up() {
    local version
    existing_kubeconfig >/dev/null
    have kubectl || die "kubectl is not on the PATH" "tests/cluster/cluster prerequisites"
    version=$(kubectl version -o json --request-timeout=10s 2>/dev/null | jq -r '.serverVersion.gitVersion // empty') || true
    [[ -n $version ]] || die "the cluster of KUBECONFIG=$KUBECONFIG cannot be reached" \
        "what it says: $(kubectl version --request-timeout=10s 2>&1 | tail -n 1)"
    log "the cluster answers: Kubernetes $version, $(kubectl get nodes --no-headers 2>/dev/null | wc -l) node(s)"
}

existing_down() { log "CLUSTER=existing: the cluster is left alone"; }

existing_status() {
    existing_up && kubectl get nodes -o wide
}

# A cluster elsewhere pulls its images from a registry; only its owner knows which.
existing_load() {
    (($# > 0)) || die "load: which archives?"
    local archive reference target
    if [[ -z ${IMAGE_REGISTRY:-} ]]; then
        die "an existing cluster takes images from a registry only" \
            "set IMAGE_REGISTRY=registry.example/path (with skopeo on the PATH) to have them pushed there," \
            "or bring them onto its nodes yourself: $*"
    fi
    have skopeo || die "skopeo is needed to push images" "apt-get install skopeo"
    for archive in "$@"; do
        while IFS= read -r reference; do
            # ghcr.io/dotmac/operator:1.0.0 becomes <registry>/operator:1.0.0
            target=$IMAGE_REGISTRY/${reference##*/}
            step "pushing $target"
            skopeo copy "docker-archive:$archive:$reference" "docker://$target" >&2
        done < <(image_references "$archive")
    done
}
