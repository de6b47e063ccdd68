using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Tests.Samples;

namespace DotMac.Plugins.Sdk.Tests;

public class DeclarationTests
{
    [Fact]
    public void TwoOperationsOfOneNameAreRefused() =>
        Create(builder =>
        {
            builder.AddOperation<EchoRequest, EchoResponse>("same", "", (_, _, _) => throw new NotSupportedException());
            builder.AddOperation<EchoRequest, EchoResponse>("same", "", (_, _, _) => throw new NotSupportedException());
        }).Should().Throw<ArgumentException>().WithMessage("*same is declared twice*");

    [Theory]
    [InlineData("Send")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a\n")]
    public void AnOperationsNameIsAPlainWord(string name) =>
        Create(builder => builder.AddOperation<EchoRequest, EchoResponse>(name, "", (_, _, _) => throw new NotSupportedException()))
            .Should().Throw<ArgumentException>();

    [Fact]
    public void TwoConfigsAreRefused() =>
        Create(builder =>
        {
            builder.UseConfig<SampleConfig>();
            builder.UseConfig<SampleConfig>();
        }).Should().Throw<InvalidOperationException>();

    [Fact]
    public void TheHostsChecksCannotBeReplaced() =>
        Create(builder =>
        {
            builder.AddCheck(new SampleCheck(_ => throw new NotSupportedException()));
            builder.AddCheck(new SampleCheck(_ => throw new NotSupportedException()));
        }).Should().Throw<ArgumentException>();

    [Fact]
    public void AMethodThatCannotBeAnOperationIsRefused() =>
        FluentActions.Invoking(() => PluginHost.Create(new BadPlugin(), new())).Should().Throw<InvalidOperationException>().WithMessage("*NotATask*");

    private static Action Create(Action<PluginBuilder> configure) => () => PluginHost.Create(new DelegatedPlugin(configure), new());

    private sealed class DelegatedPlugin(Action<PluginBuilder> configure) : BasePlugin
    {
        public override PluginInfo Info { get; } = new("delegated", "Delegated", "1.0.0");

        public override void Configure(PluginBuilder builder) => configure(builder);
    }

    private sealed class BadPlugin : BasePlugin
    {
        public override PluginInfo Info { get; } = new("bad", "Bad", "1.0.0");

        public override void Configure(PluginBuilder builder)
        {
        }

        [PluginOperation("bad")]
#pragma warning disable CA1822 // Operations are instance methods.
        public int NotATask() => 1;
#pragma warning restore CA1822
    }
}
