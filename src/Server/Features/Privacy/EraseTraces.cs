using Convene.Server.Storage;

namespace Convene.Server.Features.Privacy;

/// Takes the names and addresses of deleted accounts out of the audit, of letters and of the log of mails. It goes through them in short transactions that keep how far it has come,
/// so what was stopped goes on there.
public sealed class EraseTraces(Store store)
{
    /// How many deleted accounts are done with; others wait for mail that is still owed.
    public async Task<int> Handle(CancellationToken cancel)
    {
        var done = 0;
        foreach (var erasure in await store.Read(ErasureRows.All, cancel))
        {
            var scrub = new Scrub(erasure.PersonId, erasure.Email);
            // Whatever comes later is not about them.
            var (audit, letters, mails) = await store.Read(ErasureRows.Ends, cancel);
            // Found out before the letters are gone through: what is sent meanwhile waits for the next time.
            var owed = await store.Read(tx => ErasureRows.FirstOwed(tx, erasure), cancel);
            await Audit(erasure, scrub, audit, cancel);
            await Letters(erasure, scrub, audit, Math.Min(letters, owed - 1 ?? letters), cancel);
            // At once, for nothing is owed to who is gone; and once more at the end, for what was being sent just then.
            if (owed is null || erasure.AuditAfter == 0)
                await Mails(erasure, mails, cancel);
            if (owed is not null)
                continue;
            await store.WriteAlways(tx => ErasureRows.Done(tx, erasure.Id), cancel);
            done++;
        }

        return done;
    }

    private async Task Audit(ErasureRows.Row erasure, Scrub scrub, long end, CancellationToken cancel)
    {
        for (var after = erasure.AuditAfter; after < end; after = ErasureRows.Next(after))
        {
            var lines = await store.Read(tx => ErasureRows.Audit(tx, erasure, after), cancel);
            // Of what was done to their account only that it was done.
            var clean = lines.Select(l => l.PersonId == erasure.PersonId
                ? new ErasureRows.Trace { Id = l.Id }
                : new ErasureRows.Trace { Id = l.Id, Old = scrub.Json(l.Old), New = scrub.Json(l.New), Text = scrub.Text(l.Text) });
            await store.WriteAlways(
                async tx =>
                {
                    await ErasureRows.Rewrite(tx, erasure, [.. clean]);
                    await ErasureRows.Reached(tx, erasure, Math.Min(ErasureRows.Next(after), end), erasure.LettersAfter);
                },
                cancel);
        }
    }

    private async Task Letters(ErasureRows.Row erasure, Scrub scrub, long audit, long end, CancellationToken cancel)
    {
        for (var after = erasure.LettersAfter; after < end; after = ErasureRows.Next(after))
        {
            var letters = await store.Read(tx => ErasureRows.Letters(tx, erasure, after), cancel);
            var clean = letters.TakeWhile(l => l.Id <= end).Select(l => new ErasureRows.Trace { Id = l.Id, New = scrub.Json(l.New), Text = scrub.Text(l.Text) });
            await store.WriteAlways(
                async tx =>
                {
                    await ErasureRows.RewriteLetters(tx, [.. clean]);
                    await ErasureRows.Reached(tx, erasure, audit, Math.Min(ErasureRows.Next(after), end));
                },
                cancel);
        }
    }

    private async Task Mails(ErasureRows.Row erasure, long end, CancellationToken cancel)
    {
        for (var after = 0L; after < end; after = ErasureRows.Next(after))
            await store.WriteAlways(tx => ErasureRows.Mails(tx, erasure, PersonErasure.Name, after), cancel);
    }
}
