using System.Security.Cryptography;
using System.Text;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;

namespace DotMac.Admin.Callers;

/// <summary>
/// Asks the API server whose a token is, and remembers the answer for a while, whatever it is. Remembered is a hash of the token. A token that was
/// revoked, or has ended, is accepted for as long as its last review is remembered, and no longer.
/// </summary>
internal sealed class TokenReviewer : ITokenReviewer, IDisposable
{
    // Whoever sends a new made-up token with each request is to trouble the API server no more than this.
    private const int MostAtOnce = 16;
    private const int MostRemembered = 10_000;

    private readonly IResource<V1TokenReview> _reviews;
    private readonly SharedAnswers<Answer> _answers;
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    public TokenReviewer(IKubernetesClient client, TimeSpan remembered, TimeProvider clock)
    {
        _reviews = client.Resource<V1TokenReview>();
        _answers = new SharedAnswers<Answer>(MostRemembered, remembered, clock);
    }

    /// <inheritdoc />
    public async ValueTask<V1UserInfo?> ReviewAsync(string token, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        return (await _answers.GetAsync(key, () => AskAsync(token), cancellationToken)).User;
    }

    public void Dispose()
    {
        _answers.Dispose();
        _places.Dispose();
    }

    private async Task<Answer> AskAsync(string token)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _places.WaitAsync(deadline.Token);
        try
        {
            var review = await _reviews.CreateAsync(new V1TokenReview { Spec = new V1TokenReviewSpec { Token = token } }, deadline.Token);
            return new Answer(review.Status is { Authenticated: true, User: { Username.Length: > 0 } user } ? user : null);
        }
        finally
        {
            _places.Release();
        }
    }

    private sealed record Answer(V1UserInfo? User);
}
