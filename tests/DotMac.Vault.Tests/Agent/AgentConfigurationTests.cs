using DotMac.StandIns.VaultAgent;
using DotMac.StandIns.VaultAgent.Configuration;

namespace DotMac.Vault.Tests.Agent;

public sealed class AgentConfigurationTests
{
    // As vault-k8s writes it.
    private const string Json = """
        {"auto_auth":{"method":{"type":"kubernetes","mount_path":"auth/kubernetes","namespace":"team","config":{"role":"acme","token_path":"/var/run/token"}},
          "sink":[{"type":"file","config":{"path":"/home/vault/.vault-token"}}]},
         "exit_after_auth":true,"pid_file":"/home/vault/.pid",
         "vault":{"address":"https://vault:8200","ca_cert":"/ca.pem"},
         "template":[{"destination":"/vault/secrets/a","contents":"x","perms":"0640","left_delimiter":"{{","right_delimiter":"}}","error_on_missing_key":true}],
         "template_config":{"exit_on_retry_failure":true,"static_secret_render_interval":"30s"},
         "listener":[{"tcp":{"address":"127.0.0.1:8200"}}],"cache":{"use_auto_auth_token":true}}
        """;

    private const string Hcl = """
        # The same.
        exit_after_auth = true
        pid_file        = "/home/vault/.pid"
        vault {
          address = "https://vault:8200"
          ca_cert = "/ca.pem"
        }
        auto_auth {
          method "kubernetes" {
            mount_path = "auth/kubernetes"
            namespace  = "team"
            config = { role = "acme", token_path = "/var/run/token" }
          }
          sink "file" {
            config = { path = "/home/vault/.vault-token" }
          }
        }
        template {
          destination          = "/vault/secrets/a"
          perms                = "0640"
          error_on_missing_key = true
          contents             = "x"
        }
        template_config {
          exit_on_retry_failure         = true
          static_secret_render_interval = "30s"
        }
        listener "tcp" { address = "127.0.0.1:8200" }
        """;

    [Theory]
    [InlineData(Json)]
    [InlineData(Hcl)]
    public void The_real_agents_configuration_is_read(string text)
    {
        var configuration = AgentConfigurationReader.Read(text, static _ => null);
        configuration.Vault.Address.Should().Be(new Uri("https://vault:8200"));
        configuration.Vault.CertificateAuthorityFile.Should().Be("/ca.pem");
        (configuration.Login.Role, configuration.Login.Mount, configuration.Login.Namespace, configuration.Login.TokenFile).Should().Be(("acme", "kubernetes", "team", "/var/run/token"));
        configuration.Sinks.Should().Equal(new FileSink("/home/vault/.vault-token", (UnixFileMode)Convert.ToInt32("640", 8)));
        configuration.Templates.Should().Equal(new TemplateConfiguration
        {
            Destination = "/vault/secrets/a",
            Contents = "x",
            Mode = (UnixFileMode)Convert.ToInt32("640", 8),
            ErrorOnMissingKey = true,
        });
        (configuration.ExitAfterAuth, configuration.PidFile, configuration.RenderInterval, configuration.ExitOnRetryFailure)
            .Should().Be((true, "/home/vault/.pid", TimeSpan.FromSeconds(30), true));
    }

    [Fact]
    public void Defaults_are_the_real_agents_and_the_environment_goes_before()
    {
        var configuration = AgentConfigurationReader.Read(
            """{"auto_auth":{"method":{"type":"kubernetes","config":{"role":"r"}}},"template":{"destination":"/d","source":"/s"}}""",
            static name => name == "VAULT_ADDR" ? "http://other:8200" : null);
        configuration.Vault.Address.Should().Be(new Uri("http://other:8200"));
        configuration.RenderInterval.Should().Be(TimeSpan.FromMinutes(5));
        configuration.Login.TokenFile.Should().Be("/var/run/secrets/kubernetes.io/serviceaccount/token");
        configuration.Templates[0].Mode.Should().Be((UnixFileMode)Convert.ToInt32("644", 8));
    }

    [Theory]
    [InlineData("{", "*neither JSON nor HCL*")]
    [InlineData("{}", "*auto_auth is missing*")]
    [InlineData("""{"auto_auth":{"method":{"type":"approle"}}}""", "*approle*")]
    [InlineData("""{"auto_auth":{"method":{"type":"kubernetes"}}}""", "*role is missing*")]
    [InlineData("""{"auto_auth":{"method":{"type":"kubernetes","config":{"role":"r"}}},"template":[{"destination":"/d"}]}""", "*contents or source*")]
    [InlineData("""{"auto_auth":{"method":{"type":"kubernetes","config":{"role":"r"}}},"vault":{"tls_skip_verify":true}}""", "*ca_cert*")]
    [InlineData("""{"auto_auth":{"method":{"type":"kubernetes","config":{"role":"r"}}},"template":[{"destination":"/d","contents":"c","perms":"rw"}]}""", "*'rw' is no mode*")]
    public void What_cannot_be_used_is_named(string text, string words) =>
        FluentActions.Invoking(() => AgentConfigurationReader.Read(text, static _ => null)).Should().Throw<AgentConfigurationException>().WithMessage(words);

    [Fact]
    public void The_command_line_is_the_real_agents()
    {
        CommandLine.Parse(["agent", "-config=/c.json"])!.ConfigFile.Should().Be("/c.json");
        CommandLine.Parse(["agent", "-config", "/c.json", "-exit-after-auth", "-log-level=debug"])!.ExitAfterAuth.Should().BeTrue();
        CommandLine.Parse(["server"]).Should().BeNull();
        CommandLine.Parse(["agent"]).Should().BeNull();
        CommandLine.Parse(["agent", "-config=/c", "-unknown"]).Should().BeNull();
    }
}
