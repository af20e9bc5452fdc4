using NodaTime;
using NodaTime.Text;

namespace Convene.Scheduling.Recurrence;

/// <summary>Wall times and dates as RFC 5545 §3.3.4–5 writes them: <c>20300131T090000</c>, <c>20300131</c>.</summary>
public static class WallText
{
    private static readonly LocalDateTimePattern Times = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly LocalDatePattern Dates = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>The text of a wall time; fractions of a second are left out.</summary>
    public static string Of(LocalDateTime wall) => Times.Format(wall);

    /// <summary>The text of a date.</summary>
    public static string OfDate(LocalDate date) => Dates.Format(date);

    /// <summary>Reads a wall time. Years from 0001 to 9999; the second 60 is read as 59 (RFC 5545 §3.3.12, systems without leap seconds).</summary>
    /// <returns>Whether <paramref name="text"/> is one.</returns>
    public static bool TryRead(string? text, out LocalDateTime wall)
    {
        wall = default;
        if (text is not { Length: 15 })
            return false;
        if (text.EndsWith("60", StringComparison.Ordinal))
            text = text[..13] + "59";
        return Times.Parse(text).TryGetValue(default, out wall) && wall.Year >= 1;
    }

    /// <summary>Reads a date. Years from 0001 to 9999.</summary>
    /// <returns>Whether <paramref name="text"/> is one.</returns>
    public static bool TryReadDate(string? text, out LocalDate date)
    {
        date = default;
        return text is { Length: 8 } && Dates.Parse(text).TryGetValue(default, out date) && date.Year >= 1;
    }
}
