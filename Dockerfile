# The operator. Context: the repository's root. docker build -t ghcr.io/dotmac/operator:1.0.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /src
COPY .editorconfig Directory.Build.props Directory.Packages.props global.json ./
COPY src/DotMac.Audit/DotMac.Audit.csproj src/DotMac.Audit/
COPY src/DotMac.Kubernetes/DotMac.Kubernetes.csproj src/DotMac.Kubernetes/
COPY src/DotMac.Plugins.Contract/DotMac.Plugins.Contract.csproj src/DotMac.Plugins.Contract/
COPY src/DotMac.Plugins.Resources/DotMac.Plugins.Resources.csproj src/DotMac.Plugins.Resources/
COPY src/DotMac.Vault/DotMac.Vault.csproj src/DotMac.Vault/
COPY src/DotMac.Operator/DotMac.Operator.csproj src/DotMac.Operator/
RUN dotnet restore src/DotMac.Operator -a $TARGETARCH -p:PublishReadyToRun=true
COPY src/DotMac.Audit src/DotMac.Audit
COPY src/DotMac.Kubernetes src/DotMac.Kubernetes
COPY src/DotMac.Plugins.Contract src/DotMac.Plugins.Contract
COPY src/DotMac.Plugins.Resources src/DotMac.Plugins.Resources
COPY src/DotMac.Vault src/DotMac.Vault
COPY src/DotMac.Operator src/DotMac.Operator
RUN dotnet publish src/DotMac.Operator -c Release -a $TARGETARCH --self-contained false --no-restore -o /app

# No RUN from here on: any base of the same runtime will do.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
# A small nursery stays in the processor's cache, and is collected before it has grown to tens of megabytes of dead objects.
ENV DOTNET_EnableDiagnostics=0 \
    DOTNET_GCgen0size=0x200000
USER 10001:10001
EXPOSE 8081
ENTRYPOINT ["dotnet", "DotMac.Operator.dll"]
