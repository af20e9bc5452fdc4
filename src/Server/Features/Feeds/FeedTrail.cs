using Convene.Server.Storage;

namespace Convene.Server.Features.Feeds;

/// What the audit says of feeds; never their addresses.
internal static class FeedTrail
{
    public static AuditRows.Note Of(string kind, FeedRows.Row? before, FeedRows.Row? after) => Trail.Account(kind, (before ?? after)!.PersonId, Picture(before), Picture(after));

    private static Dictionary<string, object?>? Picture(FeedRows.Row? feed) =>
        feed is null ? null : Trail.Values(("name", feed.Name), ("free_busy_only", feed.FreeBusyOnly == 1));
}
