using NodaTime;

namespace Convene.Server.Storage;

/// Documents of meetings, their content in parts.
public static class AttachmentRows
{
    /// Large enough that a file takes few statements, small enough that many readers at once take little memory. Files that are stored depend on it: it never changes.
    public const int PartSize = 256 * 1024;

    public sealed class Attachment
    {
        public long Id { get; init; }
        public long EntryId { get; init; }
        public long PersonId { get; init; }
        public string Email { get; init; } = "";
        public string PersonName { get; init; } = "";
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public long Size { get; init; }
        public string Sha256 { get; init; } = "";
        public Instant CreatedAt { get; init; }
    }

    private const string Select =
        """
        SELECT f.id, f.entry_id, f.person_id, coalesce(p.email, a.pending_email, '') AS email, p.name AS person_name, f.name, f.type, f.size, f.sha256, f.created_at
        FROM attachments f JOIN people p ON p.id = f.person_id LEFT JOIN accounts a ON a.person_id = f.person_id
        """;

    public static Task<IReadOnlyList<Attachment>> Of(Tx tx, long entry) =>
        tx.Query<Attachment>($"{Select} WHERE f.entry_id = @entry ORDER BY f.id", new { entry });

    public static Task<IReadOnlyList<Attachment>> Of(Tx tx, IEnumerable<long> entries) =>
        tx.Query<Attachment>($"{Select} WHERE f.entry_id = ANY(@entries) ORDER BY f.id", new { entries = entries.ToArray() });

    public static Task<Attachment?> Find(Tx tx, long entry, long id) =>
        tx.FirstOrDefault<Attachment>($"{Select} WHERE f.entry_id = @entry AND f.id = @id", new { entry, id });

    /// <param name="content">Read from its beginning, a part at a time.</param>
    public static async Task Add(Tx tx, long entry, long person, string name, string type, string sha256, Stream content, Instant now)
    {
        var id = await tx.One<long>(
            """
            INSERT INTO attachments (entry_id, person_id, name, type, size, sha256, created_at)
            VALUES (@entry, @person, @name, @type, @size, @sha256, @now) RETURNING id
            """,
            new { entry, person, name, type, size = content.Length, sha256, now });
        content.Position = 0;
        var buffer = new byte[PartSize];
        for (var number = 0L; await content.ReadAtLeastAsync(buffer, PartSize, throwOnEndOfStream: false) is > 0 and var count; number++)
        {
            await tx.Execute(
                "INSERT INTO attachment_parts (attachment_id, number, content) VALUES (@id, @number, @part)",
                new { id, number, part = count == PartSize ? buffer : buffer[..count] });
        }
    }

    public static Task<byte[]?> Part(Tx tx, long id, long number) => tx.FirstOrDefault<byte[]>(
        "SELECT content FROM attachment_parts WHERE attachment_id = @id AND number = @number", new { id, number });

    /// Its parts go with it.
    public static Task Delete(Tx tx, long id) => tx.Execute("DELETE FROM attachments WHERE id = @id", new { id });
}
