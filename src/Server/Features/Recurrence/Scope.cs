using Convene.Scheduling.Booking;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// Which occurrences of a series a change is about, seen from one of them. One alone is a meeting like any other.
public enum Scope
{
    This,
    Following,
    All,
}

/// A series and what of it is to change, held.
internal sealed record Part(SeriesRows.Row Series, EntryRows.Entry From, IReadOnlyList<EntryRows.Entry> All, IReadOnlyList<EntryRows.Entry> Affected)
{
    /// What came before and stays as it is.
    public IReadOnlyList<EntryRows.Entry> Earlier { get; } = Affected.Count == 0 ? All : [.. All.Where(e => string.CompareOrdinal(e.RecurrenceId, Affected[0].RecurrenceId) < 0)];

    /// What is over stays as it was, what was called off by itself stays so.
    /// <param name="orOver">Whether it goes on if nothing is left that could change.</param>
    public static async Task<Outcome<Part>> Hold(Tx tx, string id, Actor actor, Scope scope, SeenVersions? seen, string refused, bool hostOnly, Instant now, bool orOver = false)
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (hostOnly ? !Rights.IsHost(actor, meeting) : !Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed(refused);
        if (meeting.SeriesId is not { } seriesId)
            return new Refusals.Invalid("scope", "This meeting does not repeat.");
        // Series, entries, calendars: always in this order.
        var series = (await SeriesRows.Hold(tx, seriesId))!;
        var all = await OccurrenceRows.Hold(tx, seriesId);
        if (all.FirstOrDefault(e => e.Uuid == id) is not { } from)
            return new Refusals.NotFound();
        if (seen?.Misses(from) == true)
            return new Refusals.Outdated(new MeetingDetail(from, guests, await AttachmentRows.Of(tx, from.Id), actor, now));
        var affected = all
            .Where(e => Words.Status(e.Status) == MeetingStatus.Scheduled && (scope == Scope.All ? e.EndAt > now : string.CompareOrdinal(e.RecurrenceId, from.RecurrenceId) >= 0))
            .ToList();
        return affected.Count == 0 && !orOver
            ? new Refusals.Invalid("scope", "There is none left: all of these are over or cancelled.")
            : new Part(series, from, all, affected);
    }
}
