using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// Blocks hours of a day, exactly these; an hour in which something is booked can't be.
public sealed class BlockHours(Store store, IClock clock)
{
    /// <param name="Hours">From 0 to 23.</param>
    public sealed record Request(LocalDate Date, IReadOnlyCollection<int> Hours);

    public sealed record HourTaken(int Hour) : Refusal;

    public Task<Outcome<HoursOfDay>> Handle(Actor actor, Request request) => store.Write<HoursOfDay>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        await Revisions.Hold(tx, [actor.Id]);
        var there = await AvailabilityRows.OnDate(tx, actor.Id, AvailabilityRows.Blocked, request.Date);
        var booked = await BusyTimes.Entries(tx, [actor.Id], HoursOfDay.Day(request.Date, actor.Zone), actor.Id);
        var hours = request.Hours.Distinct().Order().ToArray();
        foreach (var (hour, range) in HoursOfDay.Hours(request.Date, actor.Zone).Where(h => hours.Contains(h.Hour)))
        {
            if (booked.Any(b => b.Busy.Range.Overlaps(range)))
                return new HourTaken(hour);
        }

        var rule = new AvailabilityRows.Rule
        {
            Kind = AvailabilityRows.Blocked,
            LocalStart = AvailabilityRows.Start(request.Date),
            LocalEnd = AvailabilityRows.End(request.Date),
            Ranges = Schedules.Text(hours.Select(h => new DailyHours(new LocalTime(h, 0), new LocalTime((h + 1) % 24, 0)))),
            Reason = there?.Reason ?? "",
        };
        if (there is null)
            await AvailabilityRows.Add(tx, actor.Id, rule, now);
        else
            await AvailabilityRows.Update(tx, there.Id, rule, now);
        await tx.Note(actor, now, Trail.Account("availability.changed", actor.Id, Trail.Picture(there), Trail.Picture(rule)));
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return await HoursOfDay.Read(tx, (await PeopleRows.ById(tx, [actor.Id]))[0], request.Date);
    });
}
