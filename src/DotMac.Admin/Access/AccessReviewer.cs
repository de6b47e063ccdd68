using DotMac.Admin.Callers;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Access;

/// <summary>Asks the API server what somebody may do, and remembers the answer for a while, whatever it is.</summary>
internal sealed class AccessReviewer : IAccessReviewer, IDisposable
{
    private const int MostAtOnce = 32;
    private const int MostRemembered = 100_000;

    private readonly IResource<V1SubjectAccessReview> _reviews;
    private readonly SharedAnswers<Answer> _answers;
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    public AccessReviewer(IKubernetesClient client, TimeSpan remembered, TimeProvider clock)
    {
        _reviews = client.Resource<V1SubjectAccessReview>();
        _answers = new SharedAnswers<Answer>(MostRemembered, remembered, clock);
    }

    /// <inheritdoc />
    public async ValueTask<bool> MayAsync(Caller caller, string verb, string ns, string? name, CancellationToken cancellationToken) =>
        (await _answers.GetAsync($"{caller.Id} {verb} {ns}/{name}", () => AskAsync(caller.User, verb, ns, name), cancellationToken)).May;

    public void Dispose()
    {
        _answers.Dispose();
        _places.Dispose();
    }

    private async Task<Answer> AskAsync(V1UserInfo user, string verb, string ns, string? name)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _places.WaitAsync(deadline.Token);
        try
        {
            var review = await _reviews.CreateAsync(
                new V1SubjectAccessReview
                {
                    Spec = new V1SubjectAccessReviewSpec
                    {
                        User = user.Username,
                        Uid = user.Uid,
                        Groups = user.Groups,
                        Extra = user.Extra,
                        ResourceAttributes = new V1ResourceAttributes
                        {
                            Group = ResourceNames.Group,
                            Resource = ResourceNames.TenantPluginPlural,
                            Verb = verb,
                            Namespace = ns,
                            Name = name,
                        },
                    },
                },
                deadline.Token);
            return new Answer(review.Status?.Allowed == true);
        }
        finally
        {
            _places.Release();
        }
    }

    private sealed record Answer(bool May);
}
