using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.IntegrationTests.Fixture;

[KubernetesEntity(Group = "test.dotmac.io", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
public sealed class Widget : CustomKubernetesEntity<WidgetSpec, WidgetStatus>
{
    /// <summary>The CustomResourceDefinition, with a status subresource, a bound and a pattern to offend against.</summary>
    public const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: widgets.test.dotmac.io }
        spec:
          group: test.dotmac.io
          scope: Namespaced
          names: { kind: Widget, listKind: WidgetList, plural: widgets, singular: widget }
          versions:
            - name: v1
              served: true
              storage: true
              subresources: { status: {} }
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      required: [size]
                      properties:
                        size: { type: integer, minimum: 1, maximum: 100 }
                        colour: { type: string, pattern: '^[a-z]+$' }
                        parts: { type: array, items: { type: string } }
                    status:
                      type: object
                      properties:
                        observedGeneration: { type: integer, format: int64 }
                        message: { type: string }
        """;

    public Widget() => (ApiVersion, Kind) = ("test.dotmac.io/v1", "Widget");
}
