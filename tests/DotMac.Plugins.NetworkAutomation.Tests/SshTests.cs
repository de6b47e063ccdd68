using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Processes;
using DotMac.Plugins.NetworkAutomation.Ssh;

namespace DotMac.Plugins.NetworkAutomation.Tests;

public sealed class SshTests
{
    private static readonly SshFiles Files = new("/tmp/a b/known_hosts", new Dictionary<string, string> { ["edge-1"] = "/tmp/a b/key-edge-1" }, "/tmp/a b/passwords");

    [Fact]
    public void KnownHostsAreTheConfigsKeysByTheDevicesNames() =>
        KnownHosts.Text([Make.ByKey(), Make.ByPassword()]).Should().Be(
            $"edge-1 {Make.HostKey}\nedge-2 {Make.HostKey}\nedge-2 {Make.HostKey}\n", "comments are left out");

    [Fact]
    public void ACommandIsTheLastArgumentAndBehindTheEndOfOptions()
    {
        IReadOnlyList<string> arguments = SshArguments.Exec(Make.ByKey(), Files, "/tmp/log", "-oProxyCommand=id; echo $HOME");

        arguments.Should().StartWith(["-F", "/dev/null", "-T", "-E", "/tmp/log"]);
        arguments.Should().EndWith(["-p", "22", "-l", "admin", "--", "192.0.2.1", "-oProxyCommand=id; echo $HOME"]);
    }

    [Fact]
    public void NobodyIsTrustedButTheConfigsKeys() =>
        SshOptions.Of(Make.ByKey(), Files).Should().Contain(
            ["StrictHostKeyChecking=yes", "UserKnownHostsFile=\"/tmp/a b/known_hosts\"", "GlobalKnownHostsFile=/dev/null", "HostKeyAlias=edge-1", "UpdateHostKeys=no"]);

    [Fact]
    public void AKeyIsTheOnlyCredentialOfADeviceThatHasOne() =>
        SshOptions.Of(Make.ByKey(), Files).Should().Contain(
            [
                "IdentityFile=\"/tmp/a b/key-edge-1\"", "IdentitiesOnly=yes", "IdentityAgent=none", "PreferredAuthentications=publickey",
                "PasswordAuthentication=no", "KbdInteractiveAuthentication=no", "GSSAPIAuthentication=no", "BatchMode=yes",
            ]);

