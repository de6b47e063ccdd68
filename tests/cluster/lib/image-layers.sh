# shellcheck shell=bash
# The layers of a .NET image: libraries, shared runtime, tools for looking inside, the application. All but the last
# are the same for every image, made once and cached by what they are made of.

# Everything half-made is below it; set, and taken away at the end, by the script that sources this.
work_dir=${work_dir:?}

app_user=10001
multiarch=x86_64-linux-gnu

# cached_layer <name> <key> <function that fills a directory>: prints the path of the tar file.
cached_layer() {
    local file root
    file=$image_cache/layer-$1-$(sha256sum <<<"$2" | cut -c 1-16).tar
    if [[ ! -e $file ]]; then
        mkdir -p -- "$image_cache"
        root=$(mktemp -d -p "$work_dir")
        chmod 0755 -- "$root"
        "$3" "$root" >&2
        write_layer "$root" "$file.new"
        mv -f -- "$file.new" "$file"
        rm -rf -- "$root"
    fi
    printf '%s\n' "$file"
}

package_version() { dpkg-query -W -f '${Package}=${Version}\n' "$@"; }

libraries_packages=(libc6 libstdc++6 libgcc-s1 libssl3 zlib1g ca-certificates tzdata)

# The file's own version is a part of the key: whoever edits how a layer is made gets a new one.
libraries_layer() {
    cached_layer libraries "$(package_version "${libraries_packages[@]}") $(hash_of "${BASH_SOURCE[0]}")" fill_libraries
}

fill_libraries() {
    local root=$1 file
    mkdir -p -- "$root"/usr/{bin,lib/$multiarch,lib64,share} "$root"/etc/ssl/certs "$root"/usr/lib/ssl \
        "$root"/{app,proc,sys,dev,run,var/tmp} "$root/home/dotmac"
    ln -s usr/bin "$root/bin"
    ln -s usr/lib "$root/lib"
    ln -s usr/lib64 "$root/lib64"
    mkdir -m 1777 -- "$root/tmp"
    chmod 1777 -- "$root/var/tmp"

    while IFS= read -r file; do
        cp -a -- "$file" "$root/usr/lib/$multiarch/"
    done < <(dpkg -L libc6 libstdc++6 libgcc-s1 libssl3 zlib1g | grep -E "^(/usr)?/lib/$multiarch/[^/]+\.so(\.[0-9.]+)?$")
    ln -s "../lib/$multiarch/ld-linux-x86-64.so.2" "$root/usr/lib64/ld-linux-x86-64.so.2"

    # From the package and not from the machine's own bundle, which may hold authorities that are nobody else's business.
    find /usr/share/ca-certificates/mozilla -name '*.crt' -print0 | sort -z | xargs -0 awk 1 >"$root/etc/ssl/certs/ca-certificates.crt"
    ln -s /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/ssl/cert.pem"
    ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"

    cp -a -- /usr/share/zoneinfo "$root/usr/share/zoneinfo"
    rm -rf -- "$root"/usr/share/zoneinfo/{right,posix}

    printf 'root:x:0:0:root:/root:/usr/sbin/nologin\ndotmac:x:%d:%d:dotmac:/home/dotmac:/usr/sbin/nologin\n' \
        "$app_user" "$app_user" >"$root/etc/passwd"
    printf 'root:x:0:\ndotmac:x:%d:\n' "$app_user" >"$root/etc/group"
    printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
    chmod 0644 -- "$root"/etc/{passwd,group,nsswitch.conf,ssl/certs/ca-certificates.crt}
}

# debian_layer <packages, by commas>: a whole Debian in place of the libraries, for programs that are packages, as the image's Dockerfile installs them.
debian_layer() {
    ensure_packages mmdebstrap:mmdebstrap
    debian_packages=$1
    cached_layer debian "$1 $(. /etc/os-release && echo "$VERSION_CODENAME") $(hash_of "${BASH_SOURCE[0]}")" fill_debian
}

