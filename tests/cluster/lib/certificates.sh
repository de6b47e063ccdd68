# shellcheck shell=bash
# The cluster's certificate authorities, certificates and kubeconfigs. Keys are elliptic, because they are made in
# milliseconds; only the service accounts' key is RSA, as on most real clusters, so that tokens are signed with RS256.

pki_days=3650

ensure_certificates() {
    # The stamp tells a finished set from one whose making was killed, and one made for other addresses.
    local wanted="$node_address $kubernetes_service_address $node_name $state_dir"
    if [[ $(cat -- "$pki_dir/complete" 2>/dev/null) == "$wanted" ]]; then return 0; fi
    step "certificates and keys"
    rm -rf -- "$pki_dir"
    mkdir -p -m 0700 -- "$pki_dir"
    (
        cd -- "$pki_dir"
        authority ca dotmac-cluster-ca
        authority front-proxy-ca dotmac-front-proxy-ca
        openssl genrsa -out service-accounts.key 2048
        openssl rsa -in service-accounts.key -pubout -out service-accounts.pub

        local api_names=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc
        api_names+=,DNS:kubernetes.default.svc.$cluster_domain,IP:127.0.0.1,IP:$kubernetes_service_address,IP:$node_address
        certificate ca kube-apiserver /CN=kube-apiserver "$api_names"
        certificate ca kubelet "/O=system:nodes/CN=system:node:$node_name" "DNS:$node_name,IP:$node_address,IP:127.0.0.1"
        certificate ca kube-apiserver-kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
        certificate front-proxy-ca front-proxy-client /CN=front-proxy-client
        certificate ca admin /O=system:masters/CN=kubernetes-admin
        certificate ca kube-controller-manager /CN=system:kube-controller-manager
        certificate ca kube-scheduler /CN=system:kube-scheduler
        certificate ca kube-proxy /CN=system:kube-proxy
        # May read services and endpoints, as the node's proxy does: system:node-proxier is bound to this name.
        certificate ca dns /CN=system:kube-proxy

        kubeconfig admin "$admin_kubeconfig"
        local component
        for component in kube-controller-manager kube-scheduler kube-proxy kubelet; do
            kubeconfig "$component" "$pki_dir/$component.kubeconfig"
        done
    ) >"$log_dir/certificates.log" 2>&1 || {
        show_log_tail "$log_dir/certificates.log"
        die "certificates could not be made"
    }
    printf '%s\n' "$wanted" >"$pki_dir/complete"
}

authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days "$pki_days" \
        -keyout "$1.key" -out "$1.crt" -subj "/CN=$2" -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature
}

# certificate <authority> <name> <subject> [names, as openssl's subjectAltName]
# One certificate may serve and call: kubelet does both under one name.
certificate() {
    local extensions=$'keyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth,serverAuth'
    [[ -z ${4:-} ]] || extensions+=$'\nsubjectAltName='$4
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$2.key" -out "$2.csr" -subj "$3"
    openssl x509 -req -in "$2.csr" -CA "$1.crt" -CAkey "$1.key" -CAcreateserial -days "$pki_days" -out "$2.crt" \
        -extfile <(printf '%s\n' "$extensions")
    rm -- "$2.csr"
}

# kubeconfig <certificate> <file>. Everything is inlined: the file may be copied to where it is wanted.
kubeconfig() {
    (
        umask 077
        cat >"$2" <<END
apiVersion: v1
kind: Config
clusters:
- name: dotmac
  cluster:
    server: https://$node_address:$api_port
    certificate-authority-data: $(base64 -w0 ca.crt)
users:
- name: $1
  user:
    client-certificate-data: $(base64 -w0 "$1.crt")
    client-key-data: $(base64 -w0 "$1.key")
contexts:
- name: dotmac
  context: { cluster: dotmac, user: $1 }
current-context: dotmac
END
    )
}
