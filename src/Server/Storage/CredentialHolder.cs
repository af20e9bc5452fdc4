using NodaTime;

namespace Convene.Server.Storage;

/// Who is behind a credential, whatever kind it is of.
public abstract class CredentialHolder
{
    /// Of a table named `s` with a person_id.
    internal const string Columns = "s.person_id, coalesce(p.email, a.pending_email, '') AS email, p.name, a.username, p.timezone, a.is_staff, a.reminder_minutes, c.revision, (SELECT n.revision FROM shown_names n) AS names";

    internal const string People = "JOIN people p ON p.id = s.person_id JOIN accounts a ON a.person_id = s.person_id JOIN calendars c ON c.person_id = s.person_id";

    public long PersonId { get; init; }
    public string Email { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Username { get; init; }
    public string? Timezone { get; init; }
    public long IsStaff { get; init; }

    /// Null: the server's setting; -1: none.
    public long? ReminderMinutes { get; init; }

    /// The state of their calendar, and of everybody's names.
    public long Revision { get; init; }
    public long Names { get; init; }
}
