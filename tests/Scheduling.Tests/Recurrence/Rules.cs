using Convene.Scheduling.Recurrence;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

/// A made-up rule with a start, and a window that is not too far from it for the oracle.
internal sealed record Made(RecurrenceRule Rule, LocalDateTime Start, int WindowStart, int WindowLength)
{
    /// In units that suit the frequency.
    private long Unit => Rule.Frequency switch { Frequency.Secondly => 97, Frequency.Minutely => 1_801, Frequency.Hourly => 40_001, Frequency.Daily => 200_003, Frequency.Weekly => 600_011, _ => 3_000_017 };

    public LocalDateTime From => Start.PlusSeconds(WindowStart * Unit);

    public LocalDateTime To => From.PlusSeconds(WindowLength * Unit);

    public override string ToString() => $"{WallText.Of(Start)} {Rule} from {WallText.Of(From)} to {WallText.Of(To)}";
}

/// Made-up rules of every kind that RFC 5545 allows.
internal static class MadeRules
{
    public static int Runs => Environment.GetEnvironmentVariable("CONVENE_SLOW") == "1" ? 20_000 : 400;

    public static Gen<Made> Any() =>
        from frequency in Gen.Elements(Enum.GetValues<Frequency>())
        from rule in Rule(frequency)
        from year in Gen.Choose(1996, 2030)
        from day in Gen.Choose(0, 365)
        from second in Gen.OneOf(Gen.Choose(0, 86_399), Gen.Choose(0, 23).Select(h => h * 3600))
        from windowStart in Gen.Choose(-10, 300)
        from windowLength in Gen.Choose(0, 150)
        select new Made(rule, new LocalDate(year, 1, 1).PlusDays(day).AtMidnight().PlusSeconds(second), windowStart, windowLength);

    /// Around a time that clocks skip or double.
    public static Gen<Made> Near(LocalDateTime wall) =>
        from made in Any()
        from back in Gen.Choose(0, 20)
        from seconds in Gen.Choose(-7_200, 7_200)
        select made with { Start = wall.PlusSeconds(seconds).PlusDays(made.Rule.Frequency < Frequency.Hourly ? 0 : -back), WindowStart = made.WindowStart % 30 };

    private static Gen<RecurrenceRule> Rule(Frequency frequency) => (
        from interval in Gen.Frequency((4, Gen.Constant(1)), (3, Gen.Choose(2, 7)), (1, Gen.Elements(12, 24, 25, 48, 60, 90, 400)))
        from count in Gen.Frequency((3, Gen.Constant((int?)null)), (1, Gen.Choose(1, 60).Select(c => (int?)c)))
        from months in Sometimes(4, Gen.Choose(1, 12))
        from weeks in Sometimes(frequency == Frequency.Yearly ? 4 : 0, Signed(53))
        from yearDays in Sometimes(frequency is Frequency.Yearly or < Frequency.Daily ? 5 : 0, Gen.OneOf(Signed(366), Gen.Elements(1, -1, 59, 60, 61, 365, 366, -366)))
        from monthDays in Sometimes(frequency == Frequency.Weekly ? 0 : 3, Gen.OneOf(Signed(31), Gen.Elements(28, 29, 30, 31, -1, -29, -31)))
        from weekdays in Sometimes(2, Weekday(frequency >= Frequency.Monthly && weeks.Length == 0, frequency == Frequency.Monthly || months.Length > 0 ? 5 : 53))
        from hours in Sometimes(5, Gen.Choose(0, 23))
        from minutes in Sometimes(5, Gen.Choose(0, 59))
        from seconds in Sometimes(6, Gen.Choose(0, 60))
        from positions in Sometimes(4, Gen.OneOf(Gen.Elements(1, 2, 3, -1, -2), Signed(40)))
        from weekStart in Gen.Elements(Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None).ToArray())
        select new RecurrenceRule(frequency)
        {
            Interval = interval, Count = count, ByMonth = months, ByWeekNumber = weeks, ByYearDay = yearDays, ByMonthDay = monthDays, ByDay = weekdays,
            ByHour = hours, ByMinute = minutes, BySecond = seconds, BySetPosition = positions, WeekStart = weekStart,
        }).Where(r => r.Problems().Count == 0);

    private static Gen<T[]> Sometimes<T>(int oneIn, Gen<T> values) =>
        oneIn == 0 ? Gen.Constant(Array.Empty<T>()) : Gen.Frequency((oneIn, Gen.Constant(Array.Empty<T>())), (1, Gen.Choose(1, 5).SelectMany(n => values.ArrayOf(n))));

    private static Gen<int> Signed(int most) => Gen.Choose(1, most).SelectMany(n => Gen.Elements(n, -n));

    private static Gen<WeekdayNumber> Weekday(bool numbered, int most) =>
        from day in Gen.Choose(1, 7)
        from number in numbered ? Gen.OneOf(Gen.Constant(0), Signed(most)) : Gen.Constant(0)
        select new WeekdayNumber((IsoDayOfWeek)day, number);
}
