using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Feeds;

/// <summary>A link that calendar programs subscribe to.</summary>
public sealed record Feed
{
    internal Feed(FeedRows.Row row, FeedLinks links) =>
        (Id, Name, Url, FreeBusyOnly, CreatedAt, LastUsedAt) = (row.Id, row.Name, links.Url(row.Nonce), row.FreeBusyOnly == 1, row.CreatedAt, row.LastUsedAt);

    public long Id { get; }
    public string Name { get; }

    /// <summary>Whoever has it can read the calendar.</summary>
    public string Url { get; }

    /// <summary>Whether it tells only when I am busy, not with what or with whom.</summary>
    public bool FreeBusyOnly { get; }
    public Instant CreatedAt { get; }

    /// <summary>When it was last asked for, to the hour; null: never.</summary>
    public Instant? LastUsedAt { get; }
}
