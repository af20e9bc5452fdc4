using Convene.Scheduling.Booking;
using Convene.Server.Outside;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// Adds a calendar that lies elsewhere, and reads it at once. If it can't be read it is there all the same, and says why.
public sealed class AddExternalCalendar(Store store, IClock clock, SafeHttp http, FetchCalendar fetch)
{
    /// <param name="Closed">What becomes of the owner's time when it can't be read for long.</param>
    public sealed record Request(string Name, string Url, bool Closed);

    public async Task<Outcome<ExternalCalendar>> Handle(Actor actor, Request request)
    {
        if (http.Problem(request.Url, out var url) is { } problem)
            return new Refusals.Invalid("url", problem);
        var now = clock.GetCurrentInstant();
        var policy = request.Closed ? ExternalCalendarRows.Closed : ExternalCalendarRows.Open;
        var added = await store.Write<ExternalCalendarRows.Row>(async tx =>
        {
            await Revisions.Hold(tx, [actor.Id]);
            var there = await ExternalCalendarRows.Of(tx, actor.Id, now);
            if (there.Count >= ExternalCalendar.Most)
                return new Refusals.Invalid("non_field_errors", $"There are {ExternalCalendar.Most} external calendars already. Delete one first.");
            if (there.FirstOrDefault(c => c.Url == url!.OriginalString) is { } same)
                return new Refusals.Invalid("url", $"This is your calendar {same.Name} already.");
            var id = await ExternalCalendarRows.Add(tx, actor.Id, request.Name, url!.OriginalString, policy, now);
            await tx.Note(actor, now, Trail.Account("external_calendar.added", actor.Id, null, ExternalCalendar.Picture(request.Name, url.OriginalString, policy)));
            await Revisions.Bump(tx, [actor.Id], Duration.Zero);
            return (await ExternalCalendarRows.Claim(tx, id, now + FetchCalendar.Lease))!;
        });
        if (!added.Is(out var calendar, out var refusal))
            return refusal;
        await fetch.Handle(calendar, FetchCalendar.WhileSomebodyWaits, CancellationToken.None);
        return await store.ReadOne(tx => ExternalCalendar.Read(tx, actor.Id, calendar.Id, clock.GetCurrentInstant())) is { } read ? read : new Refusals.NotFound();
    }
}
