namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>How many tasks ended how on one device, as Ansible counts them.</summary>
/// <param name="Ok">Done, changed or not.</param>
/// <param name="Changed">Changed the device.</param>
/// <param name="Failures">Failed.</param>
/// <param name="Unreachable">Could not reach the device.</param>
/// <param name="Skipped">Skipped.</param>
/// <param name="Rescued">Failed, and were rescued by the playbook.</param>
/// <param name="Ignored">Failed, and were ignored by the playbook.</param>
public sealed record DeviceRecap(int Ok, int Changed, int Failures, int Unreachable, int Skipped, int Rescued = 0, int Ignored = 0);
