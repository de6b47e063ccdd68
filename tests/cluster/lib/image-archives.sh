# shellcheck shell=bash
# Image archives in the form that `docker save` writes: manifest.json, a config, and layers as tar files. Made by hand,
# because a machine without a container engine can still copy files.

image_cache=$cache_dir/images

hash_of() { sha256sum -- "$1" | cut -d ' ' -f 1; }

# write_layer <root directory> <tar file>: the same files give the same bytes, so layers can be shared and cached.
write_layer() {
    tar --create --file "$2" --directory "$1" --format=gnu --sort=name --mtime=@0 \
        --owner=0 --group=0 --numeric-owner .
}

# write_image <archive> <reference> <config, without rootfs, as JSON> <layer...>
write_image() {
    local archive=$1 reference=$2 config=$3 work layer digest
    shift 3
    work=$archive.parts
    rm -rf -- "$work"
    mkdir -- "$work"
    local -a digests=()
    for layer in "$@"; do
        digest=$(hash_of "$layer")
        digests+=("$digest")
        ln -- "$layer" "$work/$digest.tar" 2>/dev/null || cp -- "$layer" "$work/$digest.tar"
    done
    # A fixed date of birth: an image is what is in it.
    jq -cn --argjson config "$config" '$config + {
            created: "1970-01-01T00:00:00Z", architecture: "amd64", os: "linux",
            rootfs: {type: "layers", diff_ids: ($ARGS.positional | map("sha256:" + .))}
        }' --args "${digests[@]}" >"$work/config"
    digest=$(hash_of "$work/config")
    mv -- "$work/config" "$work/$digest.json"
    jq -cn --arg config "$digest.json" --arg reference "$reference" \
        '[{Config: $config, RepoTags: [$reference], Layers: ($ARGS.positional | map(. + ".tar"))}]' \
        --args "${digests[@]}" >"$work/manifest.json"
    tar --create --file "$archive.new" --directory "$work" --format=gnu --sort=name --mtime=@0 \
        --owner=0 --group=0 --numeric-owner --hard-dereference -- manifest.json "$digest.json" "${digests[@]/%/.tar}"
    mv -f -- "$archive.new" "$archive"
    rm -rf -- "$work"
}

# pause_archive: prints the path of the pause image's archive.
pause_archive() {
    local key archive work
    key=$(hash_of "$script_dir/pause.c")
    archive=$image_cache/pause-${key:0:16}.tar
    if [[ ! -e $archive ]]; then
        mkdir -p -- "$image_cache"
        work=$(mktemp -d)
        mkdir -- "$work/root"
        gcc -Os -static -s -o "$work/root/pause" "$script_dir/pause.c"
        write_layer "$work/root" "$work/layer.tar"
        write_image "$archive" "$pause_image" '{"config": {"Entrypoint": ["/pause"], "User": "65535:65535"}}' "$work/layer.tar"
        rm -rf -- "$work"
    fi
    printf '%s\n' "$archive"
}
