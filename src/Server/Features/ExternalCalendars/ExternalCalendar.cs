using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// <summary>A calendar of mine that lies elsewhere. When it is busy I am; with what, nobody sees here.</summary>
public sealed record ExternalCalendar
{
    /// A person has so many at most: each is read again and again.
    public const int Most = 10;

    internal ExternalCalendar(ExternalCalendarRows.Row row)
    {
        Id = row.Id;
        Name = row.Name;
        Url = row.Url;
        WhenUnreachable = row.WhenUnreachable;
        State = row.State;
        FetchedAt = row.FetchedAt;
        NextFetchAt = row.NextFetchAt;
        Error = row.Error;
        BusyCount = row.BusyCount;
    }

    public long Id { get; }
    public string Name { get; }
    public string Url { get; }

    /// <summary>open: what was read last goes on counting. closed: after a day without an answer (the server's setting) I count as busy at all times until it answers again.</summary>
    public string WhenUnreachable { get; }

    /// <summary>new: not read yet. fresh: as it is there. stale: it could not be read the last time. failing: it could never be read from there, or not for a day (the server's setting).</summary>
    public string State { get; }

    /// <summary>When it was last read, or found to be unchanged.</summary>
    public Instant? FetchedAt { get; }
    public Instant NextFetchAt { get; }

    /// <summary>Why it could not be read the last time.</summary>
    public string? Error { get; }

    /// <summary>How many stretches of my time it takes up, from now to as far ahead as meetings are booked. One over the end of a week is two.</summary>
    public long BusyCount { get; }

    /// As the audit tells it: the address may be a secret, its server is none.
    internal static Dictionary<string, object?> Picture(string name, string url, string whenUnreachable) =>
        Trail.Values(("name", name), ("server", new Uri(url).Host), ("when_unreachable", whenUnreachable));

    internal static async Task<ExternalCalendar?> Read(Tx tx, long person, long id, Instant now) =>
        (await ExternalCalendarRows.Of(tx, person, now)).FirstOrDefault(c => c.Id == id) is { } row ? new ExternalCalendar(row) : null;
}
