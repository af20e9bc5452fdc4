using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features;

/// What handlers note in the audit, in the transaction that makes it true.
internal static class Trail
{
    /// One insert, however many notes; none if there are none.
    public static Task Note(this Tx tx, Actor actor, Instant now, params IReadOnlyCollection<AuditRows.Note> notes) =>
        AuditRows.Add(tx, actor.Id, actor.From, now, notes);

    public static AuditRows.Note Meeting(
        string kind, string id, IReadOnlyDictionary<string, object?>? before, IReadOnlyDictionary<string, object?>? after, string reason = "") =>
        new(kind, before, after) { Meeting = id, Reason = reason };

    public static AuditRows.Note Account(string kind, long person, IReadOnlyDictionary<string, object?>? before = null, IReadOnlyDictionary<string, object?>? after = null) =>
        new(kind, before, after) { Person = person };

    /// A meeting as the audit tells it.
    public static Dictionary<string, object?> Picture(EntryRows.Entry meeting, IEnumerable<ParticipantRows.Participant> guests) => new(StringComparer.Ordinal)
    {
        ["title"] = meeting.Title,
        ["description"] = meeting.Description,
        ["location"] = meeting.Location,
        ["start_time"] = IsoTime.Format(meeting.StartAt),
        ["end_time"] = IsoTime.Format(meeting.EndAt),
        ["timezone"] = meeting.Timezone,
        ["status"] = meeting.Status,
        ["reminder_minutes"] = meeting.ReminderMinutes,
        ["participants"] = guests.ToDictionary(g => g.Email.Length > 0 ? g.Email : g.Name, object? (g) => g.Role, StringComparer.OrdinalIgnoreCase),
    };

    public static Dictionary<string, object?> Times(EntryRows.Entry meeting) => new(StringComparer.Ordinal)
    {
        ["start_time"] = IsoTime.Format(meeting.StartAt),
        ["end_time"] = IsoTime.Format(meeting.EndAt),
    };

    /// An availability rule as the audit tells it.
    public static Dictionary<string, object?>? Picture(AvailabilityRows.Rule? rule) => rule is null ? null : Values(
        ("kind", rule.Kind), ("day_of_week", rule.DayOfWeek), ("start", rule.LocalStart), ("end", rule.LocalEnd), ("hours", rule.Ranges),
        ("meeting_type", rule.MeetingTypeId), ("is_active", rule.IsActive == 1), ("reason", rule.Reason));

    public static Dictionary<string, object?> Values(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var picture = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            picture[name] = value;
        return picture;
    }

    /// Only what differs, on both sides; of participants only those who do.
    public static (Dictionary<string, object?> Before, Dictionary<string, object?> After) Difference(
        IReadOnlyDictionary<string, object?> before, IReadOnlyDictionary<string, object?> after)
    {
        var (old, now) = (new Dictionary<string, object?>(StringComparer.Ordinal), new Dictionary<string, object?>(StringComparer.Ordinal));
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var (was, isNow) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (was is Dictionary<string, object?> wasMany && isNow is Dictionary<string, object?> isMany)
            {
                var (left, right) = Difference(wasMany, isMany);
                if (left.Count + right.Count > 0)
                    (old[name], now[name]) = (left, right);
            }
            else if (!Equals(was, isNow))
            {
                if (before.ContainsKey(name))
                    old[name] = was;
                if (after.ContainsKey(name))
                    now[name] = isNow;
            }
        }

        return (old, now);
    }
}