fill_debian() {
    local root=$1 codename packages
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    packages=$(IFS=,; echo "$debian_packages,${libraries_packages[*]}")
    step "a Debian with $debian_packages" >&2
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        sort -u | sed 's|^|deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] |' |
        mmdebstrap --variant=minbase --quiet --include="$packages" --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
            --dpkgopt='path-exclude=/usr/share/locale/*' "$codename" "$root/rootfs" - >&2 || die "the Debian for $debian_packages cannot be made"
    rm -rf -- "$root"/rootfs/{dev,proc,sys,run}/* "$root"/rootfs/var/{cache,log,lib/apt/lists}/*
    find "$root/rootfs" -mindepth 1 -maxdepth 1 -exec mv -t "$root" -- {} +
    rmdir -- "$root/rootfs"
    mkdir -p -- "$root/app" "$root/home/dotmac"
    printf 'dotmac:x:%d:%d:dotmac:/home/dotmac:/usr/sbin/nologin\n' "$app_user" "$app_user" >>"$root/etc/passwd"
    printf 'dotmac:x:%d:\n' "$app_user" >>"$root/etc/group"
}

# newest_runtime <framework>: "<version> <directory>"
newest_runtime() {
    dotnet --list-runtimes | sed -n "s|^$1 \(10\.[^ ]*\) \[\(.*\)\]$|\1 \2/\1|p" | sort -V | tail -n 1
}

runtime_layer() {
    local core
    core=$(newest_runtime Microsoft.NETCore.App)
    [[ -n $core ]] || die "the .NET 10 runtime is not on this machine" "tests/cluster/cluster prerequisites"
    cached_layer runtime "$core $(newest_runtime Microsoft.AspNetCore.App) $(hash_of "${BASH_SOURCE[0]}")" fill_runtime
}

fill_runtime() {
    local root=$1/usr/share/dotnet framework version directory source
    mkdir -p -- "$root/host/fxr" "$1/usr/bin"
    for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
        read -r version directory < <(newest_runtime "$framework")
        mkdir -p -- "$root/shared/$framework"
        cp -r -- "$directory" "$root/shared/$framework/"
        # <dotnet>/shared/<framework>/<version>
        source=${directory%/shared/*}
        [[ ! -d $source/host/fxr/$version ]] || cp -r -- "$source/host/fxr/$version" "$root/host/fxr/"
    done
    cp -- "$source/dotnet" "$root/dotnet"
    ln -s ../share/dotnet/dotnet "$1/usr/bin/dotnet"
    chmod -R u=rwX,go=rX -- "$root"
    chmod 0755 -- "$root/dotnet"
}

# A shell and its friends, in one static program: for `kubectl exec` in tests and demonstrations. Images that are
# published have none of it.
tools_layer() {
    cached_layer tools "$(package_version busybox-static) $(hash_of "${BASH_SOURCE[0]}")" fill_tools
}

fill_tools() {
    local applet
    mkdir -p -- "$1/usr/bin"
    cp -- /bin/busybox "$1/usr/bin/busybox"
    chmod 0755 -- "$1/usr/bin/busybox"
    for applet in $(/bin/busybox --list); do
        [[ $applet == busybox ]] || ln -s busybox "$1/usr/bin/$applet"
    done
}

# app_layer <project> <tar file>
app_layer() {
    local root
    root=$(mktemp -d -p "$work_dir")
    mkdir -p -- "$root/app"
    # No apphost: the image starts the application with `dotnet`. Beside the output of ordinary builds: publishing for one runtime would have
    # those restored anew, and two at a time would take each other's files away.
    dotnet publish "$1" --configuration Release --use-current-runtime --self-contained false --artifacts-path "$repository_dir/artifacts/publish" \
        --output "$root/app" -p:UseAppHost=false --nologo --verbosity quiet >&2 ||
        die "$1 cannot be published"
    chmod -R u=rwX,go=rX -- "$root"
    write_layer "$root" "$2"
    rm -rf -- "$root"
}

# app_config <assembly>: ASPNETCORE_HTTP_PORTS is left to the application, which has its own way to say where it listens.
app_config() {
    jq -cn --arg user "$app_user:$app_user" --arg assembly "/app/$1.dll" '{config: {
        User: $user, WorkingDir: "/app", Entrypoint: ["dotnet", $assembly],
        Env: [
            "PATH=/usr/bin:/app", "HOME=/home/dotmac",
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "DOTNET_RUNNING_IN_CONTAINER=true",
            "DOTNET_EnableDiagnostics=0", "DOTNET_gcServer=0",
            "SSL_CERT_DIR=/etc/ssl/certs", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
        ]}}'
}
