using NodaTime;

namespace Convene.Server.Storage;

/// Everybody with an account, for administrators.
public static class PeopleList
{
    public sealed class Row
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public string? Username { get; init; }
        public string Name { get; init; } = "";
        public Instant CreatedAt { get; init; }

        /// When they last signed in.
        public Instant? LastSeen { get; init; }
        public long IsActive { get; init; }
        public long IsStaff { get; init; }
        public Instant? EmailVerifiedAt { get; init; }
        public long MeetingsHosted { get; init; }
        public long FailedSignIns { get; init; }
    }

    private const string LastSeen = "(SELECT max(s.created_at) FROM sign_ins s WHERE s.person_id = p.id)";

    // Where a value may be missing, coalesce: the engines disagree about where NULL sorts.
    private static readonly string Select =
        $"""
        SELECT p.id, coalesce(p.email, a.pending_email, '') AS email, a.username, p.name, a.created_at,
               {LastSeen} AS last_seen,
               a.is_active, a.is_staff, a.email_verified_at,
               (SELECT count(*) FROM entries e WHERE e.id IN ({EntryRows.IdsOf("p.id")}) AND e.organizer_id = p.id AND e.kind = 'meeting') AS meetings_hosted,
               CAST((SELECT coalesce(sum(f.failures), 0) FROM sign_in_failures f WHERE f.person_id = p.id) AS bigint) AS failed_sign_ins
        FROM accounts a JOIN people p ON p.id = a.person_id
        """;

    public sealed record Filter(bool? IsActive, bool? IsStaff);

    public static Task<Page<Row>> List(Tx tx, Filter filter, Slice slice)
    {
        var order = slice.OrderBy switch
        {
            "email" => "coalesce(p.email, a.pending_email, '')",
            "name" => "lower(p.name)",
            "username" => "coalesce(a.username_key, '')",
            "last_seen" => $"coalesce({LastSeen}, 0)",
            "meetings_hosted" => "meetings_hosted",
            _ => "a.created_at",
        };
        var where = "WHERE 1 = 1"
            + (filter.IsActive is null ? "" : " AND a.is_active = @active")
            + (filter.IsStaff is null ? "" : " AND a.is_staff = @staff")
            + (slice.Search is null ? "" : " AND (coalesce(p.email, a.pending_email, '') LIKE @search ESCAPE '!' OR a.username_key LIKE @search ESCAPE '!' OR lower(p.name) LIKE @search ESCAPE '!')");
        return slice.Of<Row>(tx, Select, "accounts a JOIN people p ON p.id = a.person_id", where, order, "p.id", new { active = filter.IsActive == true ? 1L : 0L, staff = filter.IsStaff == true ? 1L : 0L });
    }

    public static async Task<Row?> Find(Tx tx, long person) => await tx.FirstOrDefault<Row>($"{Select} WHERE p.id = @person", new { person });
}
