using DotMac.Kubernetes.Events;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Controllers;

/// <summary>What every controller of a process shares.</summary>
/// <param name="Events">Tells people.</param>
/// <param name="Logger">Tells the log.</param>
/// <param name="Clock">The time.</param>
internal sealed record ControllerServices(IEventRecorder Events, ILogger Logger, TimeProvider Clock);
