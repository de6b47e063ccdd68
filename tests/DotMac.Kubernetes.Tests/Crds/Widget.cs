using DotMac.Kubernetes.Crds;
using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Tests.Crds;

/// <summary>A thing to generate from.</summary>
[KubernetesEntity(Group = "tests.dotmac.io", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
[ShortName("wd")]
[Category("things")]
[PrinterColumn("Size", ".spec.size", "integer")]
[PrinterColumn("Note", ".spec.note", Priority = 1, Description = "What was noted")]
public sealed class Widget : CustomKubernetesEntity<WidgetSpec, WidgetStatus>;
