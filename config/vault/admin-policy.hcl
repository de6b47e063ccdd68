# All that the admin API needs of Vault, with the default mount and prefix: to keep the secrets that come in with requests, each at a place of its
# own, and to take back what a request that failed had kept. It can read none of them, nor learn which there are.
path "secret/data/tenants/*" {
  capabilities = ["create", "update"]
}
path "secret/delete/tenants/*" {
  capabilities = ["update"]
}
