using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// Which hours of a day is somebody there?
public sealed class ReadHours(Store store)
{
    /// <param name="Email">Null: the asker.</param>
    public sealed record Request(LocalDate Date, string? Email);

    public Task<Outcome<HoursOfDay>> Handle(Actor actor, Request request) => store.Read<Outcome<HoursOfDay>>(async tx =>
    {
        var people = request.Email is { } email ? await PeopleRows.ByEmail(tx, [email]) : await PeopleRows.ById(tx, [actor.Id]);
        if (people is not [var person])
            return new Refusals.NotFound();
        return (await Visibility.Hidden(tx, [(person.Id, person.FreeBusy)], actor.Id)).Count > 0 ? new Refusals.Hidden() : await HoursOfDay.Read(tx, person, request.Date);
    });
}
