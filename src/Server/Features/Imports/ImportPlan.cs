using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Imports;

/// What an import would do to a calendar: decided from what the file says and what is here. Nothing is written by it.
internal sealed class ImportPlan
{
    private readonly ImportClock clock;
    private readonly Here here;
    private readonly List<Row> rows = [];
    private readonly HashSet<long> removedSeries = [];
    private readonly HashSet<long> removedEntries = [];
    private readonly HashSet<string> forgotten = new(StringComparer.Ordinal);
    private readonly List<Write> writes = [];

    private ImportPlan(ImportClock clock, Here here) => (this.clock, this.here) = (clock, here);

    /// What is here already.
    /// <param name="Known">What was imported before under the file's UIDs.</param>
    /// <param name="Ours">UIDs of the file that are Convene's own.</param>
    /// <param name="Made">The entries of what was imported before.</param>
    /// <param name="Series">Series that single occurrences of the file belong to.</param>
    public sealed record Here(
        ILookup<string, ImportRows.Item> Known, IReadOnlySet<string> Ours, IReadOnlyList<ImportRows.Made> Made, IReadOnlyDictionary<long, SeriesRows.Row> Series);

    /// An item of the report, and what of it takes time.
    public sealed record Row(ImportItem Item, IReadOnlyList<ImportTimes.Event> Events)
    {
        /// What was imported before.
        public long? EntryId { get; init; }
        public long? SeriesId { get; init; }
    }

    /// What is written for one group.
    /// <param name="Into">Single occurrences: the series they belong to.</param>
    /// <param name="CallsOff">Single occurrences: what is left out of it.</param>
    public sealed record Write(ImportGroup Group, ImportTimes Times, ImportRows.NewSeries? Series, IReadOnlyList<ImportRows.Made> Before, long? Into, LocalDateTime? CallsOff);

    public IReadOnlyList<Row> Rows => rows;

    public IReadOnlyCollection<long> RemovedSeries => removedSeries;

    public IReadOnlyCollection<long> RemovedEntries => removedEntries;

    /// UIDs that are written anew, or are gone.
    public IReadOnlyCollection<string> Forgotten => forgotten;

    public IReadOnlyList<Write> Writes => writes;

    public static ImportPlan Of(IReadOnlyList<(ImportGroup Group, ImportTimes? Times, ImportTimes.Nothing? Nothing)> groups, Here here, ImportClock clock)
    {
        var plan = new ImportPlan(clock, here);
        var made = here.Made.ToLookup(m => m.SeriesId);
        var single = here.Made.ToDictionary(m => m.Id);
        foreach (var (group, times, nothing) in groups)
            plan.Decide(group, times, nothing, made, single);
        return plan;
    }

    private void Decide(ImportGroup group, ImportTimes? times, ImportTimes.Nothing? nothing, ILookup<long?, ImportRows.Made> ofSeries, Dictionary<long, ImportRows.Made> single)
    {
        var known = here.Known[group.Uid].ToDictionary(k => k.RecurrenceId, StringComparer.Ordinal);
        var whole = known.GetValueOrDefault("");
        var before = known.GetValueOrDefault(group.First.RecurrenceId);
        if (here.Ours.Contains(group.Uid))
            Say(group, ImportAction.Skip, "It is already here.");
        else if (group.First.IsCancelled && before is null && (!group.IsLone || whole?.SeriesId is null))
            Say(group, ImportAction.Skip, "It is cancelled, and was not here.");
        else if (before is not null && IsOlder(group.First.Item, before))
            Say(group, ImportAction.Skip, "A newer version of it is here already.");
        else if (group.IsLone)
            One(group, times, nothing, whole, before, ofSeries, single);
        else if (group.First.IsCancelled)
        {
            Remove(group.Uid, known.Values, ofSeries);
            Say(group, ImportAction.Update, "It is cancelled: it is taken off the calendar.");
        }
        else if (group.Parts.All(p => known.GetValueOrDefault(p.RecurrenceId)?.Digest == p.Digest) && known.Count == group.Parts.Count)
            Say(group, ImportAction.Unchanged, null, times, known);
        else if (times is null && nothing!.Action == ImportAction.Skip && known.Count > 0)
        {
            // It went on when it was here last, and ended meanwhile.
            Remove(group.Uid, known.Values, ofSeries);
            Say(group, ImportAction.Update, nothing.Reason);
        }
        else if (times is null)
            Say(group, nothing!.Action, nothing.Reason);
        else
            Whole(group, times, known, whole, ofSeries, single);
    }

    /// An event or series with all that belongs to it.
    private void Whole(
        ImportGroup group, ImportTimes times, Dictionary<string, ImportRows.Item> known, ImportRows.Item? whole, ILookup<long?, ImportRows.Made> ofSeries, Dictionary<long, ImportRows.Made> single)
    {
        List<ImportRows.Made> before = whole?.SeriesId is { } was ? [.. ofSeries[was]] : whole?.EntryId is { } entry && single.TryGetValue(entry, out var one) ? [one] : [];
        Remove(group.Uid, known.Values, ofSeries);
        writes.Add(new Write(group, times, times.Series is { } series ? (whole is { SeriesId: { } id } ? series with { Id = id, Uuid = whole.SeriesUuid! } : series) : null, before, null, null));
        // The whole changed if one of its occurrences is as it says again.
        var said = group.Parts.Select(p => p.RecurrenceId).ToHashSet(StringComparer.Ordinal);
        var isWhole = known.Keys.All(said.Contains);
        var events = ByPart(times);
        for (var i = 0; i < group.Parts.Count; i++)
        {
            var part = group.Parts[i];
            var old = known.GetValueOrDefault(part.RecurrenceId);
            var same = old?.Digest == part.Digest && (i > 0 || isWhole);
            var (action, reason) = old is null && part.IsCancelled ? (ImportAction.Skip, "This date is called off.")
                : (old is null ? ImportAction.Create : same ? ImportAction.Unchanged : ImportAction.Update, i == 0 ? times.Note : null);
            Say(group, part, action, reason, [.. events[part]], old);
        }
    }

