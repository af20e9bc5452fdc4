using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Convene.Server;

/// What this process counts of its trade, for `/metrics` and OTLP; docs/OPERATIONS.md lists it. While nobody listens, counting costs next to nothing.
public sealed class Figures
{
    /// Of the meter, and of the source of traces.
    public const string Name = "Convene";

    /// Traces of what no request does. While nobody traces, it starts nothing.
    public static ActivitySource Traces { get; } = new(Name);

    private static readonly double[] JobSeconds = [0.01, 0.1, 0.5, 1, 5, 30, 120, 600];
    private static readonly double[] DelaySeconds = [1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400];

    private readonly Counter<long> bookings;
    private readonly Counter<long> mails;
    private readonly Histogram<double> mailDelay;
    private readonly Histogram<double> jobs;
    private readonly Counter<long> lookups;
    private readonly Counter<long> answers;
    private readonly UpDownCounter<long> listeners;

    /// As it was when it was last looked at (ReadFigures); null: the database did not answer.
    private Outbox? outbox;

    public Figures(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        bookings = meter.CreateCounter<long>("convene.bookings", "{booking}", "What was to be booked or changed, and what became of it.");
        mails = meter.CreateCounter<long>("convene.mails", "{mail}", "Attempts to send a mail.");
        mailDelay = meter.CreateHistogram("convene.mail.delay", "s", "From owing a mail to having sent it.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = DelaySeconds });
        jobs = meter.CreateHistogram("convene.job.duration", "s", "Runs of the jobs.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = JobSeconds });
        lookups = meter.CreateCounter<long>("convene.calendar_cache.lookups", "{lookup}", "People whose time was asked for by a search, by whether it was still known.");
        answers = meter.CreateCounter<long>("convene.answer_cache.lookups", "{lookup}", "Lists and files asked for that only a calendar decides, by whether the answer was in memory.");
        listeners = meter.CreateUpDownCounter<long>("convene.live.listeners", "{listener}", "Windows that are told of changes.");
        meter.CreateObservableGauge("convene.database.up", () => outbox is null ? 0 : 1, null, "Whether the database answered when the outbox was looked at.");
        meter.CreateObservableGauge("convene.outbox.waiting", () => Of(o => o.Waiting), "{mail}", "Mail that is owed and not sent yet, of all servers.");
        meter.CreateObservableGauge("convene.outbox.failed", () => Of(o => o.Failed), "{mail}", "Mail that was given up, of all servers.");
        meter.CreateObservableGauge("convene.outbox.lag", () => Of(o => o.LagSeconds), "s", "How long the mail that waits longest has been due.");
    }

    /// <param name="LagSeconds">How long the mail that waits longest has been due.</param>
    public sealed record Outbox(long Waiting, long Failed, double LagSeconds);

    /// <param name="kind">What kind of booking.</param>
    /// <param name="outcome">booked, partly (somebody was busy and is left out), conflict (somebody was busy) or refused (for another reason).</param>
    public void Booked(string kind, string outcome) => bookings.Add(1, new("kind", kind), new("outcome", outcome));

    /// <param name="delay">Since it was owed.</param>
    public void MailSent(TimeSpan delay)
    {
        mails.Add(1, new KeyValuePair<string, object?>("outcome", "sent"));
        mailDelay.Record(delay.TotalSeconds);
    }

    public void MailFailed(bool final) => mails.Add(1, new KeyValuePair<string, object?>("outcome", final ? "given_up" : "put_off"));

    public void JobRan(string job, TimeSpan took, bool well) => jobs.Record(took.TotalSeconds, new("job", job), new("outcome", well ? "ok" : "failed"));

    public void LookedUp(int known, int read)
    {
        lookups.Add(known, new KeyValuePair<string, object?>("outcome", "known"));
        lookups.Add(read, new KeyValuePair<string, object?>("outcome", "read"));
    }

    /// <param name="known">Whether the answer was in memory, as it still is.</param>
    public void Answered(bool known) => answers.Add(1, new KeyValuePair<string, object?>("outcome", known ? "known" : "made"));

    /// One more listens, or one (-1) less.
    public void Listens(int more) => listeners.Add(more);

    public void Look(Outbox? now) => Volatile.Write(ref outbox, now);

    private IEnumerable<Measurement<double>> Of(Func<Outbox, double> figure) => Volatile.Read(ref outbox) is { } now ? [new Measurement<double>(figure(now))] : [];
}
