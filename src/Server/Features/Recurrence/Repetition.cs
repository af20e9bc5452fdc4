using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// How a meeting repeats, as asked for: by a rule, or by the fields of a form.
/// <param name="Rule">RRULE; null if there is a form.</param>
/// <param name="Form">Its days are those of the start.</param>
/// <param name="Added">More times, by the meeting's clocks (RDATE).</param>
/// <param name="Dropped">Times left out (EXDATE).</param>
public sealed record Repetition(RecurrenceRule? Rule, RuleForm? Form, IReadOnlyList<LocalDateTime> Added, IReadOnlyList<LocalDateTime> Dropped)
{
    /// A meeting every working day for two years is 522, every day 731: more is no meeting, and would hold everybody's calendar for long.
    public const int MostOccurrences = 1_000;

    /// Occurrences times people.
    public const int MostPlaces = 50_000;

    private const string Field = "recurrence";

    internal RecurrenceRule RuleFrom(LocalDateTime start, DateTimeZone zone) => Rule ?? Form!.ToRule(start, zone);

    /// The occurrences up to the horizon, by start, and whether there are more behind it.
    internal Outcome<(IReadOnlyList<Occurrence> Occurrences, bool GoesOn)> Expand(LocalDateTime start, DateTimeZone zone, Instant horizon)
    {
        var series = new Scheduling.Recurrence.Series(start, zone)
        {
            Rules = [RuleFrom(start, zone)],
            Added = [.. Added.Select(t => new GivenTime(t, null))],
            Dropped = [.. Dropped.Select(t => new GivenTime(t, null))],
        };
        var found = series.Expand(null, horizon).Take(MostOccurrences);
        if (found.End == ExpansionEnd.Limited)
            return new Refusals.Invalid(Field, $"This is more than {MostOccurrences} meetings up to {horizon.InZone(zone).Date:uuuu-MM-dd}. Let it repeat less often, or end earlier.");
        if (found.End == ExpansionEnd.BudgetSpent)
            return new Refusals.Invalid(Field, "No date was found for this rule in reasonable time. Use a simpler one.");
        return (found.Occurrences, series.Expand(horizon).First() is not null);
    }

    /// As far ahead as occurrences are made: so many months from now, or from the start if that is later.
    internal static Instant Horizon(Instant now, Instant start, DateTimeZone zone, int months) =>
        LocalTimes.ToInstant(Instant.Max(now, start).InZone(zone).LocalDateTime.PlusMonths(months), zone, LocalTimes.Rfc5545);

    internal static Refusals.Invalid Never() => new(Field, "This never takes place: no date matches the rule.");

    internal static Refusals.Invalid? TooManyPlaces(int occurrences, int people) => (long)occurrences * people > MostPlaces
        ? new Refusals.Invalid(Field, $"{occurrences} meetings of {people} people are {(long)occurrences * people} places; at most {MostPlaces} are booked at once. Let it end earlier, or invite fewer people.")
        : null;
}
