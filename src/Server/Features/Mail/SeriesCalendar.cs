using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// A series as a calendar shows it to somebody: the rule, without the dates that they take no part in, and the occurrences that are not as the rule says.
internal static class SeriesCalendar
{
    // As many as a series can have entries; what lies behind the last of them is the rule's.
    private const int Most = 10_000;

    /// <param name="mine">The occurrences that they take part in and that stand.</param>
    public static (SeriesFacts Facts, IReadOnlyList<EntryRows.Entry> Changed) Of(SeriesRows.Row series, IReadOnlyCollection<EntryRows.Entry> mine)
    {
        var there = mine.Select(e => e.RecurrenceId!).ToHashSet(StringComparer.Ordinal);
        var made = series.Series.Expand(series.ExpandedFrom, series.ExpandedUntil).Take(Most).Occurrences.Select(o => SeriesRows.Text(o.Wall));
        return (
            new SeriesFacts(
                series.Rule.Length == 0 ? null : series.Rule, [.. series.AddedTimes.Select(SeriesRows.Text)],
                [.. series.DroppedTimes.Select(SeriesRows.Text).Concat(made).Where(w => !there.Contains(w))]),
            [.. mine.Where(e => IsChanged(series, e)).OrderBy(e => e.RecurrenceId, StringComparer.Ordinal)]);
    }

    public static MeetingTerms Terms(SeriesRows.Row series)
    {
        var start = LocalTimes.ToInstant(series.Start, series.Zone, LocalTimes.Rfc5545);
        return new MeetingTerms(series.Title, series.Description, series.Location, start, series.EndOf(series.Start), series.Timezone);
    }

    /// The series as facts, in front of its changed occurrences.
    public static IEnumerable<MeetingFacts> Facts(SeriesRows.Row series, IReadOnlyCollection<EntryRows.Entry> mine, Func<EntryRows.Entry, MeetingFacts> tell)
    {
        var (facts, changed) = Of(series, mine);
        yield return Whole(series, facts, tell(mine.First()));
        foreach (var entry in changed)
            yield return tell(entry);
    }

    /// <param name="one">One of its occurrences.</param>
    public static MeetingFacts Whole(SeriesRows.Row series, SeriesFacts facts, MeetingFacts one) =>
        one with { Uuid = series.Uuid, Sequence = (int)series.Sequence, Terms = Terms(series), Series = facts };

    private static bool IsChanged(SeriesRows.Row series, EntryRows.Entry entry) =>
        entry.StartAt != LocalTimes.ToInstant(SeriesRows.Wall(entry.RecurrenceId!), series.Zone, LocalTimes.Rfc5545) || HasOtherLength(series, entry)
        || entry.AllDay != series.AllDay || entry.Transparency != series.Transparency
        || entry.Title != series.Title || entry.Description != series.Description || entry.Location != series.Location || entry.Timezone != series.Timezone;

    private static bool HasOtherLength(SeriesRows.Row series, EntryRows.Entry entry) =>
        series.LengthDays == 0 ? entry.When.Length != series.Length : entry.EndAt != series.EndOf(SeriesRows.Wall(entry.RecurrenceId!));
}
