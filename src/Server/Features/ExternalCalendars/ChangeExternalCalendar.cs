using Convene.Scheduling.Booking;
using Convene.Server.Outside;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// Changes what is given; with another address it is read from there at once.
public sealed class ChangeExternalCalendar(Store store, IClock clock, SafeHttp http, FetchCalendar fetch)
{
    /// What is null stays.
    public sealed record Request(string? Name, string? Url, bool? Closed);

    public async Task<Outcome<ExternalCalendar>> Handle(Actor actor, long id, Request request)
    {
        Uri? url = null;
        if (request.Url is not null && http.Problem(request.Url, out url) is { } problem)
            return new Refusals.Invalid("url", problem);
        var now = clock.GetCurrentInstant();
        var changed = await store.Write<(bool Moves, ExternalCalendarRows.Row Calendar)>(async tx =>
        {
            await Revisions.Hold(tx, [actor.Id]);
            if (await ExternalCalendarRows.Find(tx, id, actor.Id) is not { } old)
                return new Refusals.NotFound();
            var (name, address) = (request.Name ?? old.Name, url?.OriginalString ?? old.Url);
            var policy = request.Closed is { } closed ? closed ? ExternalCalendarRows.Closed : ExternalCalendarRows.Open : old.WhenUnreachable;
            var moves = address != old.Url;
            if (moves && (await ExternalCalendarRows.Of(tx, actor.Id, now)).FirstOrDefault(c => c.Url == address) is { } same)
                return new Refusals.Invalid("url", $"This is your calendar {same.Name} already.");

            await ExternalCalendarRows.Change(tx, id, name, policy, now);
            if (moves)
                await ExternalCalendarRows.Redirect(tx, id, address, now);
            await ExternalCalendarRows.Close(tx, actor.Id, now);
            var (before, after) = Trail.Difference(ExternalCalendar.Picture(old.Name, old.Url, old.WhenUnreachable), ExternalCalendar.Picture(name, address, policy));
            if (moves || after.Count > 0)
                await tx.Note(actor, now, Trail.Account("external_calendar.changed", actor.Id, before, after));
            await Revisions.Bump(tx, [actor.Id], Duration.Zero);
            return (moves, moves ? (await ExternalCalendarRows.Claim(tx, id, now + FetchCalendar.Lease))! : old);
        });
        if (!changed.Is(out var done, out var refusal))
            return refusal;
        if (done.Moves)
            await fetch.Handle(done.Calendar, FetchCalendar.WhileSomebodyWaits, CancellationToken.None);
        return await store.ReadOne(tx => ExternalCalendar.Read(tx, actor.Id, id, clock.GetCurrentInstant())) is { } read ? read : new Refusals.NotFound();
    }
}
