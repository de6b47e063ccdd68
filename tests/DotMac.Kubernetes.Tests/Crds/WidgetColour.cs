using System.Text.Json.Serialization;

namespace DotMac.Kubernetes.Tests.Crds;

public enum WidgetColour
{
    /// <summary>Like blood.</summary>
    Red,

    [JsonStringEnumMemberName("dark-blue")]
    DarkBlue,
}