    /// A changed occurrence without the rest: of a series that is here it is one date, else it is an event by itself.
    private void One(
        ImportGroup group, ImportTimes? times, ImportTimes.Nothing? nothing, ImportRows.Item? whole, ImportRows.Item? before, ILookup<long?, ImportRows.Made> ofSeries,
        Dictionary<long, ImportRows.Made> single)
    {
        if (before?.Digest == group.First.Digest)
        {
            Say(group, group.First, ImportAction.Unchanged, null, times?.Events ?? [], before);
            return;
        }

        var series = whole?.SeriesId is { } id ? here.Series.GetValueOrDefault(id) : null;
        if (times is null && !group.First.IsCancelled)
        {
            Say(group, nothing!.Action, nothing.Reason);
            return;
        }

        var wall = series is null ? (LocalDateTime?)null : Wall(group, series);
        var there = series is not null ? ofSeries[series.Id].FirstOrDefault(m => m.RecurrenceId == SeriesRows.Text(wall!.Value))
            : before?.EntryId is { } entry ? single.GetValueOrDefault(entry) : null;
        if (there is not null)
            removedEntries.Add(there.Id);
        IReadOnlyList<ImportTimes.Event> events = group.First.IsCancelled ? [] : [.. times!.Events.Select(e => e with { Wall = wall })];
        writes.Add(new Write(group, new ImportTimes(null, events), null, there is null ? [] : [there], series?.Id, group.First.IsCancelled ? wall : null));
        Say(group, group.First, before is null && there is null ? ImportAction.Create : ImportAction.Update, group.First.IsCancelled ? "This date is called off." : null, events, before);
    }

    private static LocalDateTime Wall(ImportGroup group, SeriesRows.Row series)
    {
        var id = group.First.Item.RecurrenceId!.Value;
        return id.IsDate ? id.Local.Date + series.Start.TimeOfDay : group.Contents.ToInstant(id, series.Zone).InZone(series.Zone).LocalDateTime;
    }

    private void Remove(string uid, IEnumerable<ImportRows.Item> known, ILookup<long?, ImportRows.Made> ofSeries)
    {
        forgotten.Add(uid);
        foreach (var item in known)
        {
            if (item.EntryId is { } entry)
                removedEntries.Add(entry);
            if (item.SeriesId is { } series && removedSeries.Add(series))
                removedEntries.UnionWith(ofSeries[series].Select(m => m.Id));
        }
    }

    /// What says it is newer goes before what was read later. Exports that say nothing are believed.
    private static bool IsOlder(ICalendar.CalendarItem item, ImportRows.Item known) =>
        item.Sequence < known.Sequence || (item.Sequence == known.Sequence && item.LastModified < known.ModifiedAt);

    private void Say(ImportGroup group, string action, string? reason, ImportTimes? times = null, Dictionary<string, ImportRows.Item>? known = null)
    {
        var events = times is null ? null : ByPart(times);
        foreach (var part in group.Parts)
            Say(group, part, action, reason, events is null ? [] : [.. events[part]], known?.GetValueOrDefault(part.RecurrenceId));
    }

    private static ILookup<object, ImportTimes.Event> ByPart(ImportTimes times) => times.Events.ToLookup(e => (object)e.Part, ReferenceEqualityComparer.Instance);

    private void Say(ImportGroup group, ImportPart part, string action, string? reason, IReadOnlyList<ImportTimes.Event> events, ImportRows.Item? before)
    {
        var item = part.Item;
        var when = clock.When(item, group.Contents);
        rows.Add(new Row(
            new ImportItem
            {
                Uid = ImportTexts.Line(item.Uid, ImportTexts.LongestTitle),
                RecurrenceId = item.RecurrenceId is not { } id ? null
                    : id.IsDate ? NodaTime.Text.LocalDatePattern.Iso.Format(id.Local.Date) : NodaTime.Text.LocalDateTimePattern.GeneralIso.Format(id.Local),
                Title = ImportTexts.Title(item.Summary),
                Start = when?.Times.When.Start,
                End = when?.Times.When.End,
                AllDay = when?.AllDay ?? false,
                Timezone = when?.Times.Zone.Id,
                Repeats = item.RecurrenceId is null && item.Recurs ? Describe.Of(group.Series.Series) : null,
                Busy = part.IsBusy,
                Action = action,
                Reason = reason,
            },
            events)
        {
            EntryId = before?.EntryId,
            SeriesId = before?.SeriesId,
        });
    }

    /// How many of these times overlap with what is there.
    public static int Clashes(IReadOnlyList<ImportTimes.Event> events, TimeRanges busy, Instant now) =>
        events.Count(e => e.Part.IsBusy && e.Times.When.End > now && Overlaps(busy, e.Times.When));

    private static bool Overlaps(TimeRanges busy, TimeRange when)
    {
        // The first that ends behind the start is the only one that must be looked at.
        var (low, high) = (0, busy.Ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (busy.Ranges[middle].End > when.Start)
                high = middle;
            else
                low = middle + 1;
        }

        return low < busy.Ranges.Length && busy.Ranges[low].Overlaps(when);
    }
}
