using NodaTime;

namespace Convene.Server.Storage;

/// A request's name (Idempotency-Key), while it is worked on: its answer is kept in the transaction that makes it true, so that not even a crash between
/// the commit and the answer has it done twice.
public sealed class Claim(long person, string key, string request, Instant now, Instant since)
{
    private static readonly AsyncLocal<Claim?> OfRequest = new();

    private Type? kind;
    private Func<object, Task<Answer>>? say;

    /// Of the request that this code runs for; null: it has none.
    public static Claim? Current
    {
        get => OfRequest.Value;
        set => OfRequest.Value = value;
    }

    /// Whether the name is taken for good.
    public bool IsKept { get; private set; }

    internal string Name => $"{person}/{key}";

    /// <param name="Headers">JSON.</param>
    public sealed record Answer(int Status, string Headers, string Body);

    /// What the door will make of the answer of the transaction that does what was asked for.
    public void Says<T>(Func<T, Task<Answer>> how)
        where T : notnull => (kind, say) = (typeof(T), answer => how((T)answer));

    /// The current one, if a transaction with such an answer does what it asks for.
    internal static Claim? On<T>() => Current is { IsKept: false } claim && claim.kind == typeof(T) ? claim : null;

    /// False: it was taken before.
    internal Task<bool> Take(Tx tx) => RepeatRows.Take(tx, person, key, request, now, since);

    internal Task Leave(Tx tx) => RepeatRows.Leave(tx, person, key);

    internal async Task Keep(Tx tx, object answer)
    {
        var said = await say!(answer);
        await RepeatRows.Keep(tx, person, key, said.Status, said.Headers, said.Body);
        tx.AfterCommit(() => IsKept = true);
    }
}
