using System.Security.Cryptography;
using System.Text;
using Convene.ICalendar;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.ExternalCalendars;

/// What was found at an external calendar's address, and when its owner is busy by it.
internal sealed class CalendarContent
{
    /// Of its text. A calendar of ten years of a busy person has less.
    public const int MostBytes = 5 * 1024 * 1024;

    private static readonly Duration Week = Duration.FromDays(7);

    private static readonly ReadingOptions Options = ReadingOptions.Tolerant with { MaxOctets = MostBytes, MaxComponents = 50_000, MaxMendsKept = 0 };

    private readonly List<CalendarContents> calendars;

    /// <exception cref="CalendarSyntaxException">It is no calendar.</exception>
    public CalendarContent(byte[] text)
    {
        calendars = [.. CalendarReader.Read(text, Options).Calendars.Select(CalendarContents.Of)];
        // The reader mends an end that is missing. Here it is the mark of an answer that broke off, whose other half would seem to be free.
        if (!Encoding.ASCII.GetString(text.AsSpan(Math.Max(0, text.Length - 1_000))).Replace("\0", "", StringComparison.Ordinal).Contains("END:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            throw new CalendarSyntaxException("it breaks off; its end, END:VCALENDAR, is missing.");
    }

    /// Which time is derived: whole weeks, so that it stays the same for a week, from the one of yesterday to the horizon.
    public static TimeRange Window(Instant now, int months)
    {
        var from = WeekOf(now - Duration.FromDays(1));
        // The week in which the horizon lies today, and the one it will have come to in a week, before this window changes.
        return new TimeRange(from, WeekOf(from.InUtc().LocalDateTime.PlusMonths(months).InUtc().ToInstant()) + (3 * Week));
    }

    public static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// Of what else its busy time is derived from. If it changes, unchanged content comes to something else.
    public static string Basis(TimeRange window, string? zone, string? owner) =>
        Digest(Encoding.UTF8.GetBytes($"{window} {zone} {owner} {DateTimeZoneProviders.Tzdb.VersionId} 1"));

    /// Names that could be Convene's own.
    public IReadOnlyCollection<string> Names => calendars.SelectMany(c => c.Items).Select(i => i.Uid).OfType<string>().Where(uid => Guid.TryParseExact(uid, "D", out _)).ToHashSet(StringComparer.Ordinal);

    /// How often it wants to be read (RFC 7986 §5.7, and what was there before); null: it says nothing.
    public Duration? RefreshInterval => calendars
        .SelectMany(c => c.Calendar.Properties).Where(p => p.Name is "REFRESH-INTERVAL" or "X-PUBLISHED-TTL")
        .Select(p => CalendarDuration.TryParse(p.Value, out var every) && every is { Days: >= 0 and < 366 } && every.Time >= Duration.Zero ? Duration.FromDays(every.Days) + every.Time : (Duration?)null)
        .FirstOrDefault(every => every > Duration.Zero);

    /// When it is busy: sorted ranges within the window, none longer than a week (the longest range of a person is what every search of them has to look back), or why that can't be told.
    public (IReadOnlyList<TimeRange> Ranges, string? Problem) Busy(TimeRange window, DateTimeZone zone, string? owner, IReadOnlySet<string> without)
    {
        var question = new BusyQuestion { From = window.Start, Until = window.End, Zone = zone, Address = owner, Without = without };
        var (all, left) = (new List<TimeRange>(), question.MostOccurrences);
        foreach (var calendar in calendars)
        {
            var busy = CalendarBusyTime.Of(calendar, question with { MostOccurrences = left });
            if (busy.End == ExpansionEnd.Limited)
                return ([], $"It has more than {question.MostOccurrences} dates in the time that is looked at.");
            if (busy.End == ExpansionEnd.BudgetSpent)
                return ([], "A rule in it takes too long to work out.");
            all.AddRange(busy.Ranges.Ranges);
            left -= busy.Occurrences;
        }

        return ([.. TimeRanges.Of(all).Ranges.SelectMany(ByWeek)], null);
    }

    private static IEnumerable<TimeRange> ByWeek(TimeRange range)
    {
        for (var start = range.Start; start < range.End;)
        {
            var end = Instant.Min(range.End, WeekOf(start) + Week);
            yield return new TimeRange(start, end);
            start = end;
        }
    }

    private static Instant WeekOf(Instant instant) => NodaConstants.UnixEpoch + (Math.Floor((instant - NodaConstants.UnixEpoch) / Week) * Week);
}
