namespace Convene.Server.Storage;

/// What this transaction has read is no longer so. Nothing is written; it is done again from the start.
public sealed class OutdatedException : Exception
{
    public OutdatedException()
        : base("What was read has changed meanwhile.")
    {
    }
}
