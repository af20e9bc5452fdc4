using NodaTime;

namespace Convene.Server.Storage;

/// What was answered to requests that name themselves.
public static class RepeatRows
{
    public sealed class Row
    {
        public string Request { get; init; } = "";
        public long Status { get; init; }

        /// JSON.
        public string Headers { get; init; } = "";
        public string Body { get; init; } = "";
    }

    public static Task<Row?> Find(Tx tx, long person, string key, Instant since) => tx.FirstOrDefault<Row>(
        "SELECT request, status, headers, body FROM repeats WHERE person_id = @person AND key = @key AND created_at >= @since", new { person, key, since });

    /// Takes the name, to be filled in with the answer. False: it is taken, as of now for good. Who comes while another has it waits for that one's end.
    public static async Task<bool> Take(Tx tx, long person, string key, string request, Instant now, Instant since)
    {
        await tx.Execute("DELETE FROM repeats WHERE person_id = @person AND key = @key AND created_at < @since", new { person, key, since });
        return await tx.Execute(
            """
            INSERT INTO repeats (person_id, key, request, status, headers, body, created_at) VALUES (@person, @key, @request, 0, '', '', @now)
            ON CONFLICT (person_id, key) DO NOTHING
            """,
            new { person, key, request, now }) > 0;
    }

    public static Task Keep(Tx tx, long person, string key, int status, string headers, string body) => tx.Execute(
        "UPDATE repeats SET status = @status, headers = @headers, body = @body WHERE person_id = @person AND key = @key",
        new { person, key, status, headers, body });

    /// Gives the name back.
    public static Task Leave(Tx tx, long person, string key) => tx.Execute("DELETE FROM repeats WHERE person_id = @person AND key = @key", new { person, key });

    public static Task Forget(Tx tx, Instant before) => tx.Execute("DELETE FROM repeats WHERE created_at < @before", new { before });
}
