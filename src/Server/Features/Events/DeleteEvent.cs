using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Server.Features.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Events;

/// Takes an event off the actor's calendar; of one that repeats this one, it and what follows, or all.
public sealed class DeleteEvent(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id, Scope scope) => store.Write<bool>(async tx =>
    {
        await Revisions.Hold(tx, [actor.Id]);
        if (await EventRows.Find(tx, id, actor.Id) is not { } found)
            return new Refusals.NotFound();
        if (scope == Scope.This)
            await EntryRows.Delete(tx, id);
        else if (found.SeriesId is { } series)
            await Delete(tx, (await SeriesRows.Hold(tx, series))!, scope == Scope.All ? null : SeriesRows.Wall(found.RecurrenceId!));
        else
            return new Refusals.Invalid("scope", "This event does not repeat.");
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return true;
    });

    /// <param name="from">Null: all of it.</param>
    private async Task Delete(Tx tx, SeriesRows.Row series, LocalDateTime? from)
    {
        var all = await EntryRows.OfSeries(tx, series.Id);
        var gone = from is { } first ? [.. all.Where(e => string.CompareOrdinal(e.RecurrenceId, SeriesRows.Text(first)) >= 0)] : all;
        await OccurrenceRows.Delete(tx, gone.Select(e => e.Id));
        if (from is not { } end || gone.Count == all.Count)
        {
            await SeriesRows.Delete(tx, series.Id);
            return;
        }

        var rule = series.Rule.Length == 0 ? null : RecurrenceRule.Parse(series.Rule);
        await SeriesRows.EndBefore(
            tx, series.Id,
            rule is null ? "" : (series.AllDay == 1 ? rule with { Count = null, Until = Until.Of(end.Date.PlusDays(-1)) } : SeriesEnd.Before(rule, end, series.Zone)).ToString(),
            series.AddedTimes.Where(t => t < end), series.DroppedTimes.Where(t => t < end), clock.GetCurrentInstant());
    }
}
