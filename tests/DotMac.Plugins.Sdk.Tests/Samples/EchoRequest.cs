using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record EchoRequest([StringLength(10, MinimumLength = 1), Description("What to say.")] string Text, int Times = 1);
