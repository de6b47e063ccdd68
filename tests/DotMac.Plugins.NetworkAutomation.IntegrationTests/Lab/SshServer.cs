using System.Net.Sockets;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

/// <summary>A real sshd on loopback, with a host key of its own. Root comes in by key, a user that exists for it alone by password.</summary>
internal sealed class SshServer : IDisposable
{
    public const string Password = "p4ss 'w\"ord$(x)";
    private readonly Daemon _daemon;

    private SshServer(string directory)
    {
        Port = Ports.FreeTcp();
        HostKey = MakeKey(directory, "host-key");
        OtherHostKey = MakeKey(directory, "other-host-key");
        MakeKey(directory, "client-key");
        MakeKey(directory, "stranger-key");
        PrivateKey = File.ReadAllText(Path.Combine(directory, "client-key"));
        StrangersKey = File.ReadAllText(Path.Combine(directory, "stranger-key"));
        File.Copy(Path.Combine(directory, "client-key.pub"), Path.Combine(directory, "authorized_keys"));

        // A name that no other run of these tests has at the same time.
        PasswordUser = $"dmnet{Guid.NewGuid().ToString("N")[..8]}";
        Home = Directory.CreateDirectory(Path.Combine(directory, "home")).FullName;
        Shell.Run("/usr/sbin/useradd", "--no-create-home", "--home-dir", Home, "--shell", "/bin/sh", PasswordUser);
        Shell.RunWithInput($"{PasswordUser}:{Password}\n", "/usr/sbin/chpasswd");
        Shell.Run("/bin/chown", PasswordUser, Home);
        Shell.Run("/bin/chmod", "0755", directory);

        string config = Path.Combine(directory, "sshd_config");
        File.WriteAllText(config, $"""
            ListenAddress 127.0.0.1:{Port}
            HostKey {directory}/host-key
            PidFile {directory}/sshd.pid
            AuthorizedKeysFile {directory}/authorized_keys
            StrictModes no
            UsePAM no
            PermitRootLogin prohibit-password
            PasswordAuthentication yes
            KbdInteractiveAuthentication no
            PrintMotd no
            Banner none
            MaxStartups 100
            Subsystem sftp /usr/lib/openssh/sftp-server

            """);
        _daemon = new Daemon("sshd", ["-D", "-e", "-f", config]);
    }

    public int Port { get; }

    /// <summary>The public key that it shows.</summary>
    public string HostKey { get; }

    /// <summary>A public key that it does not have.</summary>
    public string OtherHostKey { get; }

    /// <summary>The key that root comes in with.</summary>
    public string PrivateKey { get; }

    /// <summary>A key that nobody knows.</summary>
    public string StrangersKey { get; }

    /// <summary>The user with the password.</summary>
    public string PasswordUser { get; }

    /// <summary>That user's home directory.</summary>
    public string Home { get; }

    public static async Task<SshServer> StartAsync(string directory)
    {
        var server = new SshServer(directory);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", server.Port, limit.Token);
                return server;
            }
            catch (SocketException) when (!server._daemon.HasEnded)
            {
                await Task.Delay(10, limit.Token);
            }
            catch (Exception exception)
            {
                string log = server._daemon.Log;
                server.Dispose();
                throw new InvalidOperationException($"sshd did not start: {log}", exception);
            }
        }
    }

    public void Dispose()
    {
        _daemon.Dispose();

        // What a test broke off may still sleep on the "device": it ends by itself, and is no reason to keep the user.
        Shell.Run("/usr/sbin/userdel", "--force", PasswordUser);
    }

    private static string MakeKey(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        Shell.Run("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", path);
        return File.ReadAllText(path + ".pub").Trim();
    }
}
