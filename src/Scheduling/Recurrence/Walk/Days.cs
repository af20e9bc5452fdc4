using NodaTime;

namespace Convene.Scheduling.Recurrence.Walk;

// Days as whole numbers since Monday 0001-01-01, and wall times as seconds since its midnight, in the Gregorian calendar; up to the end of the year 9999.
// Never negative, so that / and % are what one means, and day % 7 is 0 on Mondays.
internal static class Days
{
    public const int SecondsPerDay = 86_400;
    public const int LastYear = 9999;

    // After 400 years the calendar repeats, days of the week too.
    public const int YearsPerCycle = 400;
    public const int PerCycle = 146_097;

    private static readonly LocalDateTime Origin = new(1, 1, 1, 0, 0);
    private static readonly int[] Before = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

    public static readonly long End = (long)OfYear(LastYear + 1) * SecondsPerDay;

    // Of the Unix epoch.
    public static readonly long UnixEpoch = (long)OfYear(1970) * SecondsPerDay;

    public static bool IsLeap(int year) => (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int OfYear(int year)
    {
        if (year == 0)
            return -366; // the first week of year 1 may begin in it
        var past = year - 1;
        return (365 * past) + (past / 4) - (past / 100) + (past / 400);
    }

    public static int InYear(int year) => IsLeap(year) ? 366 : 365;

    // How many days of a year are before this month; 13 gives the whole year.
    public static int BeforeMonth(int year, int month) => Before[month] + (month > 2 && IsLeap(year) ? 1 : 0);

    public static int InMonth(int year, int month) => BeforeMonth(year, month + 1) - BeforeMonth(year, month);

    public static int Of(int year, int month, int day) => OfYear(year) + BeforeMonth(year, month) + day - 1;

    public static int Year(int day)
    {
        var year = (int)((day * 400L) / PerCycle) + 1;
        // The mean length of a year errs by one at most.
        if (day < OfYear(year))
            year--;
        else if (day >= OfYear(year + 1))
            year++;
        return year;
    }

    public static (int Year, int Month, int Day) Date(int day)
    {
        var year = Year(day);
        var inYear = day - OfYear(year);
        // No month is longer than 31 days, so that this is the month or the one before it.
        var month = (inYear / 31) + 1;
        if (inYear >= BeforeMonth(year, month + 1))
            month++;
        return (year, month, inYear - BeforeMonth(year, month) + 1);
    }

    // Of a wall time of whole seconds.
    public static long Seconds(LocalDateTime wall) => ((long)Of(wall.Year, wall.Month, wall.Day) * SecondsPerDay) + (wall.TickOfDay / NodaConstants.TicksPerSecond);

    public static LocalDateTime Wall(long seconds) => Origin.PlusDays((int)(seconds / SecondsPerDay)).PlusSeconds(seconds % SecondsPerDay);

    // The first day of week 1 of a year: the first week with four days in it (RFC 5545 BYWEEKNO), weeks beginning on a day from 0 (Monday) to 6.
    public static int WeekOne(int year, int weekStart)
    {
        var first = OfYear(year);
        var into = (first - weekStart + 7) % 7;
        return into <= 3 ? first - into : first - into + 7;
    }

    // The year whose week a day is in.
    public static int WeekYear(int day, int weekStart)
    {
        var year = Year(day);
        if (day < WeekOne(year, weekStart))
            return year - 1;
        return day >= WeekOne(year + 1, weekStart) ? year + 1 : year;
    }
}
