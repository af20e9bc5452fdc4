using Convene.ICalendar;
using Convene.Scheduling.Time;
using Convene.Server.Outside;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// Reads an external calendar that was claimed, and makes its owner busy when it is. Whatever happens out there, it comes to a state that is kept; nothing is thrown.
public sealed class FetchCalendar(Store store, SafeHttp http, IClock clock, Settings settings, ILogger<FetchCalendar> log)
{
    public static readonly TimeSpan WhileSomebodyWaits = TimeSpan.FromSeconds(8);

    /// Longer than any attempt: what was claimed by a node that is gone is taken by another then.
    public static readonly Duration Lease = Duration.FromMinutes(5);

    private const string Accept = "text/calendar, */*;q=0.5";

    private const int LongestReason = 300;

    // However often it fails, and whatever its server asks for, it is tried four times a day.
    private static readonly Duration LongestWait = Duration.FromHours(6);

    /// What an attempt found. Error null: it answered.
    private sealed record Found(string? Error)
    {
        /// Null: as they were.
        public IReadOnlyList<TimeRange>? Ranges { get; init; }
        public string? ETag { get; init; }
        public string? LastModified { get; init; }
        public string? Digest { get; init; }
        public string? Basis { get; init; }
        public Duration? Refresh { get; init; }

        /// How long the server wants to be left alone.
        public Duration? Wait { get; init; }
    }

    public async Task Handle(ExternalCalendarRows.Row calendar, TimeSpan limit, CancellationToken cancel)
    {
        Found found;
        try
        {
            found = await Fetch(calendar, limit, cancel);
        }
        catch (SafeHttpException e)
        {
            found = new Found(e.Message);
        }
        catch (CalendarSyntaxException e)
        {
            found = new Found($"What is there is no calendar: {Legible(e.Message)}");
        }
        catch (Exception e) when (e is not OperationCanceledException and not System.Data.Common.DbException)
        {
            // A calendar that our own code fails at must not fail every round.
            log.LogError(e, "Reading external calendar {Id} failed.", calendar.Id);
            found = new Found("It can't be read because of a fault of this server.");
        }

        await store.WriteAlways(tx => Save(tx, calendar, found), cancel);
    }

    private async Task<Found> Fetch(ExternalCalendarRows.Row calendar, TimeSpan limit, CancellationToken cancel)
    {
        var window = CalendarContent.Window(clock.GetCurrentInstant(), settings.SeriesHorizonMonths);
        var basis = CalendarContent.Basis(window, calendar.Timezone, calendar.Email);
        var same = calendar.Digest is not null && calendar.Basis == basis;
        if (http.Problem(calendar.Url, out var url) is { } problem)
            return new Found(problem);
        var answer = await http.Get(url!, Accept, same ? new SafeHttp.Seen(calendar.Etag, calendar.LastModified) : null, new SafeHttp.Limits(limit, CalendarContent.MostBytes), cancel);
        if (answer.Status == 304 && same)
        {
            return new Found(Error: null)
            {
                ETag = calendar.Etag, LastModified = calendar.LastModified, Digest = calendar.Digest, Basis = basis,
                Refresh = calendar.RefreshMs is { } every ? Duration.FromMilliseconds(every) : null,
            };
        }

        if (answer.Status != 200)
            return new Found(Reason(answer.Status)) { Wait = Wait(answer) };
        var digest = CalendarContent.Digest(answer.Content);
        var content = new CalendarContent(answer.Content);
        var read = new Found(Error: null) { ETag = answer.ETag, LastModified = answer.LastModified, Digest = digest, Basis = basis, Refresh = content.RefreshInterval };
        if (same && digest == calendar.Digest)
            return read;
        // Convene decides about its own meetings: a copy of one that was moved or deleted here must not block.
        var own = await store.ReadOne(tx => ExternalCalendarRows.Own(tx, content.Names), cancel);
        var (ranges, trouble) = content.Busy(window, Schedules.Zone(calendar.Timezone), calendar.Email, own);
        return trouble is null ? read with { Ranges = ranges } : new Found(trouble);
    }

