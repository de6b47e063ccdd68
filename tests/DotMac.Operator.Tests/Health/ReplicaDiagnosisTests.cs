using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;

namespace DotMac.Operator.Tests.Health;

/// <summary>The messages are those of Kubernetes 1.20 to 1.33: pkg/quota/v1, pod-security-admission, the LimitRanger and webhook admission plugins.</summary>
public sealed class ReplicaDiagnosisTests
{
    [Theory]
    [InlineData("""pods "twilio-6d-x" is forbidden: exceeded quota: small, requested: limits.memory=256Mi, used: limits.memory=0, limited: limits.memory=64Mi""", "QuotaExceeded", "Raise the ResourceQuota")]
    [InlineData("""pods "twilio-6d-x" is forbidden: failed quota: small: must specify limits.cpu""", "QuotaExceeded", "Raise the ResourceQuota")]
    [InlineData("""pods "twilio-6d-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false""", "AdmissionDenied", "pod-security.kubernetes.io")]
    [InlineData("""pods "twilio-6d-x" is forbidden: maximum memory usage per Container is 128Mi, but limit is 256Mi""", "AdmissionDenied", "LimitRange")]
    [InlineData("""admission webhook "validate.kyverno.svc-fail" denied the request: no""", "AdmissionDenied", "webhook that it names")]
    [InlineData("""Internal error occurred: failed calling webhook "vault.hashicorp.com": connection refused""", "AdmissionDenied", "webhook that it names")]
    [InlineData("""pods "x" is forbidden: error looking up service account tenant-acme/twilio""", "AdmissionDenied", "refuses it")]
    [InlineData("etcdserver: request timed out", "PodsUnavailable", "tries again")]
    public void Why_pods_cannot_be_made_is_told_with_what_to_do(string message, string reason, string fix)
    {
        var trouble = ReplicaDiagnosis.Of(new V1DeploymentCondition { Type = "ReplicaFailure", Status = "True", Reason = "FailedCreate", Message = message })!;
        trouble.Reason.Should().Be(reason);
        trouble.Message.Should().StartWith("pods cannot be made (FailedCreate): ").And.Contain(fix);
    }

    [Fact]
    public void No_failure_is_no_trouble()
    {
        ReplicaDiagnosis.Of(null).Should().BeNull();
        ReplicaDiagnosis.Of(new V1DeploymentCondition { Type = "ReplicaFailure", Status = "False" }).Should().BeNull();
        ReplicaDiagnosis.Of(new V1DeploymentCondition { Type = "Progressing", Status = "True" }).Should().BeNull();
    }
}
