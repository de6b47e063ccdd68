using System.Text.Json;
using DotMac.Plugins.NetworkAutomation.Config;
using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Tests;

/// <summary>Things that tests need.</summary>
internal static class Make
{
    public const string HostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJ";

    public const string Key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static NetworkAutomationConfig Config(string json) => JsonSerializer.Deserialize<NetworkAutomationConfig>(json, Options)!;

    /// <summary>What is wrong with a config, apart from single fields.</summary>
    public static string[] Problems(string json)
    {
        NetworkAutomationConfig config = Config(json);
        return [.. config.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(config)).Select(problem => problem.ErrorMessage!)];
    }

    public static SnmpTarget V2C(string community = "public") => new() { Host = "192.0.2.1", Port = 161, Version = SnmpTarget.Version2C, Community = community };

    public static Device ByKey(string name = "edge-1", params string[] groups) =>
        new(name, "192.0.2.1", groups, null, new SshTarget { Host = "192.0.2.1", Port = 22, User = "admin", PrivateKey = Key, HostKeys = [HostKey] });

    public static Device ByPassword(string name = "edge-2", params string[] groups) =>
        new(name, "192.0.2.2", groups, null, new SshTarget { Host = "192.0.2.2", Port = 2022, User = "admin", Password = "s3cret", HostKeys = [HostKey, HostKey + " a comment"] });
}
