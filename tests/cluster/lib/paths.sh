# shellcheck shell=bash
# Where things are kept. Three places, three life times:
#   cache  what is expensive to make and the same for every checkout; nothing here ever deletes it
#   state  one cluster: its keys, data, logs; gone after `down` unless KEEP_STATE=1
#   run    sockets, network namespaces, process ids; means nothing after a restart of the machine

kubernetes_version=v1.20.2

cache_dir=${DOTMAC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dotmac-operator}
kubernetes_dir=$cache_dir/kubernetes/$kubernetes_version
kubernetes_bin=$kubernetes_dir/bin

state_dir=${DOTMAC_CLUSTER_DIR:-$HOME/.local/state/dotmac-operator/cluster}
pki_dir=$state_dir/pki
log_dir=$state_dir/logs
pid_dir=$state_dir/pids
admin_kubeconfig=$state_dir/admin.kubeconfig

# One per machine, because bridge, ports and iptables chains are too. It is also short: unix sockets allow 107 characters.
run_dir=/run/dotmac-cluster
containerd_socket=$run_dir/containerd.sock

# One small network: pods, the node and the API server's address all live on our own bridge. So nothing depends on
# the machine's addresses, and nothing listens on one that other machines can see.
bridge=dotmac0
pod_subnet=10.244.0.0/24
node_address=10.244.0.1
service_subnet=10.96.0.0/16
kubernetes_service_address=10.96.0.1
cluster_domain=cluster.local

node_name=dotmac-node
api_port=6443
etcd_port=12379
etcd_peer_port=12380

script_dir=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
repository_dir=$(cd -- "$script_dir/../.." && pwd)
# shellcheck disable=SC2034  # read by the files that source this one
readonly kubernetes_version cache_dir kubernetes_dir kubernetes_bin state_dir pki_dir log_dir pid_dir \
    admin_kubeconfig run_dir containerd_socket bridge pod_subnet node_address service_subnet \
    kubernetes_service_address cluster_domain node_name api_port etcd_port etcd_peer_port script_dir repository_dir
