using System.Net;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Client;

/// <summary>The API server refused a request and said why.</summary>
public sealed class ApiException : Exception
{
    /// <summary>An error without details.</summary>
    public ApiException()
        : this("the API server refused the request")
    {
    }

    /// <summary>An error with a message.</summary>
    public ApiException(string message)
        : this(message, null)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public ApiException(string message, Exception? innerException)
        : base(message, innerException) => Status = new V1Status { Message = message };

    /// <summary>An error as the server told it.</summary>
    /// <param name="request">Method and path, for the message.</param>
    /// <param name="code">The HTTP status code.</param>
    /// <param name="status">The body; its message may be anything that stood in place of one.</param>
    /// <param name="retryAfter">How long the server asks to wait, if it did.</param>
    public ApiException(string request, HttpStatusCode code, V1Status status, TimeSpan? retryAfter = null)
        : base($"{request}: {(int)code} {status.Reason ?? code.ToString()}: {status.Message}")
    {
        Code = code;
        Status = status;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status code.</summary>
    public HttpStatusCode Code { get; }

    /// <summary>What the server said.</summary>
    public V1Status Status { get; }

    /// <summary>How long the server asks to wait before the next try; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The object, or its namespace, or the kind itself, is not there.</summary>
    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    /// <summary>Somebody else changed the object in between: read it again and decide anew.</summary>
    public bool IsConflict => Code == HttpStatusCode.Conflict && Status.Reason != "AlreadyExists";

    /// <summary>An object of that name is there already.</summary>
    public bool IsAlreadyExists => Code == HttpStatusCode.Conflict && Status.Reason == "AlreadyExists";

    /// <summary>The resourceVersion is too old to go on from: list again.</summary>
    public bool IsGone => Code == HttpStatusCode.Gone || Status.Code == (int)HttpStatusCode.Gone || Status.Reason is "Expired" or "Gone";

    /// <summary>The credentials are not accepted.</summary>
    public bool IsUnauthorized => Code == HttpStatusCode.Unauthorized;

    /// <summary>The credentials are fine and the right is missing.</summary>
    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    /// <summary>The server read the object and found it wrong; sending it again cannot help.</summary>
    public bool IsInvalid => Code is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest;

    /// <summary>A namespace that is being deleted takes no new objects.</summary>
    public bool IsNamespaceTerminating =>
        IsForbidden && Status.Details?.Causes?.Any(static c => c.Reason == "NamespaceTerminating") == true;
}
