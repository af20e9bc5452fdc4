namespace Convene.Server.Storage;

/// A request of this name has been answered, or is being answered now. Nothing is written.
public sealed class RepeatedException : Exception
{
    public RepeatedException()
        : base("A request with this key has been made before.")
    {
    }
}
