using System.Reflection;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// How this server is doing.
public sealed class ReadHealth(Store store, IClock clock, Node node)
{
    /// <summary>How this server is doing.</summary>
    /// <param name="Node">Which of those on this database answered.</param>
    /// <param name="Tzdb">The version of the zone rules.</param>
    /// <param name="MemoryBytes">Of the process.</param>
    /// <param name="FailedSignInsToday">Wrong passwords since midnight (UTC), of all accounts.</param>
    public sealed record Health(
        string Node, string Version, Instant StartedAt, long UptimeSeconds, string Tzdb, long MemoryBytes, DatabaseHealth Database, OutboxHealth Outbox, long FailedSignInsToday);

    /// <param name="Engine">sqlite3 or postgresql.</param>
    /// <param name="SchemaStep">The newest that was applied.</param>
    /// <param name="SizeBytes">On disk.</param>
    public sealed record DatabaseHealth(string Engine, string Version, long SchemaStep, long SizeBytes);

    /// <param name="Owed">Not sent yet.</param>
    /// <param name="Failed">Given up.</param>
    /// <param name="LagSeconds">How long the mail that waits longest has been due.</param>
    public sealed record OutboxHealth(long Owed, long Failed, long LagSeconds);

    public async Task<Health> Handle()
    {
        var now = clock.GetCurrentInstant();
        var (version, bytes) = await store.Measure();
        var (step, mail, failures) = await store.Read(async tx => (await SchemaSteps.Applied(tx), await OutboxList.Measure(tx), await SignInFailureRows.Today(tx, now)));
        var lag = mail.OldestDueAt is { } due && due < now ? now - due : Duration.Zero;
        return new Health(
            node.Id, typeof(ReadHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            node.StartedAt, (long)(now - node.StartedAt).TotalSeconds, DateTimeZoneProviders.Tzdb.VersionId, Environment.WorkingSet,
            new DatabaseHealth(store.EngineName, version, step, bytes), new OutboxHealth(mail.Owed, mail.Failed, (long)lag.TotalSeconds), failures);
    }
}
