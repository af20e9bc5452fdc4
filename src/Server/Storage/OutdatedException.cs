using System.Data.Common;

namespace Convene.Server.Storage;

/// What this transaction has read is no longer so. Nothing is written; it is done again from the start, and if that does not help, whoever asked is told to.
public sealed class OutdatedException : DbException
{
    public OutdatedException()
        : base("What was read has changed meanwhile.")
    {
    }

    public override bool IsTransient => true;
}
