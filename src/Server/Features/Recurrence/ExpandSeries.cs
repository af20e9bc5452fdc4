using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// As time goes on, books the occurrences of series that come within the horizon. Who is busy then is left out or booked twice, as the series says, and the host is told.
public sealed class ExpandSeries(Store store, IClock clock, MeetingMail mail, Settings settings)
{
    // A series is expanded a month at a time: once a day would be a write for each series and day.
    private static readonly Period Step = Period.FromMonths(1);

    /// How many series it dealt with; call again until none. One for each transaction: each holds the calendars of its people.
    public Task<int> Handle(CancellationToken cancel) => store.WriteAlways(
        async tx =>
        {
            var now = clock.GetCurrentInstant();
            var due = now.InUtc().LocalDateTime.PlusMonths(settings.SeriesHorizonMonths).Minus(Step).InUtc().ToInstant();
            if (await SeriesRows.ToExpand(tx, due, 1) is not [{ ExpandedUntil: { } from } series])
                return 0;
            await Expand(tx, series, from, now);
            return 1;
        },
        cancel);

    private async Task Expand(Tx tx, SeriesRows.Row series, Instant from, Instant now)
    {
        var horizon = now.InUtc().LocalDateTime.PlusMonths(settings.SeriesHorizonMonths).InUtc().ToInstant();
        var expansion = series.Series;
        var occurrences = expansion.Expand(from, horizon).Take(Repetition.MostOccurrences).Occurrences;
        var until = occurrences.Count == Repetition.MostOccurrences ? occurrences[^1].Start + Duration.FromMilliseconds(1) : horizon;
        await SeriesRows.ExpandedTo(tx, series.Id, expansion.Expand(until).First() is null ? null : until);
        if (occurrences.Count == 0)
            return;
        if (series.IsPersonal)
        {
            await Personal(tx, series, occurrences, now);
            return;
        }

        // Who has said no to the last of them so far, or yes, means it.
        var before = await EntryRows.OfSeries(tx, series.Id);
        var answers = before.Count == 0 ? [] : await ParticipantRows.Of(tx, before[^1].Id);
        var declined = answers.Where(a => a.Answer == Answer.Declined).Select(a => a.PersonId).ToHashSet();
        var people = (await SeriesRows.People(tx, series.Id)).Where(p => !declined.Contains(p.PersonId)).ToDictionary(p => p.PersonId, p => (p.Name, p.Role));
        await Revisions.Hold(tx, [series.OrganizerId, .. people.Keys]);
        TimeRange[] times = [.. occurrences.Select(o => new TimeRange(o.Start, o.Start + series.Length))];
        var busy = await BusyTimes.Overlapping(tx, [series.OrganizerId, .. people.Keys], new TimeRange(times[0].Start, times.Max(t => t.End)), series.OrganizerId);
        var (policy, conflict) = SeriesWords.Read(series.OnConflict);
        var seating = SeriesDesk.Seat(times, [.. people.Keys], [.. busy.Select(b => b.Busy)], policy, conflict).Answer!;
        var hosts = SeriesDesk.Seat(times, [series.OrganizerId], [.. busy.Select(b => b.Busy)], ConflictPolicy.Allow, conflict).Answer!;

        var definition = new SeriesRows.Definition(
            series.Rule, series.AddedTimes, series.DroppedTimes, series.Zone, series.Start, series.Length, series.Title, series.Description, series.Location,
            (int?)series.ReminderMinutes, series.OnConflict, null);
        var made = CreateSeries.New(occurrences, times, seating, (int?)series.ReminderMinutes, now);
        await OccurrenceRows.Add(tx, series.Id, definition, series.OrganizerId, made, people, now);
        await OccurrenceRows.CarryAnswers(tx, made, answers);
        await OccurrenceRows.Supersede(tx, series.Id, series.Sequence);
        await Revisions.Bump(tx, [series.OrganizerId, .. people.Keys], series.Length);
        await Tell(tx, (await SeriesRows.Find(tx, series.Id))!, times, seating, hosts, busy, now);
    }

    /// Events of one person only block: nobody is asked or told.
    private static async Task Personal(Tx tx, SeriesRows.Row series, IReadOnlyList<Occurrence> occurrences, Instant now)
    {
        await Revisions.Hold(tx, [series.OrganizerId]);
        // Occurrences that were changed by themselves are there already.
        var there = await ImportRows.Walls(tx, series.Id);
        var expansion = series.Series;
        EventRows.New[] events =
        [
            .. occurrences.Where(o => !there.Contains(SeriesRows.Text(o.Wall))).Select(o => new EventRows.New(
                null, Guid.CreateVersion7().ToString(), series.Title, series.Description, series.Location, series.Transparency == EventRows.Busy, series.AllDay == 1,
                new EntryRows.Times(new TimeRange(o.Start, expansion.EndOf(o)), series.Zone), series.Id, o.Wall)),
        ];
        await EventRows.Add(tx, series.OrganizerId, events, now);
        await Revisions.Bump(tx, [series.OrganizerId], events.Select(e => e.Times.When.Length).Aggregate(Duration.Zero, Duration.Max));
    }

    /// Calendars know the new dates from the rule; who is left out of some is told which, and the host is told of all clashes.
    private async Task Tell(Tx tx, SeriesRows.Row series, TimeRange[] times, SeriesSeating seating, SeriesSeating hosts, IReadOnlyList<BusyTimes.Row> busy, Instant now)
    {
        var clashing = seating.Clashes.Concat(hosts.Clashes).ToDictionary(c => c.Key, c => c.Value);
        if (clashing.Count == 0)
            return;
        var left = seating.Skipped.Concat(seating.SkippedAt.Keys).ToHashSet();
        var entries = (await EntryRows.OfSeries(tx, series.Id)).Where(e => Words.Status(e.Status) == MeetingStatus.Scheduled).ToList();
        await SeriesMail.Tell(tx, mail, Letter.Update, series, entries, left.Contains, now);
        var names = (await PeopleRows.ById(tx, clashing.Keys)).ToDictionary(p => p.Id, p => p.Name.Length > 0 ? p.Name : p.Email ?? "");
        var lines = clashing.SelectMany(c => c.Value.SelectMany(b => times.Where(t => t.Overlaps(b.Range)).Select(t => (Person: c.Key, t.Start)))).Distinct().OrderBy(l => l.Start)
            .Select(l => new SeriesClash(l.Start, names[l.Person], left.Contains(l.Person)));
        var host = (await PeopleRows.ById(tx, [series.OrganizerId])).Single();
        await mail.TellClashes(tx, series, entries[0], host, [.. lines], now);
    }
}
