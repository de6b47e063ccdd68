using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Checks;

/// <summary>How a device was found.</summary>
/// <param name="Device">The device.</param>
/// <param name="Failure">What is wrong with it; null when nothing.</param>
internal sealed record DeviceState(Device Device, DeviceFailure? Failure);
