using System.Text.Json.Serialization;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Slots;

/// Why does a time not suit these people, and which near it does? The kind of reason only: what somebody's busy time is about is theirs.
public sealed class ExplainTime(PeopleTimes times, IClock clock)
{
    private static readonly Duration Around = Duration.FromDays(7);
    private const string HiddenReason = "hidden";
    private static readonly Duration Step = Duration.FromMinutes(15);

    public sealed record Request(long Asker, IReadOnlyList<long> UserIds, IReadOnlyList<string> Emails, GivenTime Start, int DurationMinutes, DateTimeZone Zone, WorkingHoursRule Rule, FindSlots.Margins Margins);

    /// <summary>Somebody who can't be met.</summary>
    /// <param name="Email">As the asker gave it, or their own; empty for others who were named by number.</param>
    /// <param name="Reasons">outside_hours, busy, focus_time, blocked, out_of_office, calendar_unreachable, buffer, notice (a past time too), unknown, or hidden (they don't show the asker when they are busy).</param>
    public sealed record Hindered(long? UserId, string Email, IReadOnlyList<string> Reasons);

    /// <summary>The answer.</summary>
    /// <param name="Suits">Whether everybody can be met.</param>
    /// <param name="People">Who can't, and why; and who does not show it, which stands in no time's way.</param>
    /// <param name="Nearest">The nearest time, not past and at most a week away, that suits all; null if there is none.</param>
    public sealed record Result(
        [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant StartTime,
        [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant EndTime,
        bool Suits,
        IReadOnlyList<Hindered> People,
        FindSlots.Slot? Nearest);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        var (start, length, now) = (request.Start.In(request.Zone), Duration.FromMinutes(request.DurationMinutes), clock.GetCurrentInstant());
        if (start.ToUnixTimeTicks() % NodaConstants.TicksPerMinute != 0)
            return new Refusals.Invalid("start_time", "Slots begin on whole minutes; leave the seconds out.");
        if (start.InUtc().Year is <= SlotSearch.FirstYear or >= SlotSearch.LastYear)
            return new Refusals.Invalid("start_time", $"The year must be before {SlotSearch.LastYear}.");
        // One grid through the asked start, both ways.
        var before = start - now < Around ? Math.Max(0, (int)Math.Floor((start - now) / Step)) : (int)(Around / Step);
        var search = request.Margins.Around(new SlotSearch(start - (Step * before), Step, before + 1 + (int)(Around / Step), length, request.Rule), now);
        var found = await times.Load(request.UserIds, request.Emails, search.Window, request.Asker);

        var hindered = found.People
            .Select(p => new Hindered(p.PersonId, Known(p.PersonId, found.Emails[p.PersonId]), [.. SlotFinder.Explain(start, search, p).Select(Word)]))
            .Where(h => h.Reasons.Count > 0)
            .Concat(found.UnknownIds.Select(id => new Hindered(id, "", ["unknown"])))
            .Concat(found.UnknownEmails.Select(email => new Hindered(null, email, ["unknown"])))
            .ToList();
        var hidden = found.Hidden.Order().Select(id => new Hindered(id, Known(id, found.Emails[id]), [HiddenReason]));
        var near = found.Everybody && found.People.Count > 0 ? SlotFinder.Find(search, found.People).OrderBy(s => Duration.Max(s - start, start - s)).ThenBy(s => s).Cast<Instant?>().FirstOrDefault() : null;
        return new Result(start, start + length, hindered.Count == 0, [.. hindered, .. hidden], near is { } slot ? new FindSlots.Slot(slot, slot + length) : null);

        // Nobody collects addresses by counting through the numbers.
        string Known(long person, string email) => person == request.Asker || request.Emails.Contains(email, StringComparer.Ordinal) ? email : "";
    }

    private static string Word(Obstacle obstacle) => obstacle switch
    {
        Obstacle.Busy => "busy",
        Obstacle.FocusTime => "focus_time",
        Obstacle.Blocked => "blocked",
        Obstacle.OutOfOffice => "out_of_office",
        Obstacle.CalendarUnreachable => "calendar_unreachable",
        Obstacle.Buffer => "buffer",
        Obstacle.Notice => "notice",
        _ => "outside_hours",
    };
}
