using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>A day of the week, or the n-th of them in a month or year (an item of BYDAY, RFC 5545 §3.3.10).</summary>
/// <param name="Day">Monday to Sunday.</param>
/// <param name="Number">1 to 53 from the start, -1 to -53 from the end; 0 means every one.</param>
/// <remarks>Default value: no day at all, which no rule takes. Equality: by both parts.</remarks>
public readonly record struct WeekdayNumber(IsoDayOfWeek Day, int Number = 0) : IComparable<WeekdayNumber>
{
    internal static readonly string[] Names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>Every <paramref name="day"/>.</summary>
    public static implicit operator WeekdayNumber(IsoDayOfWeek day) => new(day);

    /// <summary>Every <paramref name="day"/>.</summary>
    public static WeekdayNumber FromIsoDayOfWeek(IsoDayOfWeek day) => new(day);

    /// <summary>By number, then by day.</summary>
    public int CompareTo(WeekdayNumber other) => (Number, Day).CompareTo((other.Number, other.Day));

    /// <summary>As RFC 5545 writes it: <c>MO</c>, <c>-1FR</c>.</summary>
    public override string ToString() => Number == 0 ? Names[(int)Day - 1] : $"{Number}{Names[(int)Day - 1]}";

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(WeekdayNumber left, WeekdayNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(WeekdayNumber left, WeekdayNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not sort after <paramref name="right"/>.</summary>
    public static bool operator <=(WeekdayNumber left, WeekdayNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not sort before <paramref name="right"/>.</summary>
    public static bool operator >=(WeekdayNumber left, WeekdayNumber right) => left.CompareTo(right) >= 0;
}
