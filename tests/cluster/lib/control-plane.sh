# shellcheck shell=bash
# etcd, API server, controller manager, scheduler.

start_control_plane() {
    # No fsync: the data of a test cluster need not survive a power cut, and disks of small machines are slow.
    start_component etcd etcd --name=dotmac --data-dir="$state_dir/etcd" --unsafe-no-fsync \
        --listen-client-urls="http://127.0.0.1:$etcd_port" --advertise-client-urls="http://127.0.0.1:$etcd_port" \
        --listen-peer-urls="http://127.0.0.1:$etcd_peer_port" --initial-advertise-peer-urls="http://127.0.0.1:$etcd_peer_port" \
        --initial-cluster="dotmac=http://127.0.0.1:$etcd_peer_port" --logger=zap --log-level=warn

    # Bound to the bridge's own address: pods and this machine reach it there, other machines do not.
    # The requestheader flags let API services be aggregated (a metrics API, for one).
    local -a api=(
        --etcd-servers="http://127.0.0.1:$etcd_port"
        --bind-address="$node_address" --advertise-address="$node_address" --secure-port="$api_port"
        --tls-cert-file="$pki_dir/kube-apiserver.crt" --tls-private-key-file="$pki_dir/kube-apiserver.key"
        --client-ca-file="$pki_dir/ca.crt"
        --service-cluster-ip-range="$service_subnet"
        --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true
        --service-account-issuer=https://kubernetes.default.svc
        --service-account-signing-key-file="$pki_dir/service-accounts.key"
        --service-account-key-file="$pki_dir/service-accounts.pub"
        --kubelet-client-certificate="$pki_dir/kube-apiserver-kubelet-client.crt"
        --kubelet-client-key="$pki_dir/kube-apiserver-kubelet-client.key"
        --kubelet-certificate-authority="$pki_dir/ca.crt" --kubelet-preferred-address-types=InternalIP
        --requestheader-client-ca-file="$pki_dir/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client
        --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group
        --requestheader-extra-headers-prefix=X-Remote-Extra-
        --proxy-client-cert-file="$pki_dir/front-proxy-client.crt" --proxy-client-key-file="$pki_dir/front-proxy-client.key"
        --event-ttl=1h
    )
    start_component kube-apiserver "$kubernetes_bin/kube-apiserver" "${api[@]}"
    wait_for 60 "the API server is ready" kube-apiserver api_ready

    # One of each: without leader election they begin at once, and no lease is written every two seconds.
    start_component kube-controller-manager "$kubernetes_bin/kube-controller-manager" \
        --kubeconfig="$pki_dir/kube-controller-manager.kubeconfig" --leader-elect=false \
        --bind-address=127.0.0.1 --port=0 --cert-dir= --flex-volume-plugin-dir="$state_dir/kubelet/volume-plugins" \
        --use-service-account-credentials=true --root-ca-file="$pki_dir/ca.crt" \
        --service-account-private-key-file="$pki_dir/service-accounts.key" \
        --cluster-signing-cert-file="$pki_dir/ca.crt" --cluster-signing-key-file="$pki_dir/ca.key" \
        --cluster-cidr="$pod_subnet" --service-cluster-ip-range="$service_subnet"
    start_component kube-scheduler "$kubernetes_bin/kube-scheduler" \
        --kubeconfig="$pki_dir/kube-scheduler.kubeconfig" --leader-elect=false \
        --bind-address=127.0.0.1 --port=0 --cert-dir=
}

# api <path>: as the administrator, without kubectl, which takes ten times as long to start.
api() {
    curl --silent --fail --max-time 5 --cacert "$pki_dir/ca.crt" --cert "$pki_dir/admin.crt" --key "$pki_dir/admin.key" \
        "https://$node_address:$api_port$1"
}

etcd_healthy() { curl -s --fail --max-time 2 "http://127.0.0.1:$etcd_port/health" | grep -q '"true"'; }
api_ready() { [[ $(api /readyz) == ok ]]; }
controller_manager_healthy() { [[ $(curl -sk --max-time 2 https://127.0.0.1:10257/healthz) == ok ]]; }
scheduler_healthy() { [[ $(curl -sk --max-time 2 https://127.0.0.1:10259/healthz) == ok ]]; }
# Pods cannot be made in a namespace before its service account is.
default_account_exists() { api /api/v1/namespaces/default/serviceaccounts/default; }
