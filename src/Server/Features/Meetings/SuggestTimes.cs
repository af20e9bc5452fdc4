using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Other times for a meeting at which everybody in it can be met: the nearest to what was planned first, unless a model orders them otherwise.
public sealed class SuggestTimes(Store store, IClock clock, Advice advice)
{
    private const int Most = 5;

    // What a model may choose from.
    private const int MostForAdvice = 12;
    private static readonly Duration Step = Duration.FromMinutes(15);
    private static readonly Duration Ahead = Duration.FromDays(14);

    // What find-slots assumes of people who have set nothing.
    private static readonly DailyHours NineToFive = new(new LocalTime(9, 0), new LocalTime(17, 0));

    /// <param name="Reasoning">Why this one, in a sentence.</param>
    public sealed record Suggestion(Instant Start, Instant End, string Reasoning);

    private sealed record Found(EntryRows.Entry Meeting, IReadOnlyList<Suggestion> Options);

    public async Task<Outcome<Suggestion[]>> Handle(Actor actor, string id, CancellationToken cancel)
    {
        if (!(await Find(actor, id)).Is(out var found, out var refusal))
            return refusal;
        // Outside of the read: a model thinks for seconds.
        var advised = await advice.On(found.Meeting.Title, found.Meeting.StartAt, actor.Zone, found.Options, cancel);
        return advised.Take(Most).ToArray();
    }

    private Task<Outcome<Found>> Find(Actor actor, string id) => store.Read<Outcome<Found>>(async tx =>
    {
        // load
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting || !Rights.IsHost(actor, meeting))
            return new Refusals.NotFound();
        var guests = (await ParticipantRows.Of(tx, meeting.Id)).Where(g => g.Answer != Answer.Declined).ToArray();
        // From a day before what was planned, if that is to come, to two weeks after.
        var from = Instant.Max(now, meeting.StartAt - Duration.FromDays(1));
        var first = Instant.FromUnixTimeSeconds((from.ToUnixTimeSeconds() + 899) / 900 * 900);
        // Slots are of whole minutes; a meeting that is not gets the next one.
        var length = Duration.FromMinutes(Math.Ceiling(meeting.When.Length.TotalMinutes));
        if ((first + Ahead + length).InUtc().Year > SlotSearch.LastYear)
            return new Refusals.Invalid("non_field_errors", $"Times are suggested only up to the year {SlotSearch.LastYear}.");
        var search = new SlotSearch(first, Step, (int)(Ahead / Step), length);
        var people = await PeopleRows.ById(tx, guests.Select(g => g.PersonId).Append(meeting.OrganizerId));
        // Of people who don't show their time nothing is known; moving the meeting tells whether they can.
        var hidden = await Visibility.Hidden(tx, people.Select(p => (p.Id, p.FreeBusy)), actor.Id);
        people = [.. people.Where(p => !hidden.Contains(p.Id))];
        var rules = await Schedules.Of(tx, [.. people.Select(p => (p.Id, p.Timezone))], search.Window);
        var busy = (await BusyTimes.Entries(tx, people.Select(p => p.Id), search.Window, viewer: 0)).Where(b => b.EntryId != meeting.Id).ToLookup(b => b.PersonId);

        // decide
        PersonTime[] times = [.. people.Select(p => new PersonTime(p.Id, rules[p.Id].With(rules[p.Id].Weekly ?? Schedule.Week(NineToFive)), BusyCalendar.Of(busy[p.Id].Select(b => b.Busy.Range))))];
        var slots = SlotFinder.Find(search, times).Where(s => s != meeting.StartAt && IsSaid(s, actor.Zone) && IsSaid(s + length, actor.Zone));
        var planned = meeting.StartAt.InZone(actor.Zone);
        var ranked = slots
            .OrderBy(s => Math.Abs(Period.DaysBetween(planned.Date, s.InZone(actor.Zone).Date)))
            .ThenBy(s => s.InZone(actor.Zone).TimeOfDay == planned.TimeOfDay ? 0 : 1)
            .ThenBy(s => Duration.Max(s - meeting.StartAt, meeting.StartAt - s))
            .ThenBy(s => s);

        // say. Times that overlap each other are one suggestion: the first.
        var chosen = new List<Instant>();
        foreach (var slot in ranked)
        {
            if (chosen.Count < (advice.IsThere ? MostForAdvice : Most) && chosen.TrueForAll(c => slot + length <= c || c + length <= slot))
                chosen.Add(slot);
        }

        return new Found(meeting, [.. chosen.Select(s => new Suggestion(s, s + length, Reasoning(s.InZone(actor.Zone), planned, people.Count, hidden.Count > 0)))]);
    });

    /// Suggestions are read and sent back as wall times: of an hour that the clocks show twice, the second can't be said.
    private static bool IsSaid(Instant time, DateTimeZone zone) => LocalTimes.ToInstant(time.InZone(zone).LocalDateTime, zone, LocalTimes.Rfc5545) == time;

    private static string Reasoning(ZonedDateTime slot, ZonedDateTime planned, int people, bool someHidden)
    {
        var days = Period.DaysBetween(planned.Date, slot.Date);
        var when = days switch
        {
            0 => "the day that was planned",
            1 => "the day after the one that was planned",
            -1 => "the day before the one that was planned",
            _ => $"{Math.Abs(days)} days {(days > 0 ? "after" : "before")} the one that was planned",
        };
        var hour = slot.TimeOfDay == planned.TimeOfDay ? "at the same time of day, " : "";
        var who = people == 1 ? "You are" : $"All {people} {(someHidden ? "who show you their time " : "")}are";
        return $"{who} free and within their hours; it is {hour}on {when}.";
    }
}
