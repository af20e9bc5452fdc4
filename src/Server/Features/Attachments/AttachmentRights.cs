using Convene.Scheduling.Booking;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Attachments;

/// Who may change a meeting's documents, and who is told that they changed.
internal static class AttachmentRights
{
    /// Null: they may.
    public static Refusal? Refuse(Actor actor, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests) =>
        Rights.MayEdit(actor, meeting, guests) ? null : new Refusals.NotAllowed("Only the organiser can change the attachments.");

    /// As the audit tells it.
    public static Dictionary<string, object?> Picture(string name, string type, long size) => Trail.Values(("file", name), ("type", type), ("size", size));

    /// Everybody in the meeting sees it differently now: live updates go by the calendars' revisions.
    public static async Task Changed(Tx tx, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests, Instant now)
    {
        await EntryRows.Touch(tx, meeting.Id, now);
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        await Revisions.Bump(tx, everybody, Duration.Zero);
    }
}
