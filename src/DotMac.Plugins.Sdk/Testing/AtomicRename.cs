using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DotMac.Plugins.Sdk.Testing;

/// <summary>rename(2). The framework's own moves refuse a symlink to a directory, and that is what the kubelet swaps.</summary>
internal static partial class AtomicRename
{
    /// <summary>Renames, replacing what is there in one step.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static void Over(string from, string to)
    {
        if (Rename(from, to) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Rename(string from, string to);
}
