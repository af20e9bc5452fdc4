using BenchmarkDotNet.Attributes;
using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.Bench;

/// Occurrences of series in New York. Beside it the same in others: bench/peer/recurrence.py, recurrence.c (libical), recurrence.mjs (rrule.js).
[MemoryDiagnoser]
public class Recurrence
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    private static readonly Instant WeekStart = Instant.FromUtc(2026, 6, 1, 4, 0);
    private static readonly Instant WeekEnd = WeekStart + Duration.FromDays(7);

    private readonly Series young = Make(2026, "FREQ=DAILY");
    private readonly Series old = Make(1900, "FREQ=DAILY");
    private readonly Series counted = Make(1900, "FREQ=DAILY;COUNT=1000000");
    private readonly Series weekly = Make(2020, "FREQ=WEEKLY;BYDAY=MO,WE,FR");
    private readonly Series lastFriday = Make(2020, "FREQ=MONTHLY;BYDAY=-1FR");
    private readonly Series daily = Make(2020, "FREQ=DAILY");

    [Benchmark]
    public long Week_of_a_daily_series_begun_in_2026() => Sum(young, WeekStart, WeekEnd, int.MaxValue);

    [Benchmark]
    public long Week_of_a_daily_series_begun_in_1900() => Sum(old, WeekStart, WeekEnd, int.MaxValue);

    [Benchmark]
    public long Week_of_a_daily_series_begun_in_1900_with_COUNT() => Sum(counted, WeekStart, WeekEnd, int.MaxValue);

    [Benchmark(OperationsPerInvoke = 10_000)]
    public long Each_of_10_000_on_MO_WE_FR() => Sum(weekly, null, null, 10_000);

    [Benchmark]
    public long Two_years_of_MO_WE_FR() => Sum(weekly, null, null, 314);

    [Benchmark]
    public long Ten_years_of_last_Fridays() => Sum(lastFriday, null, null, 120);

    [Benchmark]
    public long Two_years_of_days() => Sum(daily, null, null, 731);

    private static Series Make(int year, string rule) => new(new LocalDateTime(year, 1, 6, 9, 0), NewYork) { Rules = [RecurrenceRule.Parse(rule)] };

    private static long Sum(Series series, Instant? from, Instant? until, int most)
    {
        var sum = 0L;
        foreach (var occurrence in series.Expand(from, until))
        {
            sum += occurrence.Start.ToUnixTimeSeconds();
            if (--most == 0)
                break;
        }

        return sum;
    }
}
