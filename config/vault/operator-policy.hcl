# All that the operator needs of Vault, with the default mounts and prefix. It cannot read the value of a tenant's secret: data/ is not here.

# Whether the secrets that configs refer to are there, in which version, and with which keys; never their values.
path "secret/metadata/tenants/*" {
  capabilities = ["read"]
}
path "secret/subkeys/tenants/*" {
  capabilities = ["read"]
}

# One policy and one role for each plugin.
path "sys/policies/acl" {
  capabilities = ["list"]
}
path "sys/policies/acl/dotmac-*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "auth/kubernetes/role/dotmac-*" {
  capabilities = ["create", "read", "update", "delete"]
}

# Its own policy and role bear the same beginning, and are nobody's to change.
path "sys/policies/acl/dotmac-operator" {
  capabilities = ["deny"]
}
path "auth/kubernetes/role/dotmac-operator" {
  capabilities = ["deny"]
}

# So do those of the admin API.
path "sys/policies/acl/dotmac-admin" {
  capabilities = ["deny"]
}
path "auth/kubernetes/role/dotmac-admin" {
  capabilities = ["deny"]
}
