using Convene.Server.Storage;

namespace Convene.Server.Features.Admin;

/// Whether the store is as it must be: the database itself, and what Convene keeps in it.
public sealed class CheckStore(Store store)
{
    /// <param name="Broken">What breaks it; empty: nothing.</param>
    public sealed record Rule(string Text, IReadOnlyList<string> Broken);

    public async Task<IReadOnlyList<Rule>> Handle() =>
    [
        new Rule("The database is sound.", await store.Faults()),
        .. (await store.Read(Invariants.Check)).Select(r => new Rule(r.Rule, r.Broken)),
    ];
}
