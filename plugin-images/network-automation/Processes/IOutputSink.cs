namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>Takes what a program writes, as it comes.</summary>
internal interface IOutputSink
{
    /// <summary>Takes some bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>There will be no more.</summary>
    void End();
}
