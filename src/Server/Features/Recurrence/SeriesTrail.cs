using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Recurrence;

/// What the audit says of the occurrences of a series.
internal static class SeriesTrail
{
    public static Dictionary<string, object?> New(EntryRows.Entry meeting, string rule, IEnumerable<ParticipantRows.Participant> guests)
    {
        var picture = Trail.Picture(meeting, guests);
        picture["recurrence"] = rule;
        return picture;
    }

    public static AuditRows.Note Cancelled(EntryRows.Entry meeting)
    {
        var (before, after) = (Trail.Times(meeting), Trail.Values(("status", Words.Of(MeetingStatus.Cancelled))));
        before["status"] = meeting.Status;
        return Trail.Meeting(AuditRows.Cancelled, meeting.Uuid, before, after);
    }

    public static AuditRows.Note Answered(EntryRows.Entry meeting, ParticipantRows.Participant guest, Answer answer) => Trail.Meeting(
        "meeting.answered", meeting.Uuid, Trail.Values(("participant", guest.Email), ("answer", guest.Status)), Trail.Values(("participant", guest.Email), ("answer", Words.Of(answer))));
}
