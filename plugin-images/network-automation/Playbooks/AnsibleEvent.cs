using System.Text.Json;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>One thing that happened while a playbook ran.</summary>
/// <param name="Number">Its number in the run, from 1.</param>
/// <param name="Kind">What kind of thing: <c>play</c>, <c>task</c>, <c>result</c> or <c>message</c>.</param>
/// <param name="At">When.</param>
/// <param name="Play">The play that begins.</param>
/// <param name="Task">The task that begins, or whose result this is.</param>
/// <param name="Device">The device whose result this is.</param>
/// <param name="Status">For a result: <c>ok</c>, <c>changed</c>, <c>failed</c>, <c>unreachable</c>, <c>skipped</c> or <c>retry</c>.</param>
/// <param name="Changed">Whether the device was changed.</param>
/// <param name="Ignored">For a failure: whether the playbook goes on all the same.</param>
/// <param name="Message">What was said.</param>
/// <param name="ReturnCode">The exit code of a command.</param>
/// <param name="Stdout">What a command wrote.</param>
/// <param name="Stderr">What a command wrote on standard error.</param>
/// <param name="Result">What else the module answered, when it is not large.</param>
public sealed record AnsibleEvent(
    int Number,
    string Kind,
    DateTimeOffset At,
    string? Play = null,
    string? Task = null,
    string? Device = null,
    string? Status = null,
    bool? Changed = null,
    bool? Ignored = null,
    string? Message = null,
    int? ReturnCode = null,
    string? Stdout = null,
    string? Stderr = null,
    JsonElement? Result = null);
