using System.Numerics;

namespace Convene.Scheduling.Recurrence.Walk;

// What can be said of a rule without walking it.
internal static class Constant
{
    // How many occurrences every whole period has, where the calendar can't change it; else -1. Lets COUNT be reckoned instead of replayed.
    public static long PerPeriod(RulePlan plan)
    {
        var days = plan.Frequency switch
        {
            Frequency.Secondly => plan.HasDayFilter || (plan.Hours | plan.Minutes | plan.Seconds) != 0 ? -1 : 1,
            Frequency.Minutely => plan.HasDayFilter || (plan.Hours | plan.Minutes) != 0 ? -1 : 1,
            Frequency.Hourly => plan.HasDayFilter || plan.Hours != 0 ? -1 : 1,
            Frequency.Daily => plan.HasDayFilter ? -1 : 1,
            Frequency.Weekly => plan.MonthMask == 0 ? BitOperations.PopCount((uint)plan.Weekdays) : -1,
            Frequency.Monthly => plan.MonthMask == 0 ? DaysOfMonth(plan) : -1,
            _ => DaysOfYear(plan),
        };
        if (days < 0)
            return -1;
        var all = (long)days * plan.TimesInUnit.Length;
        return plan.PicksPositions ? plan.FromStart.Select(p => (long)p - 1).Concat(plan.FromEnd.Select(p => all + p)).Where(p => p >= 0 && p < all).Distinct().Count() : all;
    }

    // Whether the grid of INTERVAL never meets the hours, minutes and seconds wanted: it only reaches times that are alike modulo what it and the day have in common.
    public static bool NeverInDay(RulePlan plan)
    {
        if (plan.Hours == 0 && (plan.Minutes == 0 || plan.Frequency > Frequency.Minutely) && (plan.Seconds == 0 || plan.Frequency > Frequency.Secondly))
            return false;
        var unit = plan.UnitSeconds;
        var inDay = Days.SecondsPerDay / unit;
        var step = (int)BigInteger.GreatestCommonDivisor(plan.Interval, inDay);
        for (var at = (int)(plan.Start / unit % step); at < inDay; at += step)
        {
            var second = at * unit;
            if (Fits(plan.Hours, second / 3600) && (unit > 60 || Fits(plan.Minutes, second / 60 % 60)) && (unit > 1 || Fits(plan.Seconds, second % 60)))
                return false;
        }

        return true;
    }

    private static bool Fits(ulong mask, int value) => mask == 0 || (mask & (1UL << value)) != 0;

    private static int DaysOfMonth(RulePlan plan)
    {
        if (plan.HasMonthDays)
            return plan.Weekdays == 0 && plan.Numbered.Length == 0 ? InEveryMonth(plan) : -1;
        return plan.Weekdays == 0 ? InEvery(plan.Numbered, 4) : -1;
    }

    private static int DaysOfYear(RulePlan plan)
    {
        var months = plan.MonthMask == 0 ? 12 : BitOperations.PopCount(plan.MonthMask);
        if (plan.WeekNumbers.Length > 0)
        {
            var whole = plan.MonthMask == 0 && !plan.HasMonthDays && plan.YearDays.Length == 0 && SameSide(plan.WeekNumbers, 52);
            return whole ? plan.WeekNumbers.Length * BitOperations.PopCount((uint)plan.Weekdays) : -1;
        }

        if (plan.Weekdays != 0)
            return -1;
        if (plan.YearDays.Length > 0)
            return plan.MonthMask == 0 && !plan.HasMonthDays && plan.Numbered.Length == 0 && SameSide(plan.YearDays, 365) ? plan.YearDays.Length : -1;
        if (plan.HasMonthDays)
            return plan.Numbered.Length == 0 && InEveryMonth(plan) is > 0 and var days ? months * days : -1;
        var numbered = InEvery(plan.Numbered, plan.MonthMask == 0 ? 52 : 4);
        return numbered < 0 || plan.MonthMask == 0 ? numbered : months * numbered;
    }

    // Days up to the 28th from one end are in every month, and differ.
    private static int InEveryMonth(RulePlan plan) =>
        plan.MonthDays >> 29 == 0 && plan.MonthDaysFromEnd >> 29 == 0 && (plan.MonthDays == 0 || plan.MonthDaysFromEnd == 0)
            ? BitOperations.PopCount(plan.MonthDays | plan.MonthDaysFromEnd) : -1;

    private static int InEvery(WeekdayNumber[] numbered, int most) => SameSide([.. numbered.Select(n => n.Number)], most) ? numbered.Length : -1;

    private static bool SameSide(int[] numbers, int most) => numbers.All(n => n > 0 && n <= most) || numbers.All(n => n < 0 && n >= -most);
}
