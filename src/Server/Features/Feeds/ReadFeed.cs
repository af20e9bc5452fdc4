using System.Security.Cryptography;
using System.Text;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Feeds;

/// A calendar for whoever has its link. Programs ask every few minutes: who has seen it already costs one look at the database.
public sealed class ReadFeed(Store store, IClock clock, FeedLinks links, FeedCalendar calendar, Settings settings)
{
    private const int MonthsBack = 3;

    // To be raised when the same calendar is written otherwise than before: then everybody's copy is old.
    private const string Edition = "1";

    private static readonly Duration Hour = Duration.FromHours(1);

    /// <param name="Seen">Whether the asker has what this tag stands for; null: they did not say by tag.</param>
    /// <param name="SeenSince">When they got it, by their word.</param>
    public sealed record Request(string Secret, Func<string, bool>? Seen, Instant? SeenSince);

    /// <param name="Text">Null: the asker has it already.</param>
    public sealed record Result(string Tag, Instant ChangedAt, byte[]? Text);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        if (links.Nonce(request.Secret) is not { } nonce || await store.ReadOne(tx => FeedRows.ByNonce(tx, nonce)) is not { IsActive: 1 } feed)
            return new Refusals.NotFound();
        var now = clock.GetCurrentInstant();
        var window = Window(now);
        var tag = Tag(feed, window);
        var changedAt = feed.Tag == tag && feed.ChangedAt is { } since ? since : now;
        // An HTTP date has whole seconds; a change in the second that was told counts as unseen.
        var isSeen = request.Seen is { } seen ? seen(tag) : feed.Tag == tag && request.SeenSince is { } known && changedAt < known + Duration.FromSeconds(1) && changedAt + Duration.FromSeconds(1) < now;
        var text = isSeen ? null : await store.Read(tx => calendar.Write(tx, feed, window, now));
        if (feed.Tag != tag || feed.LastUsedAt is not { } used || now - used >= Hour)
            await store.WriteAlways(tx => FeedRows.Used(tx, feed.Id, tag, changedAt, now));
        return new Result(tag, changedAt, text);
    }

    /// It begins with a month, so that it moves once a month.
    private TimeRange Window(Instant now)
    {
        var month = now.InUtc().Date.With(DateAdjusters.StartOfMonth);
        return new TimeRange(month.PlusMonths(-MonthsBack).AtMidnight().InUtc().ToInstant(), month.PlusMonths(settings.SeriesHorizonMonths + 1).AtMidnight().InUtc().ToInstant());
    }

    private static string Tag(FeedRows.Subscribed feed, TimeRange window)
    {
        var all = $"{Edition}\n{feed.Nonce}\n{feed.Revision}\n{feed.FreeBusyOnly}\n{window.Start}\n{feed.Name}\n{feed.OwnerEmail}\n{feed.OwnerName}\n{DateTimeZoneProviders.Tzdb.VersionId}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 12));
    }
}
