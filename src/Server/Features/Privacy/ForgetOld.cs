using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Privacy;

/// Removes mails (MAIL_DAYS) and what is over (PAST_MEETING_DAYS), if that is set, in small batches: nobody waits for it.
public sealed class ForgetOld(Store store, IClock clock, Settings settings)
{
    // A few milliseconds of the one writer.
    private const int AtATime = 500;

    public sealed record Result(int Mails, int Meetings);

    public async Task<Result> Handle(CancellationToken cancel) =>
        new(await All(settings.MailDays, RetentionRows.Mails, cancel), await All(settings.PastMeetingDays, RetentionRows.Entries, cancel));

    private async Task<int> All(int days, Func<Tx, Instant, long, int, Task<RetentionRows.Batch>> forget, CancellationToken cancel)
    {
        if (days == 0)
            return 0;
        var before = clock.GetCurrentInstant() - Duration.FromDays(days);
        var all = 0;
        for (long? after = 0; after is { } last;)
        {
            var batch = await store.WriteAlways(tx => forget(tx, before, last, AtATime), cancel);
            (after, all) = (batch.Last, all + batch.Gone);
        }

        return all;
    }
}
