using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// When is somebody free, and when busy? Never with what.
public sealed class ReadFreeBusy(Store store, IClock clock)
{
    public const int MostDays = 92;

    private static readonly DailyHours NineToFive = new(new LocalTime(9, 0), new LocalTime(17, 0));

    /// <param name="UserId">Or else the address.</param>
    /// <param name="From">Null: now.</param>
    /// <param name="To">Null: a week later.</param>
    public sealed record Request(long Asker, long? UserId, string? Email, Instant? From, Instant? To);

    /// <summary>Somebody's time.</summary>
    /// <param name="Busy">What takes it up, merged.</param>
    /// <param name="Free">Of their hours, what is left.</param>
    public sealed record Result(long UserId, Instant From, Instant To, IReadOnlyList<Stretch> Busy, IReadOnlyList<Stretch> Free);

    /// <summary>From one time to another.</summary>
    public sealed record Stretch(Instant StartTime, Instant EndTime);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        var from = request.From ?? clock.GetCurrentInstant();
        var to = request.To ?? from + Duration.FromDays(7);
        if (to <= from)
            return new Refusals.Invalid("to", "It must be after from.");
        if (to - from > Duration.FromDays(MostDays))
            return new Refusals.Invalid("to", $"At most {MostDays} days are told at once.");

        var window = new TimeRange(from, to);
        return await store.Read<Outcome<Result>>(async tx =>
        {
            if (await PeopleRows.ByIdOrEmail(tx, request.UserId is { } id ? [id] : [], request.Email is { } email ? [email] : []) is not [var person])
                return new Refusals.NotFound();
            if ((await Visibility.Hidden(tx, [(person.Id, person.FreeBusy)], request.Asker)).Count > 0)
                return new Refusals.Hidden();
            var rules = (await Schedules.Of(tx, [(person.Id, person.Timezone)], window))[person.Id];
            var busy = TimeRanges.Of((await BusyTimes.Overlapping(tx, [person.Id], window, viewer: 0)).Select(b => b.Busy.Range)).Intersect(TimeRanges.Of([window]));
            var open = rules.With(rules.Weekly ?? Schedule.Week(NineToFive)).OpenHours(window).Intersect(TimeRanges.Of([window]));
            return new Result(person.Id, from, to, Stretches(busy), Stretches(open.Minus(busy)));
        });
    }

    private static Stretch[] Stretches(TimeRanges ranges) => [.. ranges.Ranges.Select(r => new Stretch(r.Start, r.End))];
}
