using Convene.Server.Storage;

namespace Convene.Server.Features.Privacy;

/// Takes the names and addresses of deleted accounts out of the audit, of letters and of the log of mails. Each batch is a transaction of its own;
/// what was stopped in between is gone through again.
public sealed class EraseTraces(Store store)
{
    /// How many deleted accounts are done with; others wait for mail that is still owed.
    public async Task<int> Handle(CancellationToken cancel)
    {
        var done = 0;
        foreach (var erasure in await store.Read(ErasureRows.All, cancel))
        {
            var scrub = new Scrub(erasure.PersonId, erasure.Email);
            await Audit(erasure, scrub, cancel);
            await Letters(erasure, scrub, cancel);
            while (await store.WriteAlways(tx => ErasureRows.Mails(tx, erasure, PersonErasure.Name), cancel) > 0)
            {
                // Until there are none.
            }

            if (await store.Read(tx => ErasureRows.AreOwed(tx, erasure), cancel))
                continue;
            await store.WriteAlways(tx => ErasureRows.Done(tx, erasure.Id), cancel);
            done++;
        }

        return done;
    }

    private async Task Audit(ErasureRows.Row erasure, Scrub scrub, CancellationToken cancel)
    {
        for (var after = 0L; await store.Read(tx => ErasureRows.Audit(tx, erasure, after), cancel) is { Count: > 0 } lines; after = lines[^1].Id)
        {
            // Of what was done to their account only that it was done.
            var clean = lines.Select(l => l.PersonId == erasure.PersonId
                ? new ErasureRows.Trace { Id = l.Id }
                : new ErasureRows.Trace { Id = l.Id, Old = scrub.Json(l.Old), New = scrub.Json(l.New), Text = scrub.Text(l.Text) });
            await store.WriteAlways(tx => ErasureRows.Rewrite(tx, erasure, [.. clean]), cancel);
        }
    }

    private async Task Letters(ErasureRows.Row erasure, Scrub scrub, CancellationToken cancel)
    {
        for (var after = 0L; await store.Read(tx => ErasureRows.Letters(tx, erasure, after), cancel) is { Count: > 0 } letters; after = letters[^1].Id)
        {
            var clean = letters.Select(l => new ErasureRows.Trace { Id = l.Id, New = scrub.Json(l.New), Text = scrub.Text(l.Text) });
            await store.WriteAlways(tx => ErasureRows.RewriteLetters(tx, [.. clean]), cancel);
        }
    }
}
