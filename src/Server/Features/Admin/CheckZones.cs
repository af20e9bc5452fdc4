using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// After a change of the zone rules: what is to come keeps its wall time, and moves to the instant at which clocks will show it.
public sealed class CheckZones(Store store, IClock clock)
{
    private const int AtATime = 500;

    /// <param name="From">The version of the zone rules it was derived by.</param>
    public sealed record Moved(string Id, string Title, string Timezone, Instant OldStart, Instant NewStart, string From);

    public static string Version => DateTimeZoneProviders.Tzdb.VersionId;

    public async Task<IReadOnlyList<Moved>> Handle(CancellationToken cancel)
    {
        var moved = new List<Moved>();
        for (var after = 0L; ;)
        {
            var now = clock.GetCurrentInstant();
            var batch = await store.Read(tx => TzdbRows.Other(tx, Version, now, after, AtATime), cancel);
            if (batch.Count == 0)
                return moved;
            after = batch[^1].Id;
            await store.WriteAlways(tx => TzdbRows.Approve(tx, batch.Where(e => Derive(e) is null).Select(e => e.Id), Version), cancel);
            foreach (var entry in batch.Where(e => Derive(e) is not null))
            {
                if (await Move(entry.Id, now, cancel) is { } change)
                    moved.Add(change);
            }
        }
    }

    private Task<Moved?> Move(long id, Instant now, CancellationToken cancel) => store.WriteAlways<Moved?>(
        async tx =>
        {
            if (await TzdbRows.Hold(tx, id) is not { } entry || entry.Tzdb == Version || Derive(entry) is not { } when)
                return null;
            var people = await TzdbRows.People(tx, id);
            await Revisions.Hold(tx, people);
            await TzdbRows.Move(tx, id, when, when.Start - entry.StartAt, Version, now);
            await Revisions.Bump(tx, people, when.Length);
            await AuditRows.Add(tx, null, "zone rules", now, Trail.Meeting(
                AuditRows.Rescheduled, entry.Uuid, Times(entry.When), Times(when), $"The rules of {entry.Timezone} changed (tzdb {entry.Tzdb} → {Version})."));
            return new Moved(entry.Uuid, entry.Title, entry.Timezone, entry.StartAt, when.Start, entry.Tzdb);
        },
        cancel);

    /// Where it belongs now; null: where it is. A wall time that comes twice stays at the one it had.
    private static TimeRange? Derive(TzdbRows.Derived entry)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(entry.Timezone) is not { } zone)
            return null;
        var start = Instant(entry.Start, entry.StartAt, zone);
        var end = Instant(entry.End, entry.EndAt, zone);
        return (start, end) == (entry.StartAt, entry.EndAt) || end <= start ? null : new TimeRange(start, end);
    }

    private static Instant Instant(LocalDateTime wall, Instant had, DateTimeZone zone) =>
        had.InZone(zone).LocalDateTime == wall ? had : LocalTimes.ToInstant(wall, zone, LocalTimes.Rfc5545);

    private static Dictionary<string, object?> Times(TimeRange when) => Trail.Values(("start_time", IsoTime.Format(when.Start)), ("end_time", IsoTime.Format(when.End)));
}
