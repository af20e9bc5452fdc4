using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// What a change makes of the occurrences that it affects: some are kept (and moved), some go, some are new.
internal sealed class SeriesPlan
{
    private SeriesPlan(SeriesRows.Definition definition, bool splits, IReadOnlyList<Keep> kept, IReadOnlyList<EntryRows.Entry> gone, IReadOnlyList<Occurrence> added)
    {
        (Definition, Splits, Kept, Gone) = (definition, splits, kept, gone);
        Added = [.. added.Select(o => (o.Wall, new TimeRange(o.Start, o.Start + definition.Length)))];
        // One list by time for the desk: first what is kept, then what is new, each with its place.
        Order = [.. kept.Select((k, i) => (k.Row.When, Place: i)).Concat(Added.Select((a, i) => (a.When, Place: kept.Count + i))).OrderBy(o => o.Item1.Start).ThenBy(o => o.Place)];
    }

    public sealed record Keep(EntryRows.Entry Entry, OccurrenceRows.Changed Row);

    public SeriesRows.Definition Definition { get; }

    public bool Splits { get; }

    public IReadOnlyList<Keep> Kept { get; }

    public IReadOnlyList<EntryRows.Entry> Gone { get; }

    public IReadOnlyList<(LocalDateTime Wall, TimeRange When)> Added { get; }

    public IReadOnlyList<(TimeRange When, int Place)> Order { get; }

    public IReadOnlyList<TimeRange> Times => [.. Order.Select(o => o.When)];

    public int Count => Kept.Count + Added.Count;

    public Duration Length => Order.Max(o => o.When.Length);

    public TimeRange Window => new(Order[0].When.Start, Order.Max(o => o.When.End));

    public static Outcome<SeriesPlan> Of(Part part, ChangeSeries.Request request, Instant now, Settings settings)
    {
        var (series, change) = (part.Series, request.Change);
        if (change.Status is not null and not MeetingStatus.Scheduled)
            return new Refusals.Invalid("status", "A series is called off with cancel, and is over by itself.");
        if (!Move(part, request, now, settings).Is(out var move, out var refusal))
            return refusal;
        var (shift, zone, length) = move;
        var splits = request.Scope == Scope.Following && part.Earlier.Count > 0;
        var old = series.Rule.Length == 0 ? null : RecurrenceRule.Parse(series.Rule);

        var first = shift.Of(SeriesRows.Wall(part.Affected[0].RecurrenceId!));
        var rule = request.Repetition?.RuleFrom(first, zone) ?? (old is null ? null : shift.Of(old, series.Start, series.Zone, zone));
        if (rule is null)
            return new Refusals.Invalid("recurrence", "This rule names days that can't be moved by themselves. Send the recurrence as it is to be, too.");
        if (request.Repetition is null && splits && rule.Count is { } count)
            rule = rule with { Count = Math.Max(1, count - Behind(series, part)) };
        var dropped = request.Repetition?.Dropped ?? [.. series.DroppedTimes.Where(t => !splits || t >= SeriesRows.Wall(part.Affected[0].RecurrenceId!)).Select(shift.Of)];
        var added = request.Repetition?.Added ?? [.. series.AddedTimes.Where(t => !splits || t >= SeriesRows.Wall(part.Affected[0].RecurrenceId!)).Select(shift.Of)];

        var definition = new SeriesRows.Definition(
            rule.ToString(), added, dropped, zone, splits || request.Repetition is not null ? first : shift.Of(series.Start), length,
            change.Title ?? series.Title, change.Description ?? series.Description, change.Location ?? series.Location,
            change.ChangeReminder ? change.ReminderMinutes : (int?)series.ReminderMinutes,
            change.Policy is { } policy ? SeriesWords.Of(policy, request.Conflict) : series.OnConflict, series.ExpandedUntil);
        return request.Repetition is { } repetition
            ? Anew(part, definition, repetition, shift, splits, now, settings)
            : new SeriesPlan(definition, splits, [.. part.Affected.Select(e => Row(e, part, definition, shift.Of(SeriesRows.Wall(e.RecurrenceId!)), now, repeatsDifferently: false))], [], []);
    }

    public IReadOnlyList<OccurrenceRows.New> New(IReadOnlyList<IReadOnlyList<long>> seated, Instant now) =>
    [
        .. Added.Select((a, i) => new OccurrenceRows.New(
            Guid.CreateVersion7().ToString(), a.Wall, a.When,
            MeetingRules.RemindAt(a.When.Start, Definition.ReminderMinutes is { } minutes ? Duration.FromMinutes(minutes) : null, now, MeetingStatus.Scheduled), seated[i])),
    ];

