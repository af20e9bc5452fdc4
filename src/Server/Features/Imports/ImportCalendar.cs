using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Imports;

/// Takes a calendar file of somebody else's program onto the actor's own calendar: a preview of what would become of each item, or all of it at once.
public sealed class ImportCalendar(Store store, IClock clock, Settings settings)
{
    public const int MostItemsTold = 500;

    /// <param name="Zone">For times that name no zone, and for whole days; null: the actor's.</param>
    public sealed record Request(ReadOnlyMemory<byte> File, bool Commit, DateTimeZone? Zone);

    /// <summary>What becomes of a calendar file.</summary>
    /// <param name="Committed">Whether it was written; else this is a preview.</param>
    /// <param name="Name">What the calendar calls itself.</param>
    /// <param name="Mended">What was wrong in the file, and what was made of it.</param>
    /// <param name="Counts">All items by what becomes of them.</param>
    /// <param name="Items">The first of them.</param>
    /// <param name="More">How many there are beyond those.</param>
    public sealed record Result(bool Committed, string? Name, IReadOnlyList<string> Mended, ImportCounts Counts, IReadOnlyList<ImportItem> Items, int More);

    /// <summary>How many items of a file are dealt with in which way.</summary>
    public sealed record ImportCounts(int Create, int Update, int Unchanged, int Skip, int Refuse);

    public async Task<Outcome<Result>> Handle(Actor actor, Request request)
    {
        var now = clock.GetCurrentInstant();
        var zone = request.Zone ?? actor.Zone;
        if (!ImportFile.Read(request.File.Span, zone, actor.Email).Is(out var file, out var refusal))
            return refusal;
        var times = new ImportClock(zone, now, settings.SeriesHorizonMonths);
        var groups = file.Groups.Select(g => times.Of(g) is var (when, nothing) ? (g, when, nothing) : default).ToList();
        if (times.Occurrences > ImportClock.MostOccurrences)
        {
            return new Refusals.Invalid(
                "file", $"What repeats in this file comes to {times.Occurrences} dates; at most {ImportClock.MostOccurrences} are imported at once. Split it.");
        }

        if (!request.Commit)
        {
            return await store.Read<Outcome<Result>>(async tx =>
            {
                var plan = ImportPlan.Of(groups, await Here(tx, actor.Id, file), times);
                return await Tell(tx, actor.Id, file, plan, now);
            });
        }

        return await store.Write<Result>(async tx =>
        {
            await Revisions.Hold(tx, [actor.Id]);
            var plan = ImportPlan.Of(groups, await Here(tx, actor.Id, file), times);
            var result = await Tell(tx, actor.Id, file, plan, now) with { Committed = true };
            if (plan.Forgotten.Count + plan.Writes.Count == 0)
                return result;
            var written = await ImportWriting.Save(tx, actor.Id, plan, now);
            var longest = plan.Writes.SelectMany(w => w.Times.Events).Select(e => e.Times.When.Length).Aggregate(Duration.Zero, Duration.Max);
            await Revisions.Bump(tx, [actor.Id], longest);
            await tx.Note(actor, now, Trail.Account("calendar.imported", actor.Id, null, Trail.Values(
                ("calendar", file.Name), ("created", result.Counts.Create), ("updated", result.Counts.Update), ("unchanged", result.Counts.Unchanged))));
            var items = result.Items.ToList();
            for (var i = 0; i < Math.Min(items.Count, plan.Rows.Count); i++)
            {
                if (plan.Rows[i].Events is [var first, ..] && written.TryGetValue(first, out var id))
                    items[i] = items[i] with { EventId = id };
            }

            return result with { Items = items };
        });
    }

    private static async Task<ImportPlan.Here> Here(Tx tx, long person, ImportFile file)
    {
        string[] uids = [.. file.Groups.Select(g => g.Uid).Distinct(StringComparer.Ordinal)];
        string[] uuids = [.. uids.Where(u => Guid.TryParseExact(u, "D", out _)).Select(u => u.ToLowerInvariant())];
        var known = uids.Length == 0 ? [] : await ImportRows.Known(tx, person, uids);
        var ours = uuids.Length == 0 ? [] : await ImportRows.Here(tx, person, uuids);
        long[] series = [.. known.Select(k => k.SeriesId).OfType<long>().Distinct()];
        var made = await ImportRows.Entries(tx, series, [.. known.Select(k => k.EntryId).OfType<long>()]);
        var lone = file.Groups.Where(g => g.IsLone).Select(g => g.Uid).ToHashSet(StringComparer.Ordinal);
        long[] wanted = [.. known.Where(k => lone.Contains(k.Uid)).Select(k => k.SeriesId).OfType<long>().Distinct()];
        var rows = wanted.Length == 0 ? [] : await SeriesRows.Of(tx, wanted);
        return new ImportPlan.Here(
            known.ToLookup(k => k.Uid, StringComparer.Ordinal), ours.ToHashSet(StringComparer.OrdinalIgnoreCase), made, rows.ToDictionary(r => r.Id));
    }

    private async Task<Result> Tell(Tx tx, long person, ImportFile file, ImportPlan plan, Instant now)
    {
        // Only what is to come can be in the way, and only as far as anything is booked.
        var changing = plan.Rows.Where(r => r.Item.Action is ImportAction.Create or ImportAction.Update).ToList();
        var end = changing.SelectMany(r => r.Events).Select(e => e.Times.When.End).DefaultIfEmpty(now).Max();
        var window = new TimeRange(now, Instant.Max(now, Instant.Min(end, now.InUtc().LocalDateTime.PlusMonths(settings.SeriesHorizonMonths).InUtc().ToInstant())));
        var busy = window.IsEmpty ? [] : await BusyTimes.Overlapping(tx, [person], window, person);
        var taken = TimeRanges.Of(busy.Where(b => !plan.RemovedEntries.Contains(b.EntryId)).Select(b => b.Busy.Range));
        var first = await ImportRows.FirstOf(tx, [.. plan.Rows.Select(r => r.SeriesId).OfType<long>().Distinct()]);
        var rows = plan.Rows.Select(r => (r.Item.Action is ImportAction.Create or ImportAction.Update ? r.Item with { Clashes = ImportPlan.Clashes(r.Events, taken, now) } : r.Item) with
        {
            EventId = r.EntryId ?? (r.SeriesId is { } series && first.TryGetValue(series, out var id) ? id : null),
        });
        List<ImportItem> items = [.. rows, .. file.Left];
        int Count(string action) => items.Count(i => i.Action == action);
        return new Result(
            false, file.Name, file.Mended,
            new ImportCounts(Count(ImportAction.Create), Count(ImportAction.Update), Count(ImportAction.Unchanged), Count(ImportAction.Skip), Count(ImportAction.Refuse)),
            items.Count <= MostItemsTold ? items : items[..MostItemsTold], Math.Max(0, items.Count - MostItemsTold));
    }
}
