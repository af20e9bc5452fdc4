using System.Data.Common;

namespace Convene.Server.Storage;

/// More is asked for than the database does in a moment: better told at once than timed out later.
public sealed class OverloadedException : DbException
{
    public OverloadedException()
        : base("Too many writes are waiting.")
    {
    }

    public override bool IsTransient => true;
}
