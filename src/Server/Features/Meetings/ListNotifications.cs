using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// What was sent about a meeting, to whom, when, and why not.
public sealed class ListNotifications(Store store)
{
    /// <summary>One mail to one person.</summary>
    /// <param name="NotificationType">invitation, update, cancellation, reminder; to the host: booking, answer, withdrawn (called off by an administrator).</param>
    /// <param name="Status">queued, sent, failed (given up), or unwanted: not sent, since the recipient asked not to get such mail.</param>
    /// <param name="NextAttemptAt">While queued: when it is tried (again).</param>
    /// <param name="Error">Why the last attempt did not succeed.</param>
    public sealed record Notification(
        long Id, string Meeting, string Email, string NotificationType, string Message, bool IsSent, Instant? SentAt,
        string Status, Instant CreatedAt, long Attempts, Instant? NextAttemptAt, string? Error);

    public Task<Outcome<IReadOnlyList<Notification>>> Handle(Actor actor, string id) => store.Read<Outcome<IReadOnlyList<Notification>>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        if (!Rights.MayEdit(actor, meeting, await ParticipantRows.Of(tx, meeting.Id)))
            return new Refusals.NotAllowed("Only the organiser can see what was sent.");
        return (await OutboxRows.OfEntry(tx, meeting.SeriesUuid is { } series ? [id, series] : [id])).Select(m => new Notification(
            m.Id, id, m.Email, m.Kind, m.Subject, m.SentAt is not null, m.SentAt,
            m.SentAt is not null ? "sent" : m.FailedAt is not null ? "failed" : m.UnwantedAt is not null ? "unwanted" : "queued",
            m.CreatedAt, m.Attempts, m.DueAt, m.LastError)).ToList();
    });
}
