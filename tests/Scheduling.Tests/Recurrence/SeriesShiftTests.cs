using Convene.Scheduling.Recurrence;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

/// A shifted rule gives the shifted times of the old one, or there is none.
public sealed class SeriesShiftTests
{
    private static readonly LocalDateTime Monday = new(2030, 3, 4, 9, 0);

    [Fact]
    public void The_shifted_rule_gives_the_shifted_times() => Prop.ForAll(Worlds(), world =>
    {
        var (rule, start, shift) = world;
        if (shift.Of(rule, start, DateTimeZone.Utc, DateTimeZone.Utc) is not { } shifted)
            return;
        Times(shifted, shift.Of(start)).ShouldBe(Times(rule, start).Select(shift.Of), $"{rule} from {start} by {shift}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO", 7)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=4", 1)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", 1)]
    [InlineData("FREQ=MONTHLY", 26)]
    public void What_days_moved_alike_can_not_say_is_not_said(string rule, int days) =>
        new SeriesShift(days, 0).Of(RecurrenceRule.Parse(rule), Monday, DateTimeZone.Utc, DateTimeZone.Utc).ShouldBeNull();

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=9,15", 3600)]
    [InlineData("FREQ=HOURLY;BYDAY=MO", 3600)]
    public void Nor_what_times_moved_alike_can_not(string rule, int seconds) =>
        new SeriesShift(0, seconds).Of(RecurrenceRule.Parse(rule), Monday, DateTimeZone.Utc, DateTimeZone.Utc).ShouldBeNull();

    private static LocalDateTime[] Times(RecurrenceRule rule, LocalDateTime start) =>
        [.. new Series(start, DateTimeZone.Utc) { Rules = [rule] }.Expand().Take(20).Occurrences.Select(o => o.Wall)];

    private static Arbitrary<(RecurrenceRule Rule, LocalDateTime Start, SeriesShift Shift)> Worlds() =>
        (from frequency in Gen.Elements(Frequency.Hourly, Frequency.Daily, Frequency.Weekly, Frequency.Monthly, Frequency.Yearly)
         from interval in Gen.Choose(1, 3)
         from days in Gen.Choose(1, 7).ListOf()
         from named in Gen.Elements(false, true)
         from after in Gen.Choose(0, 60)
         from ends in Gen.Elements(false, true)
         from moved in Gen.Choose(-20, 20)
         from hours in Gen.Choose(-9, 14)
         let start = Monday.PlusDays(after)
         let byDay = named && frequency is Frequency.Daily or Frequency.Weekly ? days.Append((int)start.DayOfWeek).Distinct().Select(d => new WeekdayNumber((IsoDayOfWeek)d)).ToArray() : []
         let rule = new RecurrenceRule(frequency) { Interval = interval, ByDay = byDay, Until = ends ? Until.Of(start.PlusDays(40).InUtc().ToInstant()) : null }
         select (rule, start, new SeriesShift(moved, hours * 3600L))).ToArbitrary();
}
