namespace DotMac.Bench.Parsing;

/// <summary>A watch event of 2.7 KB, a third of it managedFields, as an API server sends it for a TenantPlugin that runs.</summary>
internal static class SampleEvent
{
    public const string Text =
        """{"type":"MODIFIED","object":{"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"TenantPlugin","metadata":{"creationTimestamp":"2026-01-31T12:00:00Z","generation":3,"managedFields":[{"apiVersion":"plugins.dotmac.io/v1alpha1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{".":{},"f:config":{".":{},"f:accountSid":{},"f:authToken":{},"f:phoneNumber":{}},"f:plugin":{},"f:version":{}}},"manager":"kubectl","operation":"Apply","time":"2026-01-31T12:00:00Z"},{"apiVersion":"plugins.dotmac.io/v1alpha1","fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{".":{},"k:{\"type\":\"Available\"}":{".":{},"f:lastTransitionTime":{},"f:message":{},"f:observedGeneration":{},"f:reason":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Ready\"}":{".":{},"f:lastTransitionTime":{},"f:message":{},"f:observedGeneration":{},"f:reason":{},"f:status":{},"f:type":{}}},"f:health":{".":{},"f:checkedAt":{},"f:state":{}},"f:image":{},"f:observedGeneration":{},"f:phase":{},"f:ready":{},"f:readyReplicas":{},"f:replicas":{},"f:tenant":{},"f:version":{}}},"manager":"dotmac-operator","operation":"Update","time":"2026-01-31T12:00:07Z"}],"name":"twilio","namespace":"tenant-acme","resourceVersion":"1000042","uid":"5c0f7b0e-6d53-4b0e-9f0c-2b7d3c1a9e55"},"spec":{"plugin":"twilio","version":"1.0.0","config":{"accountSid":"${vault:twilio/account_sid}","authToken":"${vault:twilio/auth_token}","phoneNumber":"+15005550006"}},"status":{"observedGeneration":3,"phase":"Active","tenant":"acme","version":"1.0.0","image":"ghcr.io/dotmac/plugin-twilio:1.0.0","replicas":1,"readyReplicas":1,"ready":"1/1","conditions":["""
        + """{"type":"Ready","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:07Z","reason":"Active","message":"1 of 1 pods are ready"},"""
        + """{"type":"ConfigValid","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:01Z","reason":"Valid","message":""},"""
        + """{"type":"DependenciesReady","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:01Z","reason":"NoDependencies","message":""},"""
        + """{"type":"SecretsReady","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:01Z","reason":"NoSecrets","message":""},"""
        + """{"type":"SecretsInjected","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:06Z","reason":"Injected","message":""},"""
        + """{"type":"Available","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:07Z","reason":"Available","message":""},"""
        + """{"type":"Healthy","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:07Z","reason":"Healthy","message":"all is well"}"""
        + """],"health":{"state":"Healthy","checkedAt":"2026-01-31T12:00:07Z"}}}}""";
}
