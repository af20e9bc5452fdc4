using System.Diagnostics;
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

    /// <summary>So long before something, zero or more: <c>-PT24H</c>. Not in days: a day of iCalendar may have 23 hours.</summary>
    internal static string Before(Duration duration)
    {
        Debug.Assert(duration >= Duration.Zero, "Checked where the duration came in.");
        var seconds = (long)duration.TotalSeconds;
        return (seconds / 3600, seconds / 60 % 60, seconds % 60) switch
        {
            (0, 0, var s) => $"-PT{s}S",
            (0, var m, 0) => $"-PT{m}M",
            (0, var m, var s) => $"-PT{m}M{s}S",
            (var h, 0, 0) => $"-PT{h}H",
            (var h, var m, 0) => $"-PT{h}H{m}M",
            (var h, var m, var s) => $"-PT{h}H{m}M{s}S",
        };
    }

    private static void Write(Span<char> text, LocalDateTime time)
    {
        Write(text[..4], time.Year);
        Write(text[4..6], time.Month);
        Write(text[6..8], time.Day);
        text[8] = 'T';
        Write(text[9..11], time.Hour);
        Write(text[11..13], time.Minute);
        Write(text[13..15], time.Second);
    }

    private static void Write(Span<char> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--, number /= 10)
            digits[i] = (char)('0' + number % 10);
    }
}
