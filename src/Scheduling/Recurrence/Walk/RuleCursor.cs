namespace Convene.Scheduling.Recurrence.Walk;

// Walks the occurrences of one rule in order, as wall seconds, from a time on. It jumps to the period of that time, however long ago the series began.
// Every period looked at costs one step of the budget, and so do sixteen times of a day.
internal struct RuleCursor
{
    private readonly RulePlan plan;
    private readonly int[] times;
    private readonly long end;
    private readonly int words;

    // A year, a month since year 0, the first day of a week, a day; below days the number of the second, minute or hour. Loaded: we are in it.
    private long period;
    private bool loaded;
    private DaySet days;
    private int firstDay;
    private int bit;
    private long unitStart;
    private int time;

    // BYSETPOS: how many occurrences the period has, and where in both lists we are.
    private long inPeriod;
    private int fromStart;
    private int fromEnd;

    private long lowest;
    private long remaining;
    private int budget;
    private int fruitless;
    private int clockDay;
    private bool held;
    private bool done;

    // Occurrences from a time on (in) to a time (in), both wall seconds.
    public RuleCursor(RulePlan plan, long from, long end, int budget)
    {
        this.plan = plan;
        this.end = Math.Min(end, Days.End - 1);
        if (plan.WholeDays)
            this.end += Days.SecondsPerDay - 1 - (this.end % Days.SecondsPerDay);
        this.budget = budget;
        times = plan.TimesInUnit;
        words = plan.Frequency == Frequency.Yearly ? DaySet.Words : 1;
        remaining = plan.Count;
        lowest = plan.Start;
        bit = -1;
        time = times.Length;
        clockDay = -1;
        done = times.Length == 0 || plan.NeverInDay;
        period = plan.PeriodOf(plan.Start);
        if (plan.Frequency == Frequency.Weekly && plan.MonthMask == 0)
            PeriodDays.OfWeek(plan, 7 + plan.WeekStart, ref days); // any week: they are all alike
        if (from > plan.Start && !done)
            Seek(Math.Min(from, Days.End));
    }

    public long Current { get; private set; }

    // The budget ran out before the end was reached.
    public bool Exhausted { get; private set; }

    public readonly int Budget => budget;

    public bool MoveNext()
    {
        if (held)
        {
            held = false;
            return Current <= end || Stop();
        }

        if (done)
            return false;
        do
        {
            if (plan.PicksPositions)
            {
                if (!NextPosition())
                    return Stop();
            }
            else if (++time < times.Length)
                Current = unitStart + times[time];
            else if (NextUnit())
            {
                time = 0;
                Current = unitStart + times[0];
            }
            else
                return Stop();
            if (plan.WholeDays)
                Current -= Current % Days.SecondsPerDay;
        }
        while (Current < lowest);
        // In order and without doubles, also where SKIP moves a day into the next period.
        lowest = Current + 1;
        return (Current <= end && --remaining >= 0) || Stop();
    }

    private bool Stop()
    {
        done = true;
        return false;
    }

    // The next day, or below days the next second, minute or hour.
    private bool NextUnit()
    {
        if (loaded && plan.Frequency >= Frequency.Weekly)
        {
            bit = days.Next(bit + 1, words);
            if (bit >= 0)
            {
                unitStart = (long)(firstDay + bit) * Days.SecondsPerDay;
                return Pay();
            }
        }

        if (loaded)
            period += Step;
        loaded = FindPeriod();
        if (loaded && plan.Frequency >= Frequency.Weekly)
        {
            bit = days.Next(0, words);
            unitStart = (long)(firstDay + bit) * Days.SecondsPerDay;
        }

        return loaded && Pay();
    }

    // A day may have 86,400 times: sixteen of them cost a step.
    private bool Pay()
    {
        budget -= times.Length >> 4;
        Exhausted |= budget < 0;
        return !Exhausted;
    }

    private bool NextPosition()
    {
        while (true)
        {
            if (loaded)
            {
                while (fromEnd < plan.FromEnd.Length && inPeriod + plan.FromEnd[fromEnd] < 0)
                    fromEnd++;
                var first = fromStart < plan.FromStart.Length ? plan.FromStart[fromStart] - 1 : long.MaxValue;
                var last = fromEnd < plan.FromEnd.Length ? inPeriod + plan.FromEnd[fromEnd] : long.MaxValue;
                var position = Math.Min(first, last);
                if (position < inPeriod)
                {
                    fromStart += first == position ? 1 : 0;
                    fromEnd += last == position ? 1 : 0;
                    Current = ((long)(firstDay + days.Nth((int)(position / times.Length))) * Days.SecondsPerDay) + times[position % times.Length];
                    return true;
                }

                period += Step;
            }

            loaded = FindPeriod();
            if (!loaded)
                return false;
            (fromStart, fromEnd, inPeriod) = (0, 0, (long)days.Count() * times.Length);
        }
    }

