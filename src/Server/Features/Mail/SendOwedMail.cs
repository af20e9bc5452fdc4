using System.Diagnostics;
using Convene.Server.Outside.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// Sends what the outbox owes: at least once, with the same Message-ID each time.
public sealed class SendOwedMail(Store store, IClock clock, Compose compose, Mailer mailer, MailBell bell, Figures figures, ILogger<SendOwedMail> log)
{
    // Longer than one attempt can take (SmtpMailer.Patience), so that a claim never runs out while its mail is being sent.
    private static readonly Duration Lease = Duration.FromSeconds(30);

    // Within this time nobody else can have taken the mail, not even with a clock that runs a little ahead. Whoever was held up for longer asks first.
    private static readonly TimeSpan Sure = TimeSpan.FromSeconds(5);

    // Once the server is to stop: what a mail server has taken without saying so would be sent twice. Supervisors kill after 10 s (Docker) or 90 (systemd).
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(5);

    private static readonly Duration GiveUpAfter = Duration.FromDays(3);
    private static readonly Duration LongestPause = Duration.FromHours(1);

    /// Sends one mail that is due; false if there is none. One at a time, since a claim covers one attempt.
    public async Task<bool> Next(CancellationToken cancel)
    {
        var (now, began) = (clock.GetCurrentInstant(), Stopwatch.GetTimestamp());
        var claimed = await store.WriteAlways(tx => OutboxRows.Claim(tx, now, now + Lease, 1), cancel);
        if (claimed is not [var owed])
            return false;

        // There may be more, for another sender to take meanwhile.
        bell.Ring();
        using var span = Figures.Traces.StartActivity("send mail");
        using var late = new CancellationTokenSource();
        await using var stop = cancel.Register(() => late.CancelAfter(TimeToFinish));
        try
        {
            if (await mailer.Send(compose.Mail(owed), () => StillMine(owed, began), late.Token))
            {
                await store.WriteAlways(tx => OutboxRows.Sent(tx, owed.Id, owed.Attempts, clock.GetCurrentInstant()), CancellationToken.None);
                figures.MailSent((clock.GetCurrentInstant() - owed.CreatedAt).ToTimeSpan());
            }
            else
            {
                log.LogWarning("Mail {Id}, attempt {Attempt}: this server was held up for so long that another took it.", owed.MessageId, owed.Attempts);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops: whether the mail went out is not known, so it is sent again. The Message-ID is the same.
            await store.WriteAlways(tx => OutboxRows.TryLater(tx, owed.Id, owed.Attempts, clock.GetCurrentInstant(), "The server stopped while sending."), CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            await Failed(owed, e);
        }

        return true;
    }

    /// Until a booking owes mail, but not longer than this: what is tried again, or was owed on another node, rings no bell here.
    public Task WaitForMail(TimeSpan atMost, CancellationToken cancel) => bell.Wait(atMost, cancel);

    /// Where this process is the only one on the database: what it had claimed when it was killed is due at once.
    public Task Recover() => store.WriteAlways(tx => OutboxRows.ReleaseClaims(tx, clock.GetCurrentInstant()));

    /// After the clock was put back, here or on another node: what was owed by the time that it showed before is not kept until then.
    public Task MendTimes()
    {
        var now = clock.GetCurrentInstant();
        return store.WriteAlways(tx => OutboxRows.ClockWasPutBack(tx, now, now + LongestPause + Lease));
    }

    private async Task<bool> StillMine(OutboxRows.Owed owed, long began) =>
        Stopwatch.GetElapsedTime(began) < Sure
        || await store.WriteAlways(tx => OutboxRows.Renew(tx, owed.Id, owed.Attempts, clock.GetCurrentInstant() + Lease));

    private async Task Failed(OutboxRows.Owed owed, Exception error)
    {
        var now = clock.GetCurrentInstant();
        var reason = error.InnerException is { } inner && inner.Message != error.Message ? $"{error.Message} {inner.Message}" : error.Message;
        var final = error is RecipientRefusedException || now - owed.CreatedAt > GiveUpAfter;
        figures.MailFailed(final);
        log.LogWarning("Mail {Id} ({Kind}), attempt {Attempt}: {Reason}{Final}", owed.MessageId, owed.Kind, owed.Attempts, reason, final ? " Given up." : "");
        await store.WriteAlways(tx => final
            ? OutboxRows.GiveUp(tx, owed.Id, owed.Attempts, now, reason)
            : OutboxRows.TryLater(tx, owed.Id, owed.Attempts, now + Pause(owed.Attempts), reason));
    }

    /// 15 s, 30 s, 1 min, … up to an hour.
    private static Duration Pause(long attempts) => Duration.Min(LongestPause, Duration.FromSeconds(15 * Math.Pow(2, Math.Min(attempts - 1, 20))));
}
