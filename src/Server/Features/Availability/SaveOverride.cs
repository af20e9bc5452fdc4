using System.Data.Common;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// Makes an override, or changes one into what is given. What is booked in that time stays, and is told.
public sealed class SaveOverride(Store store, IClock clock)
{
    /// Beyond this nobody plans by hand; it keeps every search cheap.
    public const int Most = 1_000;

    /// <param name="Kind">One of AvailabilityRows' dated kinds.</param>
    /// <param name="Start">A whole date for hours and blocked.</param>
    /// <param name="End">After the start.</param>
    /// <param name="Hours">Of hours and blocked.</param>
    public sealed record Request(string Kind, LocalDateTime Start, LocalDateTime End, IReadOnlyList<DailyHours> Hours, string Reason);

    /// <param name="id">Null: a new one.</param>
    public async Task<Outcome<Override>> Handle(Actor actor, long? id, Request request)
    {
        try
        {
            return await store.Write(tx => Save(tx, actor, id, request));
        }
        catch (DbException e) when (store.IsDuplicate(e))
        {
            return await store.Write(tx => Save(tx, actor, id, request));
        }
    }

    private async Task<Outcome<Override>> Save(Tx tx, Actor actor, long? id, Request request)
    {
        var now = clock.GetCurrentInstant();
        await Revisions.Hold(tx, [actor.Id]);
        var before = id is { } old ? await AvailabilityRows.Find(tx, old, actor.Id) : null;
        if (id is not null && before is not { DayOfWeek: null })
            return new Refusals.NotFound();
        if (request.Kind != AvailabilityRows.OutOfOffice
            && await AvailabilityRows.OnDate(tx, actor.Id, request.Kind, request.Start.Date) is { } there && there.Id != id)
            return new Refusals.Invalid("date", $"There is an override of this kind for {request.Start.Date:uuuu-MM-dd} already: change {there.Id}.");
        if (id is null && (await AvailabilityRows.Dated(tx, actor.Id, LocalDate.MinIsoValue, null)).Count >= Most)
            return new Refusals.Invalid("non_field_errors", $"There are {Most} overrides already. Delete those that are over.");

        var rule = new AvailabilityRows.Rule
        {
            Kind = request.Kind,
            LocalStart = Schedules.Text(request.Start),
            LocalEnd = Schedules.Text(request.End),
            Ranges = request.Kind == AvailabilityRows.OutOfOffice ? null : Schedules.Text(request.Hours),
            Reason = request.Reason,
        };
        var saved = id ?? await AvailabilityRows.Add(tx, actor.Id, rule, now);
        if (id is not null)
            await AvailabilityRows.Update(tx, saved, rule, now);
        await tx.Note(actor, now, Trail.Account("availability.changed", actor.Id, Trail.Picture(before), Trail.Picture(rule)));
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        var booked = await Override.Booked(tx, actor.Id, actor.Zone, rule);
        return new Override((await AvailabilityRows.Find(tx, saved, actor.Id))!) { Conflicts = [.. booked.Select(Clash.Of)] };
    }
}