    // From this period on, the first that has occurrences.
    private bool FindPeriod()
    {
        while (true)
        {
            if (--budget < 0)
            {
                Exhausted = true;
                return false;
            }

            switch (plan.Frequency)
            {
                case Frequency.Yearly:
                    if (period > Days.LastYear || Days.OfYear((int)period) - 7L > end / Days.SecondsPerDay)
                        return false;
                    firstDay = PeriodDays.OfYear(plan, (int)period, ref days);
                    break;
                case Frequency.Monthly:
                    if (period >= (Days.LastYear + 1) * 12L || Days.Of((int)(period / 12), (int)(period % 12) + 1, 1) - 7L > end / Days.SecondsPerDay)
                        return false;
                    firstDay = PeriodDays.OfMonth(plan, (int)(period / 12), (int)(period % 12) + 1, ref days);
                    break;
                case Frequency.Weekly:
                    if (period > end / Days.SecondsPerDay)
                        return false;
                    firstDay = (int)period;
                    if (plan.MonthMask == 0)
                        return true;
                    PeriodDays.OfWeek(plan, firstDay, ref days);
                    break;
                case Frequency.Daily:
                    return FindDay();
                default:
                    return FindClockUnit();
            }

            if (days.Next(0, words) >= 0)
            {
                fruitless = 0;
                return true;
            }

            // The calendar repeats: what has not come in 400 years never does.
            if (++fruitless > plan.PeriodsPerCycle)
                return false;
            period += Step;
        }
    }

    private bool FindDay()
    {
        for (fruitless = 0; fruitless <= plan.PeriodsPerCycle; fruitless++, budget--)
        {
            if (period > end / Days.SecondsPerDay)
                return false;
            if (budget < 0)
            {
                Exhausted = true;
                return false;
            }

            if (!plan.HasDayFilter || plan.DayFits((int)period))
            {
                unitStart = period * Days.SecondsPerDay;
                return true;
            }

            period = plan.OnGrid(plan.NextDay((int)period + 1));
        }

        return false;
    }

    private bool FindClockUnit()
    {
        var perDay = Days.SecondsPerDay / plan.UnitSeconds;
        for (fruitless = 0; fruitless <= plan.PeriodsPerCycle; budget--)
        {
            if (period > end / plan.UnitSeconds)
                return false;
            if (budget < 0)
            {
                Exhausted = true;
                return false;
            }

            var day = (int)(period / perDay);
            if (day != clockDay && plan.HasDayFilter && !plan.DayFits(day))
            {
                fruitless++;
                period = plan.OnGrid((long)plan.NextDay(day + 1) * perDay);
                continue;
            }

            clockDay = day;
            var next = plan.NextInDay((int)(period % perDay));
            if (next == period % perDay)
            {
                unitStart = period * plan.UnitSeconds;
                return true;
            }

            period = plan.OnGrid(((long)day * perDay) + next);
        }

        return false;
    }

    private readonly long Step => plan.Frequency == Frequency.Weekly ? plan.Interval * 7L : plan.Interval;

    private void Seek(long from)
    {
        // SKIP may move days over the edge of a period: the one before may still have some.
        var at = plan.PeriodOf(Math.Min(from, Days.End - 1)) - (plan.Skip == Skip.Omit ? 0 : 1);
        var past = Math.Max(0, (at - period) / Step);
        if (plan.Count == long.MaxValue)
        {
            period += past * Step;
            lowest = from;
            return;
        }

        if (past > 0 && plan.PerPeriod >= 0)
        {
            var target = period + (past * Step);
            remaining -= FindPeriod() ? CountFrom(plan.Start) + ((past - 1) * plan.PerPeriod) : 0;
            period = target;
            done = remaining <= 0;
        }
        else if (past > 0 && !plan.PeriodsOverlap)
            Replay(period + (past * Step));
        // What is left of the period is walked, to be counted.
        while (MoveNext() && Current < from)
        {
            if (--budget >= 0)
                continue;
            (Exhausted, done) = (true, true);
            return;
        }

        held = !done;
    }

    // Counts the periods before this one, without looking at their times; ends where COUNT does.
    private void Replay(long target)
    {
        var first = period;
        while (true)
        {
            if (!FindPeriod())
            {
                done = true;
                return;
            }

            if (period >= target)
                return;
            remaining -= CountFrom(period == first ? plan.Start : 0);
            if (remaining <= 0)
            {
                done = true;
                return;
            }

            period += Step;
        }
    }

    // How many of the period just found begin at this time or later.
    private readonly long CountFrom(long from)
    {
        if (plan.Frequency < Frequency.Weekly)
            return CountTimesFrom(unitStart, from);
        var all = (long)days.Count() * times.Length;
        long before = 0;
        for (var day = days.Next(0, words); day >= 0; day = days.Next(day + 1, words))
        {
            var start = (long)(firstDay + day) * Days.SecondsPerDay;
            if (start >= from)
                break;
            before += times.Length - CountTimesFrom(start, from);
        }

        return plan.PicksPositions ? CountPositions(before, all) : all - before;
    }

    // How many positions are after so many and within all.
    private readonly long CountPositions(long before, long all)
    {
        var count = plan.FromStart.Count(p => p - 1 >= before && p - 1 < all);
        foreach (var p in plan.FromEnd)
            if (all + p >= before && plan.FromStart.AsSpan().BinarySearch((int)Math.Min(int.MaxValue, all + p + 1)) < 0)
                count++;
        return count;
    }

    private readonly int CountTimesFrom(long start, long from)
    {
        if (from <= start)
            return times.Length;
        var index = times.AsSpan().BinarySearch((int)Math.Min(int.MaxValue, from - start));
        return times.Length - (index < 0 ? ~index : index);
    }
}
