using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Imports;

/// Writes what was planned: a handful of statements, however many events there are.
internal static class ImportWriting
{
    /// Returns the numbers of the entries.
    public static async Task<IReadOnlyDictionary<ImportTimes.Event, long>> Save(Tx tx, long person, ImportPlan plan, Instant now)
    {
        await Clear(tx, person, plan, now);
        var series = await ImportRows.Add(tx, person, [.. plan.Writes.Select(w => w.Series).OfType<ImportRows.NewSeries>()], now);
        var events = plan.Writes.SelectMany(w => Events(w, w.Series is { } made ? series[made.Uuid] : w.Into)).ToList();
        var numbers = await EventRows.Add(tx, person, [.. events.Select(e => e.New)], now);
        var ids = new Dictionary<ImportTimes.Event, long>(ReferenceEqualityComparer.Instance);
        foreach (var (drawn, row) in events)
            ids[drawn] = numbers[row.Uuid];
        await ImportRows.Remember(tx, person, plan.Writes.SelectMany(w => Items(w, w.Series is { } made ? series[made.Uuid] : w.Into, ids)));
        return ids;
    }

    private static async Task Clear(Tx tx, long person, ImportPlan plan, Instant now)
    {
        if (plan.RemovedEntries.Count > 0)
            await ImportRows.Remove(tx, plan.RemovedEntries);
        if (plan.Forgotten.Count > 0)
            await ImportRows.Forget(tx, person, plan.Forgotten);
        if (plan.RemovedSeries.Count > 0)
            await ImportRows.RemoveSeries(tx, plan.RemovedSeries);
        var lone = plan.Writes.Where(w => w.Group.IsLone).ToList();
        if (lone.Count > 0)
            await ImportRows.Forget(tx, person, [.. lone.Select(w => (w.Group.Uid, w.Group.First.RecurrenceId))]);
        foreach (var calledOff in lone.Where(w => w.CallsOff is not null).GroupBy(w => w.Into!.Value))
        {
            var series = (await SeriesRows.Find(tx, calledOff.Key))!;
            await SeriesRows.Drop(tx, series.Id, series.DroppedTimes.Union(calledOff.Select(w => w.CallsOff!.Value)), now);
        }
    }

    private static IEnumerable<(ImportTimes.Event Drawn, EventRows.New New)> Events(ImportPlan.Write write, long? series)
    {
        var before = write.Before.ToDictionary(b => b.RecurrenceId ?? "", StringComparer.Ordinal);
        foreach (var e in write.Times.Events)
        {
            var item = e.Part.Item;
            // What a changed occurrence does not say is as in the whole.
            var whole = write.Group.First.Item;
            var old = before.GetValueOrDefault(e.Wall is { } wall ? SeriesRows.Text(wall) : "");
            yield return (e, new EventRows.New(
                old?.Id, old?.Uuid ?? Guid.CreateVersion7().ToString(), ImportTexts.Title(item.Summary ?? whole.Summary),
                ImportTexts.Text(item.Description ?? whole.Description, ImportTexts.LongestDescription), ImportTexts.Line(item.Location ?? whole.Location, ImportTexts.LongestLocation),
                e.Part.IsBusy, e.AllDay, e.Times, series, series is null ? null : e.Wall)
            {
                CreatedAt = old?.CreatedAt,
            });
        }
    }

    private static IEnumerable<ImportRows.Item> Items(ImportPlan.Write write, long? series, IReadOnlyDictionary<ImportTimes.Event, long> ids)
    {
        // An occurrence that was called off by itself, of nothing: nothing is left of it.
        if (series is null && write.Times.Events.Count == 0)
            yield break;
        foreach (var part in write.Group.Parts)
        {
            yield return new ImportRows.Item
            {
                Uid = write.Group.Uid, RecurrenceId = part.RecurrenceId, Digest = part.Digest, Sequence = part.Item.Sequence, ModifiedAt = part.Item.LastModified, SeriesId = series,
                EntryId = series is null ? ids[write.Times.Events[0]] : null,
            };
        }
    }
}
