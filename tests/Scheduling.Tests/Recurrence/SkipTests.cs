using Convene.Scheduling.Recurrence;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

/// RFC 7529: days that a month or year does not have.
public sealed class SkipTests
{
    [Fact]
    public void Days_that_a_month_lacks_move_to_the_nearest_and_count_once() => Prop.ForAll(Any().ToArbitrary(), made =>
    {
        var (rule, start, window) = made;
        var expected = new SortedSet<LocalDate>();
        for (var month = new LocalDate(start.Year, rule.Frequency == Frequency.Yearly ? 1 : start.Month, 1); month.Year < start.Year + 40; month = month.PlusMonths(1))
        {
            var past = rule.Frequency == Frequency.Yearly ? month.Year - start.Year : ((month.Year - start.Year) * 12) + month.Month - start.Month;
            var months = rule.ByMonth.Count > 0 ? rule.ByMonth : rule.Frequency == Frequency.Yearly ? [start.Month] : Enumerable.Range(1, 12).ToList();
            if (past % rule.Interval != 0 || !months.Contains(month.Month))
                continue;
            foreach (var number in rule.ByMonthDay.Count > 0 ? rule.ByMonthDay : [start.Day])
            {
                var length = month.Calendar.GetDaysInMonth(month.Year, month.Month);
                var day = number > 0 ? number : length + number + 1;
                var date = day >= 1 && day <= length ? month.PlusDays(day - 1) : rule.Skip switch
                {
                    Skip.Omit => (LocalDate?)null,
                    Skip.Forward => number > 0 ? month.PlusMonths(1) : month,
                    _ => number > 0 ? month.PlusDays(length - 1) : month.PlusDays(-1),
                };
                if (date >= start && (rule.ByDay.Count == 0 || rule.ByDay.Any(d => d.Day == date.Value.DayOfWeek)))
                    expected.Add(date.Value);
            }
        }

        var series = new Series(start.AtMidnight(), null, isDates: true) { Rules = [rule] };
        var kept = expected.Take(rule.Count ?? int.MaxValue).Where(d => d.Year < start.Year + 39);
        var from = start.PlusDays(window);
        series.Expand(from.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(), Instant.FromUtc(start.Year + 39, 1, 1, 0, 0)).Take(10_000).Occurrences.Select(o => o.Wall.Date)
            .ShouldBe(kept.Where(d => d >= from), $"{start} {rule} from {from}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(MadeRules.Runs));

    [Theory]
    [InlineData("BYYEARDAY=366;SKIP=FORWARD", "2024-12-31 2026-01-01 2027-01-01 2028-01-01")]
    [InlineData("BYYEARDAY=366,-1;SKIP=BACKWARD", "2024-12-31 2025-12-31 2026-12-31 2027-12-31")]
    [InlineData("BYYEARDAY=1,366;SKIP=FORWARD", "2024-12-31 2025-01-01 2026-01-01 2027-01-01")]
    [InlineData("BYYEARDAY=-366;SKIP=BACKWARD", "2024-12-31 2025-12-31 2026-12-31 2028-01-01")]
    [InlineData("BYMONTH=2;BYMONTHDAY=30;SKIP=FORWARD", "2025-03-01 2026-03-01 2027-03-01 2028-03-01")]
    [InlineData("BYMONTH=2;BYMONTHDAY=30;SKIP=FORWARD;BYDAY=SU", "2026-03-01 2037-03-01 2043-03-01 2048-03-01")]
    public void Days_that_a_year_lacks_do_too(string parts, string dates) =>
        string.Join(' ', new Series(new LocalDateTime(2024, 12, 31, 0, 0), null, isDates: true) { Rules = [RecurrenceRule.Parse("RSCALE=GREGORIAN;FREQ=YEARLY;" + parts)] }
            .Expand().Take(4).Occurrences.Select(o => o.Wall.Date.ToString("uuuu-MM-dd", null))).ShouldBe(dates);

    private static Gen<(RecurrenceRule Rule, LocalDate Start, int Window)> Any() =>
        from frequency in Gen.Elements(Frequency.Monthly, Frequency.Yearly)
        from skip in Gen.Elements(Skip.Backward, Skip.Forward, Skip.Omit)
        from interval in Gen.Elements(1, 1, 2, 5)
        from count in Gen.Elements<int?>(null, null, 7)
        from days in Gen.Elements(28, 29, 30, 31, -28, -29, -30, -31, 1, -1).ListOf().Select(l => l.Take(4).ToArray())
        from months in Gen.Choose(1, 12).ListOf().Select(l => l.Take(2).ToArray())
        from weekdays in Gen.Frequency((3, Gen.Constant(Array.Empty<WeekdayNumber>())), (days.Length > 0 ? 1 : 0, Gen.Choose(1, 7).Select(d => new[] { new WeekdayNumber((IsoDayOfWeek)d) })))
        from year in Gen.Choose(1999, 2030)
        from day in Gen.Choose(0, 364)
        from window in Gen.Elements(-100, 0, 500, 3_000)
        select (new RecurrenceRule(frequency) { NamesCalendar = true, Skip = skip, Interval = interval, Count = count, ByMonthDay = days, ByMonth = months, ByDay = weekdays }, new LocalDate(year, 1, 1).PlusDays(day), window);
}
