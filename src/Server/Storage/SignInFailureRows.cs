using NodaTime;

namespace Convene.Server.Storage;

/// Wrong passwords, counted by account and day.
public static class SignInFailureRows
{
    /// <param name="person">0: there is no such account.</param>
    public static Task Count(Tx tx, long person, Instant now) => tx.Execute(
        """
        INSERT INTO sign_in_failures (person_id, day, failures, last_at) VALUES (@person, @day, 1, @now)
        ON CONFLICT (person_id, day) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = excluded.last_at
        """,
        new { person, day = Day(now), now });

    /// Of this day (UTC), of all accounts.
    public static Task<long> Today(Tx tx, Instant now) =>
        tx.One<long>("SELECT CAST(coalesce(sum(failures), 0) AS bigint) FROM sign_in_failures WHERE day = @day", new { day = Day(now) });

    public static Task Forget(Tx tx, Instant before) => tx.Execute("DELETE FROM sign_in_failures WHERE day < @day", new { day = Day(before) });

    private static long Day(Instant instant) => instant.ToUnixTimeSeconds() / 86_400;
}
