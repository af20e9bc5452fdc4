using System.Diagnostics;

namespace Convene.Bench;

/// For a machine that others use too: the benchmarks of Recurrence by the processor time that they take, not by the clock. Medians of nine.
internal static class CpuTime
{
    public static void Run()
    {
        var series = new Recurrence();
        Report("week of a daily series begun in 2026", series.Week_of_a_daily_series_begun_in_2026);
        Report("week of a daily series begun in 1900", series.Week_of_a_daily_series_begun_in_1900);
        Report("the same with COUNT", series.Week_of_a_daily_series_begun_in_1900_with_COUNT);
        Report("each of 10,000 on MO,WE,FR", series.Each_of_10_000_on_MO_WE_FR, 10_000);
        Report("two years of MO,WE,FR", series.Two_years_of_MO_WE_FR);
        Report("ten years of last Fridays", series.Ten_years_of_last_Fridays);
        Report("two years of days", series.Two_years_of_days);
    }

    private static void Report(string name, Func<long> work, int each = 1)
    {
        // So often that a run takes a tenth of a second.
        var times = 1;
        while (Spent(work, times) < 0.1)
            times *= 2;
        var runs = Enumerable.Range(0, 9).Select(_ => Spent(work, times)).Order().ToList();
        Console.WriteLine($"{name}: {runs[4] / times / each * 1e9:N1} ns");
    }

    private static double Spent(Func<long> work, int times)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < times; i++)
            work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
