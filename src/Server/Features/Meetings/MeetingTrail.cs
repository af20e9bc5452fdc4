using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// What the audit says of a meeting that was changed: moved and called off are told by their names, everything else is a change.
internal static class MeetingTrail
{
    public static IEnumerable<AuditRows.Note> Changes(
        EntryRows.Entry old, IReadOnlyList<ParticipantRows.Participant> guests, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> now, string reason = "")
    {
        var (before, after) = Trail.Difference(Trail.Picture(old, guests), Trail.Picture(meeting, now));
        var cancelled = old.Status == "scheduled" && meeting.Status == "cancelled";
        if (cancelled)
        {
            before.Remove("status");
            after.Remove("status");
        }

        if (old.When != meeting.When)
        {
            yield return Trail.Meeting($"meeting.{EntryRows.MoveOf(old.When, meeting.When)}", meeting.Uuid, With(before, Trail.Times(old)), With(after, Trail.Times(meeting)), reason);
            (before, after) = ([], []);
        }

        if (cancelled)
            yield return Trail.Meeting(AuditRows.Cancelled, meeting.Uuid, With(before, [.. Trail.Times(old), new("status", old.Status)]), With(after, [new("status", meeting.Status)]), reason);
        else if (before.Count + after.Count > 0)
            yield return Trail.Meeting(AuditRows.Changed, meeting.Uuid, before, after, reason);
    }

    private static Dictionary<string, object?> With(Dictionary<string, object?> picture, IEnumerable<KeyValuePair<string, object?>> more)
    {
        foreach (var (name, value) in more)
            picture[name] = value;
        return picture;
    }
}
