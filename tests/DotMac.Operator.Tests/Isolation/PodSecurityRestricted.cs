using System.Text.Json.Nodes;

namespace DotMac.Operator.Tests.Isolation;

/// <summary>
/// The <c>restricted</c> profile of the Pod Security Standards, written down from
/// https://kubernetes.io/docs/concepts/security/pod-security-standards and from nothing of the operator's. It reads JSON, so that a field that
/// the operator's own models do not know is judged too.
/// </summary>
internal static class PodSecurityRestricted
{
    private static readonly string[] Volumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] Sysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
    ];

    private static readonly string?[] SeLinuxTypes = [null, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    /// <summary>What a pod template violates; empty when it keeps to the profile.</summary>
    public static IReadOnlyList<string> Violations(JsonNode template)
    {
        var found = new List<string>();
        var pod = template["spec"]!.AsObject();
        var containers = new[] { "containers", "initContainers", "ephemeralContainers" }
            .SelectMany(list => Items(pod[list]).Select((node, i) => (Place: $"spec.{list}[{i}]", Node: node)))
            .ToList();
        var contexts = containers.Select(static c => (Place: $"{c.Place}.securityContext", Node: c.Node["securityContext"]))
            .Prepend((Place: "spec.securityContext", Node: pod["securityContext"]))
            .ToList();

        void Unless(bool holds, string place)
        {
            if (!holds)
            {
                found.Add(place);
            }
        }

        foreach (var name in new[] { "hostNetwork", "hostPID", "hostIPC" })
        {
            Unless(!IsTrue(pod[name]), $"spec.{name}");
        }

        foreach (var (i, volume) in Items(pod["volumes"]).Index())
        {
            Unless(volume.AsObject().All(static field => field.Key == "name" || Volumes.Contains(field.Key)), $"spec.volumes[{i}]");
        }

        foreach (var (i, sysctl) in Items(pod["securityContext"]?["sysctls"]).Index())
        {
            Unless(Sysctls.Contains(Text(sysctl["name"])), $"spec.securityContext.sysctls[{i}]");
        }

        foreach (var (key, value) in template["metadata"]?["annotations"]?.AsObject() ?? [])
        {
            Unless(
                !key.StartsWith("container.apparmor.security.beta.kubernetes.io/", StringComparison.Ordinal)
                || Text(value) is null or "" or "runtime/default"
                || Text(value)!.StartsWith("localhost/", StringComparison.Ordinal),
                $"metadata.annotations[{key}]");
        }

        foreach (var (place, context) in contexts)
        {
            Unless(!IsTrue(context?["windowsOptions"]?["hostProcess"]), $"{place}.windowsOptions.hostProcess");
            Unless(!IsTrue(context?["privileged"]), $"{place}.privileged");
            Unless(Text(context?["procMount"]) is null or "Default", $"{place}.procMount");
            Unless(SeLinuxTypes.Contains(Text(context?["seLinuxOptions"]?["type"])), $"{place}.seLinuxOptions.type");
            Unless(string.IsNullOrEmpty(Text(context?["seLinuxOptions"]?["user"])), $"{place}.seLinuxOptions.user");
            Unless(string.IsNullOrEmpty(Text(context?["seLinuxOptions"]?["role"])), $"{place}.seLinuxOptions.role");
            Unless(Text(context?["appArmorProfile"]?["type"]) is null or "RuntimeDefault" or "Localhost", $"{place}.appArmorProfile.type");
            Unless(Text(context?["seccompProfile"]?["type"]) is null or "RuntimeDefault" or "Localhost", $"{place}.seccompProfile.type");
            Unless(context?["runAsUser"]?.GetValue<long>() is not 0, $"{place}.runAsUser");
            Unless(context?["runAsNonRoot"] is null || IsTrue(context["runAsNonRoot"]), $"{place}.runAsNonRoot");
        }

        foreach (var (place, container) in containers)
        {
            var context = container["securityContext"];
            Unless(context?["allowPrivilegeEscalation"] is { } escalation && !IsTrue(escalation), $"{place}.securityContext.allowPrivilegeEscalation");
            Unless(Items(context?["capabilities"]?["drop"]).Any(static c => Text(c) == "ALL"), $"{place}.securityContext.capabilities.drop");
            Unless(Items(context?["capabilities"]?["add"]).All(static c => Text(c) == "NET_BIND_SERVICE"), $"{place}.securityContext.capabilities.add");

            // What the pod says holds for containers that say nothing.
            Unless(IsTrue(context?["runAsNonRoot"] ?? pod["securityContext"]?["runAsNonRoot"]), $"{place}.securityContext.runAsNonRoot");
            Unless((context?["seccompProfile"] ?? pod["securityContext"]?["seccompProfile"]) is not null, $"{place}.securityContext.seccompProfile");
            foreach (var (i, port) in Items(container["ports"]).Index())
            {
                Unless(port["hostPort"] is null || port["hostPort"]!.GetValue<int>() == 0, $"{place}.ports[{i}].hostPort");
            }

            foreach (var (name, handler) in Handlers(container))
            {
                Unless(string.IsNullOrEmpty(Text(handler?["httpGet"]?["host"])), $"{place}.{name}.httpGet.host");
                Unless(string.IsNullOrEmpty(Text(handler?["tcpSocket"]?["host"])), $"{place}.{name}.tcpSocket.host");
            }
        }

        return found;
    }

    private static IEnumerable<(string Name, JsonNode? Handler)> Handlers(JsonNode container)
    {
        foreach (var name in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
        {
            yield return (name, container[name]);
        }

        yield return ("lifecycle.postStart", container["lifecycle"]?["postStart"]);
        yield return ("lifecycle.preStop", container["lifecycle"]?["preStop"]);
    }

    private static IEnumerable<JsonNode> Items(JsonNode? list) => list?.AsArray().Select(static item => item!) ?? [];

    private static bool IsTrue(JsonNode? value) => value?.GetValue<bool>() == true;

    private static string? Text(JsonNode? value) => value?.GetValue<string>();
}
