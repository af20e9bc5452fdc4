using Convene.Scheduling.Time;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// A series that ends before its time.
internal static class SeriesEnd
{
    /// The series ends before what is affected: no occurrence is made any more, and calendars show what was before.
    public static async Task Cut(Tx tx, Part part, Instant now)
    {
        var series = part.Series;
        var first = SeriesRows.Wall(part.Affected[0].RecurrenceId!);
        // With nothing before it, the rule stays as it was up to what there is: that is what is taken back.
        var end = part.Earlier.Count > 0 ? first : SeriesRows.Wall(part.All[^1].RecurrenceId!).PlusSeconds(1);
        var rule = Before(RecurrenceRule.Parse(series.Rule), end, series.Zone).ToString();
        await SeriesRows.Update(
            tx, series.Id,
            new SeriesRows.Definition(
                rule, [.. series.AddedTimes.Where(t => t < first)], [.. series.DroppedTimes.Where(t => t < first)], series.Zone, series.Start, series.Length,
                series.Title, series.Description, series.Location, (int?)series.ReminderMinutes, series.OnConflict, ExpandedUntil: null),
            series.Sequence + 1, now);
    }

    /// The rule with an end before this occurrence (RFC 5545 §3.3.10: UNTIL is in UTC and included).
    public static RecurrenceRule Before(RecurrenceRule rule, LocalDateTime occurrence, DateTimeZone zone) =>
        rule with { Count = null, Until = Until.Of(LocalTimes.ToInstant(occurrence, zone, LocalTimes.Rfc5545) - Duration.FromSeconds(1)) };

    /// Where nothing is left, the whole series is taken back; else what is left is told as it is now.
    public static async Task Tell(Tx tx, MeetingMail mail, Part part, Instant now)
    {
        var series = (await SeriesRows.Find(tx, part.Series.Id))!;
        var left = part.Earlier.Where(e => Words.Status(e.Status) == MeetingStatus.Scheduled).ToList();
        var concerned = (await ParticipantRows.Of(tx, part.Affected.Select(e => e.Id))).Select(g => g.PersonId).ToHashSet();
        await SeriesMail.Tell(tx, mail, left.Count == 0 ? Letter.Cancellation : Letter.Update, series, left.Count == 0 ? part.Affected : left, concerned.Contains, now);
        // Who takes part only in what is called off has nothing left of it.
        if (left.Count > 0)
        {
            var stay = (await ParticipantRows.Of(tx, left.Select(e => e.Id))).Select(g => g.PersonId).ToHashSet();
            await SeriesMail.Tell(tx, mail, Letter.Cancellation, series, part.Affected, p => concerned.Contains(p) && !stay.Contains(p), now);
        }
    }
}
