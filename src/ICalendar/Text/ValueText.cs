using System.Diagnostics;
using System.Numerics;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>Values of time as text: DATE-TIME, UTC-OFFSET and DURATION (RFC 5545 §3.3.5, §3.3.14, §3.3.6).</summary>
internal static class ValueText
{
    /// <summary>Form 2, with UTC: <c>19980119T070000Z</c>. Parts of a second are cut off.</summary>
    internal static string Utc(Instant instant) =>
        string.Create(16, instant.InUtc().LocalDateTime, static (text, time) =>
        {
            Write(text, time);
            text[15] = 'Z';
        });

    /// <summary>Forms 1 and 3, a wall time: <c>19980118T230000</c>. Parts of a second are cut off.</summary>
    internal static string Local(LocalDateTime time) => string.Create(15, time, static (text, time) => Write(text, time));

    /// <summary><c>-0500</c>, with seconds only where there are any: <c>-045602</c>. Zero is <c>+0000</c>.</summary>
    internal static string UtcOffset(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var sign = offset.Seconds < 0 ? '-' : '+';
        var minutes = $"{sign}{seconds / 3600:00}{seconds / 60 % 60:00}";
        return seconds % 60 == 0 ? minutes : $"{minutes}{seconds % 60:00}";
    }

    /// <summary>So long before something, zero or more: <c>-PT24H</c>.</summary>
    internal static string Before(Duration duration) => "-" + Length(duration);

    /// <summary>So long, zero or more: <c>PT24H</c>. Not in days: a day of iCalendar may have 23 hours. Parts of a second are cut off.</summary>
    internal static string Length(Duration duration)
    {
        Debug.Assert(duration >= Duration.Zero, "Checked where the duration came in.");
        var seconds = (long)duration.TotalSeconds;
        return (seconds / 3600, seconds / 60 % 60, seconds % 60) switch
        {
            (0, 0, var s) => $"PT{s}S",
            (0, var m, 0) => $"PT{m}M",
            (0, var m, var s) => $"PT{m}M{s}S",
            (var h, 0, 0) => $"PT{h}H",
            (var h, var m, 0) => $"PT{h}H{m}M",
            (var h, var m, var s) => $"PT{h}H{m}M{s}S",
        };
    }

    /// <summary>The length of a wall time.</summary>
    internal const int LocalLength = 15;

    /// <summary>A wall time as octets of UTF-8 or UTF-16 characters.</summary>
    internal static void Write<T>(Span<T> text, LocalDateTime time) where T : unmanaged, IBinaryInteger<T>
    {
        text = text[..LocalLength];
        var (year, month, day) = (time.Year, time.Month, time.Day);
        Pair(text, year / 100);
        Pair(text[2..], year % 100);
        Pair(text[4..], month);
        Pair(text[6..], day);
        text[8] = T.CreateTruncating('T');
        Pair(text[9..], time.Hour);
        Pair(text[11..], time.Minute);
        Pair(text[13..], time.Second);
    }

    private static void Pair<T>(Span<T> digits, int number) where T : unmanaged, IBinaryInteger<T>
    {
        digits[1] = T.CreateTruncating('0' + number % 10);
        digits[0] = T.CreateTruncating('0' + number / 10);
    }
}
