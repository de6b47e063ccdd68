# shellcheck shell=bash
# Kubernetes' server binaries. No package holds them, but Debian's source package does, with its dependencies vendored;
# so they are built, once per machine, into the cache.

source_package=kubernetes
build_dir=$kubernetes_dir/build
build_log=$kubernetes_dir/build.log

# In the order in which they are needed: integration tests wait for the first group only.
assets_binaries=(kube-apiserver kube-controller-manager)
node_binaries=(kube-scheduler kubelet kube-proxy)

built() {
    local binary
    for binary in "$@"; do [[ -x $kubernetes_bin/$binary ]] || return 1; done
}

# ensure_kubernetes <binary...>
ensure_kubernetes() {
    built "$@" && return 0
    [[ -r /etc/debian_version && $(dpkg --print-architecture 2>/dev/null) == amd64 ]] ||
        die "Kubernetes can be built from source on Debian (amd64) only" \
            "set KUBEBUILDER_ASSETS to a directory with etcd and kube-apiserver (envtest's convention)," \
            "or use a cluster made elsewhere: CLUSTER=existing or CLUSTER=kind"
    ensure_packages "${build_packages[@]}"

    local fd
    take_lock fd "$kubernetes_dir/lock" "building Kubernetes (log: $build_log)"
    local binary
    local -a missing=()
    for binary in "$@"; do built "$binary" || missing+=("$binary"); done
    if ((${#missing[@]} > 0)); then
        mkdir -p -- "$kubernetes_bin"
        step "building Kubernetes $kubernetes_version: ${missing[*]} (once; log: $build_log)"
        if [[ ! -e $build_dir/prepared ]]; then
            run_with_progress "source of Kubernetes" "$build_log" prepare_source
        fi
        run_with_progress "compiling ${missing[*]}" "$build_log" compile "${missing[@]}"
    fi
    # Sources and object files are 3 GB; nothing needs them once everything is built.
    if built "${assets_binaries[@]}" "${node_binaries[@]}"; then rm -rf -- "$build_dir"; fi
    release_lock fd
}

prepare_source() {
    set -euo pipefail
    local apt_dir=$build_dir/apt
    mkdir -p -- "$apt_dir"/{lists,cache/archives}/partial
    # Few machines have deb-src lines, and theirs are not ours to edit. The mirrors are those the machine already uses.
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        sort -u | sed "s|^|deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] |" >"$apt_dir/sources.list"
    [[ -s $apt_dir/sources.list ]] || {
        echo "the machine's apt knows no Debian mirror (run apt-get update)"
        return 1
    }
    local -a apt=(-o "Dir::Etc::sourcelist=$apt_dir/sources.list" -o Dir::Etc::sourceparts=-
        -o "Dir::State::lists=$apt_dir/lists" -o "Dir::Cache=$apt_dir/cache" -o APT::Sandbox::User=root)
    echo "==> list of source packages"
    apt-get "${apt[@]}" update

    # Debian counts "1.20.5+really1.20.2"; the part behind "really" is what it is.
    local version
    version=$(apt-cache "${apt[@]}" showsrc "$source_package" |
        sed -n "s/^Version: \(.*${kubernetes_version#v}[^0-9].*\)$/\1/p" | sort -V | tail -n 1)
    [[ -n $version ]] || {
        echo "this Debian has no source of Kubernetes $kubernetes_version"
        return 1
    }
    cd -- "$build_dir"
    echo "==> download of $source_package $version"
    apt-get "${apt[@]}" source --download-only "$source_package=$version"
    echo "==> unpacking"
    rm -rf -- source
    dpkg-source --no-check -x "$source_package"_*.dsc source

    # The vendored reflect2 1.0.1 corrupts memory when built with Go 1.18 or newer: the API server dies with SIGSEGV as
    # soon as it encodes certain maps. Debian's own package of it is fixed.
    local reflect2=github.com/modern-go/reflect2
    rm -rf -- "source/vendor/$reflect2"
    cp -r -- "/usr/share/gocode/src/$reflect2" "source/vendor/$reflect2"

    # Kubernetes of this age builds in GOPATH mode only, and finds itself there under its own name.
    mkdir -p -- source/.go/src/k8s.io home
    ln -sfn ../../.. source/.go/src/k8s.io/kubernetes
    local minor=${kubernetes_version#v*.}
    cat >version <<END
KUBE_GIT_COMMIT='archive'
KUBE_GIT_TREE_STATE='archive'
KUBE_GIT_VERSION='$kubernetes_version'
KUBE_GIT_MAJOR='1'
KUBE_GIT_MINOR='${minor%%.*}'
END
    touch prepared
}

compile() {
    set -euo pipefail
    cd -- "$build_dir/source"
    echo "==> generating code, compiling $*"
    # A bare environment: GOFLAGS, GOROOT, GO111MODULE … of whoever calls would lead elsewhere. The HOME of its own
    # holds Go's build cache, by which a build that was killed goes on where it was.
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="$build_dir/home" \
        GOPATH="$PWD/.go" GO111MODULE=off CGO_ENABLED=0 KUBE_GIT_VERSION_FILE="$build_dir/version" \
        nice make GOLDFLAGS="-s -w" WHAT="${*/#/cmd/}"
    local binary
    for binary in "$@"; do
        "_output/bin/$binary" --version
        # Moved into place whole: a binary in the cache is always a finished one.
        cp -- "_output/bin/$binary" "$kubernetes_bin/.$binary.new"
        mv -f -- "$kubernetes_bin/.$binary.new" "$kubernetes_bin/$binary"
    done
}

# assets: what an integration test needs to start an API server of its own. The directory's path is the answer.
ensure_assets() {
    if [[ -n ${KUBEBUILDER_ASSETS:-} ]]; then
        if [[ -x $KUBEBUILDER_ASSETS/etcd && -x $KUBEBUILDER_ASSETS/kube-apiserver ]]; then
            printf '%s\n' "$KUBEBUILDER_ASSETS"
            return
        fi
        warn "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS holds no etcd and kube-apiserver: not used"
    fi
    ensure_packages "${assets_packages[@]}"
    ensure_kubernetes "${assets_binaries[@]}"
    link_tool etcd
    printf '%s\n' "$kubernetes_bin"
}

# Beside the built binaries, as envtest expects them.
link_tool() {
    local target
    target=$(command -v -- "$1")
    [[ $(readlink -- "$kubernetes_bin/$1" || true) == "$target" ]] || ln -sfn -- "$target" "$kubernetes_bin/$1"
}
