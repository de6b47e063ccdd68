namespace DotMac.Plugins.Resources;

/// <summary>Keys of the annotations that the operator reads on TenantPlugins and namespaces, or sets on children.</summary>
public static class Annotations
{
    /// <summary>On a TenantPlugin, <c>"true"</c>: nothing but its status is written until it is taken off.</summary>
    public const string Paused = $"{ResourceNames.Group}/paused";

    /// <summary>On a TenantPlugin, a time: another value than before rolls the pods. Found again on their template.</summary>
    public const string RestartedAt = $"{ResourceNames.Group}/restartedAt";

    /// <summary>The hash of what was applied last; another hash means that there is something to write.</summary>
    public const string AppliedHash = $"{ResourceNames.Group}/applied-hash";

    /// <summary>On the namespace of a tenant: the Secrets in it with which images are pulled, with commas between them.</summary>
    public const string ImagePullSecrets = $"{ResourceNames.Group}/image-pull-secrets";

    /// <summary>On pod templates: the hash of the config, so that a changed one rolls the pods.</summary>
    public const string ConfigHash = $"{ResourceNames.Group}/config-hash";

    /// <summary>On pod templates: the hash of the Vault agent's configuration.</summary>
    public const string AgentHash = $"{ResourceNames.Group}/agent-hash";

    /// <summary>On pod templates: the versions of the secrets that the pods were made with, hashed, so that changed ones roll the pods.</summary>
    public const string SecretVersions = $"{ResourceNames.Group}/secret-versions";

    /// <summary>On pod templates: when <see cref="SecretVersions"/> was last changed.</summary>
    public const string SecretVersionsSince = $"{ResourceNames.Group}/secret-versions-since";

    /// <summary>On a tenant's namespace: how many TenantPlugins it may hold.</summary>
    public const string MaxPlugins = $"{ResourceNames.Group}/max-plugins";

    /// <summary>On a tenant's namespace: how much CPU the limits of its running plugins may come to.</summary>
    public const string MaxCpu = $"{ResourceNames.Group}/max-cpu";

    /// <summary>On a tenant's namespace: how much memory the limits of its running plugins may come to.</summary>
    public const string MaxMemory = $"{ResourceNames.Group}/max-memory";

    /// <summary>On a TenantPlugin, <c>true</c>: it may be deleted though others need it.</summary>
    public const string ForceDelete = $"{ResourceNames.Group}/force-delete";

    /// <summary>On a TenantPlugin: a hash of who installed it over HTTP and of the key by which a repetition of that request is known.</summary>
    public const string IdempotencyKey = $"{ResourceNames.Group}/idempotency-key";

    /// <summary>On a TenantPlugin, a time or any other text of at most 64 characters: another value than the one that was answered last has its checks run now.</summary>
    public const string CheckRequestedAt = $"{ResourceNames.Group}/checkRequestedAt";
}
