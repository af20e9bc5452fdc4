namespace Convene.Server.Outside;

/// A URL could not be fetched; the message says why, for whoever gave the URL. It never holds the URL, which may be a secret.
public sealed class SafeHttpException(string message) : Exception(message)
{
    public const string Private = "It leads into a private network, not into the internet.";
}
