# The commands of this repository. `make` alone explains them.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help build format format-check test test-unit test-integration test-e2e bench bench-plugins bench-admin soak crds crds-install images \
        cluster-up cluster-down cluster-status demo demo-down clean

help: ## Explain the commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build everything; warnings are errors
	@scripts/dotnet build DotMac.Operator.sln --nologo

format: ## Format the code
	@scripts/dotnet format DotMac.Operator.sln

format-check: ## Say what is not formatted
	@scripts/dotnet format DotMac.Operator.sln --verify-no-changes

test: ## Format check, unit, integration and end-to-end tests; installs and starts what they need
	@scripts/test format unit integration e2e

test-unit: ## Only what needs no cluster
	@scripts/test unit

test-integration: ## Only what needs a real API server
	@scripts/test integration

test-e2e: ## Only what needs a real cluster
	@scripts/test e2e

bench: ## Measure the operator against a real API server, beside a bare loop and a client-go operator
	@scripts/bench

bench-plugins: ## Measure what the SDK adds to a call, and what idle plugins take
	@scripts/bench-plugins

bench-admin: ## Measure the admin API with wrk, beside a bare health endpoint
	@scripts/bench-admin

soak: ## Half an hour of random faults between an informer and a real API server
	@scripts/soak

crds: ## Write crds/ anew from the C# entities
	@scripts/dotnet run --project src/DotMac.Operator -- crds --output $(CURDIR)/crds

crds-install: ## Apply crds/ to the cluster of KUBECONFIG
	@scripts/crds-install

images: ## Build every image without a registry and load it into the cluster
	@tests/cluster/images

cluster-up: ## Start a real Kubernetes on this machine (CLUSTER=existing or kind: use that)
	@tests/cluster/cluster up

cluster-down: ## Stop it and leave nothing behind
	@tests/cluster/cluster down

cluster-status: ## What of it runs
	@tests/cluster/cluster status

demo: ## A tenant's Twilio plugin, from nothing to Active; leaves it running (VAULT=1: with credentials from Vault)
	@scripts/demo up

demo-down: ## Remove the demo, and the cluster if the demo started it
	@scripts/demo down

clean: ## Remove build output
	@rm -rf artifacts && find . -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