    [Fact]
    public void APasswordIsTheOnlyCredentialOfADeviceThatHasOneAndStandsInNoArgument()
    {
        IReadOnlyList<string> options = SshOptions.Of(Make.ByPassword(), Files);

        options.Should().Contain(["IdentityFile=none", "PubkeyAuthentication=no", "PreferredAuthentications=password,keyboard-interactive", "NumberOfPasswordPrompts=1", "BatchMode=no"]);
        options.Should().NotContain(option => option.Contains("s3cret", StringComparison.Ordinal));
        Files.Environment.Should().Contain("SSH_ASKPASS_REQUIRE", "force").And.NotContain(pair => pair.Value.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public void RetiredAlgorithmsAreOfferedOnlyIfAskedFor()
    {
        Device device = Make.ByKey();

        SshOptions.Of(device, Files).Should().NotContain(option => option.Contains("sha1", StringComparison.Ordinal));
        SshOptions.Of(device with { Ssh = device.Ssh! with { LegacyAlgorithms = true } }, Files).Should().Contain("HostKeyAlgorithms=+ssh-rsa");
    }

    [Fact]
    public void SftpAllowsPasswordsBeforeBatchModeForbidsThem()
    {
        IReadOnlyList<string> arguments = SshArguments.Sftp(Make.ByPassword(), Files);

        arguments.Should().EndWith(["-P", "2022", "-b", "-", "--", "192.0.2.2"]);
        arguments.ToList().IndexOf("BatchMode=no").Should().BeLessThan(arguments.ToList().IndexOf("-b"));
        SshArguments.Sftp(Make.ByPassword() with { Ssh = Make.ByPassword().Ssh! with { Host = "2001:db8::1" } }, Files).Should().EndWith(["--", "[2001:db8::1]"]);
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a b'c", "\"a b'c\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("*?[x]", "\"*?[x]\"")]
    public void AWordIsQuotedForSftp(string word, string quoted) => SftpBatch.Quote(word).Should().Be(quoted);

    [Fact]
    public void AnUploadIsRenamedAtTheEnd()
    {
        SftpBatch.Upload("/tmp/x/content", "/etc/motd", "/etc/motd.new", "644").Should().Be(
            "put \"/tmp/x/content\" \"/etc/motd.new\"\nchmod 644 \"/etc/motd.new\"\nrename \"/etc/motd.new\" \"/etc/motd\"\n");
        SftpBatch.Upload("/tmp/x/content", "/etc/motd", null, null).Should().Be("put \"/tmp/x/content\" \"/etc/motd\"\n");
        SftpBatch.Remove("/etc/motd.new").Should().Be("-rm \"/etc/motd.new\"\n");
    }

    [Theory]
    [InlineData("admin@192.0.2.1: Permission denied (publickey,password).", FailureCode.Credentials)]
    [InlineData("@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.", FailureCode.HostKey)]
    [InlineData("No ED25519 host key is known for edge-1 and you have requested strict checking.\nHost key verification failed.", FailureCode.HostKey)]
    [InlineData("ssh: connect to host 192.0.2.1 port 22: Connection refused", FailureCode.Unreachable)]
    [InlineData("ssh: connect to host 192.0.2.1 port 22: No route to host", FailureCode.Unreachable)]
    [InlineData("ssh: connect to host 192.0.2.1 port 22: Connection timed out", FailureCode.Timeout)]
    [InlineData("Timeout, server 192.0.2.1 not responding.", FailureCode.Timeout)]
    [InlineData("ssh: Could not resolve hostname edge-1: Name or service not known", FailureCode.Unreachable)]
    [InlineData("Unable to negotiate with 192.0.2.1 port 22: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1", FailureCode.Unreachable)]
    [InlineData("kex_exchange_identification: read: Connection reset by peer", FailureCode.Unreachable)]
    [InlineData("Load key \"/tmp/key\": error in libcrypto\nadmin@192.0.2.1: Permission denied (publickey).", FailureCode.Credentials)]
    public void WhatSshSaysIsToldWithAWayOut(string log, FailureCode code) => SshErrors.Map(Make.ByKey().Ssh!, log)!.Code.Should().Be(code);

    [Theory]
    [InlineData("")]
    [InlineData("remote open \"/etc/x\": Permission denied")]
    public void WhatIsNotOfSshIsNoFailureOfSsh(string log) => SshErrors.Map(Make.ByKey().Ssh!, log).Should().BeNull();

    // Made by ssh-keygen -t ed25519 with and without -N, cut after the cipher's name.
    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n-----END OPENSSH PRIVATE KEY-----\n", true)]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABA=\n-----END OPENSSH PRIVATE KEY-----\n", false)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", true)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nMIIE\n-----END RSA PRIVATE KEY-----", false)]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n-----END ENCRYPTED PRIVATE KEY-----", false)]
    [InlineData("ssh-ed25519 AAAA", false)]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----", false)]
    public void AKeyMustBePrivateAndWithoutAPassphrase(string key, bool good) => (PrivateKeyText.Problem(key) is null).Should().Be(good);

    [Fact]
    public void AKeyIsWrittenAsOpenSshReadsIt() => PrivateKeyText.ForFile("  -----BEGIN X-----\r\nAAAA\r\n-----END X-----").Should().Be("-----BEGIN X-----\nAAAA\n-----END X-----\n");

    [Theory]
    [InlineData("admin@edge-2's password: ", "s3cret\n")]
    [InlineData("(admin@edge-2) Password: ", "s3cret\n")]
    [InlineData("(a@b@edge-2) (x@other) 's password: ", "s3cret\n")]
    [InlineData("(admin@edge-9) Password: ", null)]
    [InlineData("(admin@../edge-2) Password: ", null)]
    [InlineData("Are you sure you want to continue connecting (yes/no)? ", null)]
    public async Task TheHelperGivesThePasswordOfTheDeviceThatSshNames(string question, string? password)
    {
        using var directory = new PrivateDirectory();
        SshFiles files = SshFiles.Write(directory, [Make.ByPassword(), Make.ByKey("other")]);
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(SshFiles.AskPass, [question])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTMAC_PASSWORDS"] = files.Passwords },
        })!;

        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        output.Should().Be(password ?? "");
        (process.ExitCode == 0).Should().Be(password is not null);
    }
}
