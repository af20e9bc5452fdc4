using Convene.ICalendar;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Feeds;

/// What stands in a feed: the owner's meetings but those they declined, and their own events; or only when they are busy.
public sealed class FeedCalendar(Calendars calendars, Jwt jwt, Settings settings)
{
    // Some 6 MB of text: two years of twelve a day.
    private const int Most = 10_000;

    private static readonly Duration RefreshEvery = Duration.FromMinutes(15);

    public async Task<byte[]> Write(Tx tx, FeedRows.Subscribed feed, TimeRange window, Instant now)
    {
        var events = feed.FreeBusyOnly == 1 ? await Busy(tx, feed, window, now) : await Everything(tx, feed, window, now);
        return CalendarText.WriteUtf8(ItipMethod.Publish, events, feed.Name, RefreshEvery);
    }

    private async Task<IReadOnlyList<MeetingEvent>> Everything(Tx tx, FeedRows.Subscribed feed, TimeRange window, Instant now)
    {
        var entries = await EntryRows.OnCalendar(tx, feed.PersonId, window.Start, Most);
        // A series stands there once, by its rule.
        var series = await SeriesRows.Of(tx, entries.Select(e => e.SeriesId).OfType<long>().Distinct());
        var occurrences = series.Count == 0 ? [] : await EntryRows.OfSeries(tx, [.. series.Select(s => s.Id)], feed.PersonId);
        var there = occurrences.Where(e => e.Status == Words.Of(MeetingStatus.Scheduled)).ToLookup(e => e.SeriesId!.Value);
        var answers = (await ParticipantRows.AnswersOf(tx, feed.PersonId, window.Start)).ToDictionary(a => a.EntryId, a => a.Status);
        EventStatus Status(EntryRows.Entry entry) =>
            answers.TryGetValue(entry.Id, out var answer) && Words.Answer(answer) is Answer.Pending or Answer.Tentative ? EventStatus.Tentative : EventStatus.Confirmed;
        MeetingFacts Facts(EntryRows.Entry entry) => MeetingMail.Facts(entry, [], now);
        MeetingEvent One(EntryRows.Entry entry) => calendars.Event(Facts(entry), Status(entry)) with { AllDay = entry.AllDay == 1, Transparent = entry.IsFree };
        MeetingEvent Whole(MeetingFacts facts, SeriesRows.Row row, EntryRows.Entry first) =>
            calendars.Event(facts, Status(first)) with { AllDay = row.AllDay == 1, Transparent = row.Transparency == EventRows.Free };

        var events = entries.Where(e => e.SeriesId is null).Select(One).ToList();
        foreach (var row in series.Where(s => there.Contains(s.Id)))
        {
            var mine = there[row.Id].ToList();
            var (facts, changed) = SeriesCalendar.Of(row, mine);
            events.Add(Whole(SeriesCalendar.Whole(row, facts, Facts(mine[0])), row, mine[^1]));
            events.AddRange(changed.Select(One));
        }

        return [.. events.DistinctBy(e => (e.Uid, e.RecurrenceId))];
    }

    /// Times without words or people, and under names of their own: nothing of it leads to a meeting.
    private async Task<IReadOnlyList<MeetingEvent>> Busy(Tx tx, FeedRows.Subscribed feed, TimeRange window, Instant now)
    {
        var busy = TimeRanges.Of((await BusyTimes.Overlapping(tx, [feed.PersonId], window, viewer: 0)).Select(b => b.Busy.Range));
        // METHOD:PUBLISH must name somebody (RFC 5546 §3.2.1): the server.
        var server = new CalendarUser(settings.MailFrom.Address);
        return
        [
            .. busy.Ranges.Take(Most).Select(range => new MeetingEvent
            {
                Uid = jwt.Derive("busy-time", $"{feed.Nonce}:{range.Start.ToUnixTimeMilliseconds()}"), Stamp = now, Start = range.Start, End = range.End, Zone = DateTimeZone.Utc, Summary = "Busy", Organizer = server,
            }),
        ];
    }
}
