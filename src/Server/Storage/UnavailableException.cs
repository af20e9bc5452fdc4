using System.Data.Common;

namespace Convene.Server.Storage;

/// The database can't do this now. Nothing was written; it may be asked again.
public sealed class UnavailableException(string reason, Exception cause) : DbException(reason, cause)
{
    public override bool IsTransient => true;
}
