using NodaTime;

namespace Convene.ICalendar;

/// <summary>A DURATION: days of the wall clock and exact time beside them (RFC 5545 §3.3.6).</summary>
/// <remarks>The default value is no time at all. Both parts have the same sign. Equal when both parts are.</remarks>
/// <param name="Days">Days, weeks counted as seven; a day may have 23 or 25 hours. At most 9,999,999 either way.</param>
/// <param name="Time">Hours, minutes and seconds, exact; at most some 300 years either way.</param>
public readonly record struct CalendarDuration(int Days, Duration Time)
{
    private const long MostSeconds = 10_000_000_000;
    private const int MostDays = 9_999_999;

    /// <summary>Reads a value: <c>P1D</c>, <c>-PT15M</c>, <c>P2W</c>, <c>P1DT2H</c>.</summary>
    /// <param name="value">The value. Lower case, units in another order and white space around are forgiven.</param>
    /// <param name="duration">The duration; none at all when the value is none.</param>
    /// <returns>Whether the value is a duration in range.</returns>
    public static bool TryParse(ReadOnlySpan<char> value, out CalendarDuration duration)
    {
        duration = default;
        value = value.Trim();
        var sign = 1;
        if (value is ['+' or '-', ..])
        {
            sign = value[0] == '-' ? -1 : 1;
            value = value[1..];
        }
        if (value is not ['P' or 'p', _, ..])
            return false;

        value = value[1..];
        var (days, seconds, units, inTime) = (0L, 0L, 0, false);
        while (!value.IsEmpty)
        {
            if (value[0] is 'T' or 't')
            {
                inTime = true;
                value = value[1..];
                continue;
            }
            var length = value.IndexOfAnyExceptInRange('0', '9');
            if (length is <= 0 or > 9 || !Digits.TryRead(value, 0, length, out var number))
                return false;
            switch (value[length])
            {
                case 'W' or 'w' when !inTime:
                    days += number * 7L;
                    break;
                case 'D' or 'd' when !inTime:
                    days += number;
                    break;
                case 'H' or 'h' when inTime:
                    seconds += number * 3600L;
                    break;
                case 'M' or 'm' when inTime:
                    seconds += number * 60L;
                    break;
                case 'S' or 's' when inTime:
                    seconds += number;
                    break;
                default:
                    return false;
            }
            if (++units > 5 || days > MostDays || seconds > MostSeconds)
                return false;
            value = value[(length + 1)..];
        }
        if (units == 0)
            return false;
        duration = new CalendarDuration(sign * (int)days, Duration.FromSeconds(sign * seconds));
        return true;
    }
}