    private async Task Save(Tx tx, ExternalCalendarRows.Row calendar, Found found)
    {
        await Revisions.Hold(tx, [calendar.PersonId]);
        // Deleted, sent elsewhere or read again meanwhile: what this attempt found is of no use.
        if (await ExternalCalendarRows.Newest(tx, calendar.Id, calendar.Attempt) is not { } now)
            return;
        var time = clock.GetCurrentInstant();
        var attempted = found.Error is null ? Answered(now, found, time) : Failed(now, found, time);
        await ExternalCalendarRows.Save(tx, calendar.Id, attempted);
        var moved = found.Ranges is { } ranges && await BusyTimes.Replace(tx, calendar.Id, calendar.PersonId, ranges, time);
        var closed = await ExternalCalendarRows.Close(tx, calendar.PersonId, time);
        if (moved || closed || attempted.State != now.State || attempted.Error != now.Error)
            await Revisions.Bump(tx, [calendar.PersonId], found.Ranges is { Count: > 0 } some ? some.Max(r => r.Length) : Duration.Zero);
    }

    private ExternalCalendarRows.Attempted Answered(ExternalCalendarRows.Row calendar, Found found, Instant now)
    {
        var every = Duration.Max(settings.ExternalCalendarEvery, Duration.Min(found.Refresh ?? Duration.Zero, LongestWait));
        return new ExternalCalendarRows.Attempted(
            ExternalCalendarRows.Fresh, false, null, 0, found.ETag, found.LastModified, found.Digest, found.Basis, (long?)found.Refresh?.TotalMilliseconds,
            now, now + Spread(every, calendar));
    }

    private ExternalCalendarRows.Attempted Failed(ExternalCalendarRows.Row calendar, Found found, Instant now)
    {
        var deadline = (calendar.FetchedAt ?? calendar.Since) + settings.ExternalCalendarUnreachable;
        var unreachable = now >= deadline;
        var most = Duration.Max(LongestWait, settings.ExternalCalendarEvery);
        var backOff = settings.ExternalCalendarEvery * (1L << (int)Math.Min(calendar.Failures, 16));
        var next = now + Spread(Duration.Min(most, Duration.Max(backOff, found.Wait ?? Duration.Zero)), calendar);
        // Before it closes its owner's time it is tried once more, and then it closes it without delay.
        if (!unreachable && next > deadline)
            next = deadline;
        return new ExternalCalendarRows.Attempted(
            unreachable || calendar.FetchedAt is null ? ExternalCalendarRows.Failing : ExternalCalendarRows.Stale, unreachable, found.Error, calendar.Failures + 1,
            calendar.Etag, calendar.LastModified, calendar.Digest, calendar.Basis, calendar.RefreshMs, calendar.FetchedAt, next);
    }

    /// Up to a tenth longer, each calendar and attempt in its own way: what was added at once is not read at once for ever.
    private static Duration Spread(Duration wait, ExternalCalendarRows.Row calendar)
    {
        var mixed = unchecked((((ulong)calendar.Id * 0x9E3779B97F4A7C15) ^ (ulong)calendar.Attempt) * 0xBF58476D1CE4E5B9) >> 44;
        return wait + (wait * (mixed / (double)(1 << 20)) / 10);
    }

    private Duration? Wait(SafeHttp.Answer answer) => answer.RetryAfter switch
    {
        { Delta: { } delta } => Duration.FromTimeSpan(delta),
        { Date: { } date } => Instant.FromDateTimeOffset(date) - clock.GetCurrentInstant(),
        _ => null,
    };

    // It may quote what is there, which can be anything.
    private static string Legible(string text) =>
        string.Concat((text.Length > LongestReason ? text[..LongestReason] + "…" : text).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));

    private static string Reason(int status) => status switch
    {
        401 or 403 => $"Its server does not let us read it (status {status}). Use the secret address that your calendar offers for subscriptions.",
        404 or 410 => $"There is nothing at this address (any more, status {status}).",
        429 => "Its server asks to be left alone for a while (status 429).",
        _ => $"Its server answered with status {status}.",
    };
}