    private static Outcome<(SeriesShift Shift, DateTimeZone Zone, Duration Length)> Move(Part part, ChangeSeries.Request request, Instant now, Settings settings)
    {
        var (series, change, from) = (part.Series, request.Change, part.From);
        var zone = change.Zone ?? series.Zone;
        var planned = SeriesRows.Wall(from.RecurrenceId!);
        var start = change.Start?.In(zone);
        var length = series.Length;
        if (change.End is { } end)
            length = end.In(zone) - (start ?? from.StartAt);
        if (length <= Duration.Zero)
            return new Refusal.EndsBeforeItStarts();
        if (length > MeetingRules.LongestMeeting)
            return new Refusal.LastsTooLong();
        if (start < now && (change.RefusePast || settings.RefusePastStarts))
            return new Refusal.StartsInThePast();
        var wall = start is { } moved ? CreateSeries.Wall(moved, zone) : planned;
        return (SeriesShift.Between(planned, wall), zone, length);
    }

    /// It repeats differently: dates that stay keep their people and answers, the others go, new ones come.
    private static Outcome<SeriesPlan> Anew(Part part, SeriesRows.Definition definition, Repetition repetition, SeriesShift shift, bool splits, Instant now, Settings settings)
    {
        var start = definition.Start;
        var horizon = Repetition.Horizon(now, LocalTimes.ToInstant(start, definition.Zone, LocalTimes.Rfc5545), definition.Zone, settings.SeriesHorizonMonths);
        if (!repetition.Expand(start, definition.Zone, horizon).Is(out var expanded, out var refusal))
            return refusal;
        if (expanded.Occurrences.Count == 0)
            return Repetition.Never();
        definition = definition with { Start = expanded.Occurrences[0].Wall, ExpandedUntil = expanded.GoesOn ? horizon : null };
        var there = part.Affected.GroupBy(e => shift.Of(SeriesRows.Wall(e.RecurrenceId!)).Date).ToDictionary(g => g.Key, g => g.First());
        var kept = new List<Keep>();
        var added = new List<Occurrence>();
        foreach (var occurrence in expanded.Occurrences)
        {
            if (there.Remove(occurrence.Wall.Date, out var entry))
                kept.Add(Row(entry, part, definition, occurrence.Wall, now, repeatsDifferently: true));
            else
                added.Add(occurrence);
        }

        var stays = kept.Select(k => k.Entry.Id).ToHashSet();
        return new SeriesPlan(definition, splits, kept, [.. part.Affected.Where(e => !stays.Contains(e.Id))], added);
    }

    private static Keep Row(EntryRows.Entry entry, Part part, SeriesRows.Definition definition, LocalDateTime wall, Instant now, bool repeatsDifferently)
    {
        var series = part.Series;
        var id = SeriesRows.Wall(entry.RecurrenceId!);
        var asRule = LocalTimes.ToInstant(id, series.Zone, LocalTimes.Rfc5545);
        var movedAlone = entry.StartAt != asRule || entry.When.Length != series.Length;
        var start = LocalTimes.ToInstant(wall, definition.Zone, LocalTimes.Rfc5545);
        var when = movedAlone && !repeatsDifferently && entry.Id != part.From.Id ? entry.When : new TimeRange(start, start + definition.Length);
        var remindAt = MeetingRules.RemindAt(when.Start, definition.ReminderMinutes is { } minutes ? Duration.FromMinutes(minutes) : null, now, MeetingStatus.Scheduled);
        return new Keep(entry, new OccurrenceRows.Changed(
            entry.Id, when == entry.When ? null : EntryRows.MoveOf(entry.When, when), wall, when,
            entry.Title == series.Title || repeatsDifferently || entry.Id == part.From.Id ? definition.Title : entry.Title,
            entry.Description == series.Description || repeatsDifferently || entry.Id == part.From.Id ? definition.Description : entry.Description,
            entry.Location == series.Location || repeatsDifferently || entry.Id == part.From.Id ? definition.Location : entry.Location,
            remindAt));
    }

    /// How many occurrences the rule has given before what is affected, also those that were removed since.
    private static int Behind(SeriesRows.Row series, Part part)
    {
        var until = LocalTimes.ToInstant(SeriesRows.Wall(part.Affected[0].RecurrenceId!), series.Zone, LocalTimes.Rfc5545);
        var bare = new Scheduling.Recurrence.Series(series.Start, series.Zone) { Rules = [RecurrenceRule.Parse(series.Rule)] };
        return bare.Expand(null, until).Take(Repetition.MostOccurrences).Occurrences.Count;
    }
}
