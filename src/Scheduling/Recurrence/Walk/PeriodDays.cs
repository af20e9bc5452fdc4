using System.Numerics;

namespace Convene.Scheduling.Recurrence.Walk;

// Which days of a week, month or year a rule takes: BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY and BYDAY in this order, each expanding or limiting as in the table
// of RFC 5545 §3.3.10. Bits count from the day returned: for months and years that is a week before the first, since SKIP and week 1 reach over the edges.
internal static class PeriodDays
{
    private const int Margin = 7;

    public static void OfWeek(RulePlan plan, int first, ref DaySet days)
    {
        days.Clear();
        for (var i = 0; i < 7; i++)
            if (first + i >= 0 && (plan.Weekdays & (1 << ((first + i) % 7))) != 0 && (plan.MonthMask == 0 || plan.MonthFits(Days.Date(first + i).Month)))
                days.Add(i);
    }

    public static int OfMonth(RulePlan plan, int year, int month, ref DaySet days)
    {
        days.Clear();
        var first = Days.Of(year, month, 1);
        if (!plan.MonthFits(month))
            return first - Margin;
        var length = Days.InMonth(year, month);
        if (!plan.HasMonthDays)
        {
            ByDay(plan, first, length, Margin, ref days);
            return first - Margin;
        }

        MonthDays(plan, Margin, length, ref days);
        if (plan.Numbered.Length > 0)
        {
            var fit = default(DaySet);
            ByDay(plan, first, length, Margin, ref fit);
            days.Keep(fit);
        }
        else if (plan.Weekdays != 0)
            days.KeepWeekdays(plan.Weekdays, Weekday(first - Margin));
        return first - Margin;
    }

    public static int OfYear(RulePlan plan, int year, ref DaySet days)
    {
        days.Clear();
        var first = Days.OfYear(year);
        if (plan.WeekNumbers.Length > 0)
        {
            Weeks(plan, year, first, ref days);
            return first - Margin;
        }

        if (plan.YearDays.Length == 0 && !plan.HasMonthDays)
        {
            Weekdays(plan, year, first, ref days);
            return first - Margin;
        }

        if (plan.YearDays.Length > 0)
            YearDays(plan, year, ref days);
        if (plan.HasMonthDays)
        {
            var fit = default(DaySet);
            for (var month = 1; month <= 12; month++)
                if (plan.MonthFits(month))
                    MonthDays(plan, Margin + Days.BeforeMonth(year, month), Days.InMonth(year, month), ref fit);
            if (plan.YearDays.Length > 0)
                days.Keep(fit);
            else
                days = fit;
        }

        if (plan.Numbered.Length > 0)
        {
            var fit = default(DaySet);
            Weekdays(plan, year, first, ref fit);
            days.Keep(fit);
        }
        else if (plan.Weekdays != 0)
            days.KeepWeekdays(plan.Weekdays, Weekday(first - Margin));
        return first - Margin;
    }

    private static void Weeks(RulePlan plan, int year, int first, ref DaySet days)
    {
        var one = Days.WeekOne(year, plan.WeekStart);
        var count = (Days.WeekOne(year + 1, plan.WeekStart) - one) / 7;
        foreach (var number in plan.WeekNumbers)
        {
            var week = number > 0 ? number - 1 : count + number;
            if (week < 0 || week >= count)
                continue;
            for (var day = one + (week * 7); day < one + (week * 7) + 7; day++)
                if (day >= 0 && plan.DayFits(day))
                    days.Add(day - first + Margin);
        }
    }

    private static void YearDays(RulePlan plan, int year, ref DaySet days)
    {
        var length = Days.InYear(year);
        foreach (var number in plan.YearDays)
        {
            var day = number > 0 ? number - 1 : length + number;
            // The 366th day of a common year is looked for in December, or in January from the end.
            var month = day >= length ? 12 : 1;
            while (day >= 0 && day < length && day >= Days.BeforeMonth(year, month + 1))
                month++;
            if (!plan.MonthFits(month))
                continue;
            if (day >= 0 && day < length)
                days.Add(day + Margin);
            else if (plan.Skip == Skip.Forward)
                days.Add((day < 0 ? 0 : length) + Margin);
            else if (plan.Skip == Skip.Backward)
                days.Add((day < 0 ? -1 : length - 1) + Margin);
        }
    }

    // Of one month, whose first day is this bit.
    private static void MonthDays(RulePlan plan, int first, int length, ref DaySet days)
    {
        for (var rest = plan.MonthDays; rest != 0; rest &= rest - 1)
        {
            var day = BitOperations.TrailingZeroCount(rest) - 1;
            if (day < length)
                days.Add(first + day);
            else if (plan.Skip != Skip.Omit)
                days.Add(first + (plan.Skip == Skip.Forward ? length : length - 1));
        }

        for (var rest = plan.MonthDaysFromEnd; rest != 0; rest &= rest - 1)
        {
            var day = length - BitOperations.TrailingZeroCount(rest);
            if (day >= 0)
                days.Add(first + day);
            else if (plan.Skip == Skip.Forward)
                days.Add(first);
            else if (plan.Skip == Skip.Backward)
                days.Add(first - 1);
        }
    }

    // BYDAY in a year: in its months if BYMONTH names some, else in all of it.
    private static void Weekdays(RulePlan plan, int year, int first, ref DaySet days)
    {
        if (!plan.NamesMonths)
        {
            ByDay(plan, first, Days.InYear(year), Margin, ref days);
            return;
        }

        for (var month = 1; month <= 12; month++)
            if (plan.MonthFits(month))
                ByDay(plan, first + Days.BeforeMonth(year, month), Days.InMonth(year, month), Margin + Days.BeforeMonth(year, month), ref days);
    }

    // BYDAY in a stretch of days that begins with a day, at a bit.
    private static void ByDay(RulePlan plan, int first, int length, int bit, ref DaySet days)
    {
        if (plan.Weekdays != 0)
        {
            var all = default(DaySet);
            all.AddRange(bit, bit + length);
            all.KeepWeekdays(plan.Weekdays, Weekday(first - bit));
            days.Join(all);
        }

        foreach (var (weekday, number) in plan.Numbered)
        {
            var earliest = ((int)weekday - 1 - (first % 7) + 7) % 7;
            var count = ((length - earliest - 1) / 7) + 1;
            var at = number > 0 ? number - 1 : count + number;
            if (at >= 0 && at < count)
                days.Add(bit + earliest + (at * 7));
        }
    }

    // Also of days before the calendar's first.
    private static int Weekday(int day) => (day + 7) % 7;
}
