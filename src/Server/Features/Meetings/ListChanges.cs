using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// A meeting's history, newest first.
public sealed class ListChanges(Store store)
{
    /// <summary>A change of a meeting's time.</summary>
    /// <param name="Kind">extended, rescheduled or cancelled.</param>
    /// <param name="By">Whose doing, by address.</param>
    /// <param name="NewStartTime">Null if it was cancelled.</param>
    public sealed record Change(string Kind, string By, Instant OldStartTime, Instant OldEndTime, Instant? NewStartTime, Instant? NewEndTime, string Reason, Instant CreatedAt);

    public Task<Outcome<Change[]>> Handle(Actor actor, string id) => store.Read<Outcome<Change[]>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        return (await ChangeRows.Of(tx, meeting.Id)).Select(c => new Change(c.Kind, c.By, c.OldStart, c.OldEnd, c.NewStart, c.NewEnd, c.Reason, c.CreatedAt)).ToArray();
    });
}
