using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

public sealed class DescribeTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    // A Monday.
    private static readonly LocalDateTime Start = new(2027, 1, 4, 9, 0, 0);

    [Theory]
    [InlineData("FREQ=DAILY", "Every day at 09:00")]
    [InlineData("FREQ=DAILY;INTERVAL=2;COUNT=5", "Every other day at 09:00, 5 times")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270301", "Every weekday at 09:00 until 1 March 2027")]
    [InlineData("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "Every weekday at 09:00")]
    [InlineData("FREQ=WEEKLY;UNTIL=20270301T225959Z", "Every week on Monday at 09:00 until 1 March 2027")]
    [InlineData("FREQ=DAILY;BYHOUR=9,14;UNTIL=20270301T090000Z", "Every day at 09:00 and 14:00 until 1 March 2027, 10:00")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;BYHOUR=9,14", "Every other week on Monday, Wednesday and Friday at 09:00 and 14:00")]
    [InlineData("FREQ=MONTHLY", "Every month on the 4th at 09:00")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "Every month on the 1st, 15th and last day at 09:00")]
    [InlineData("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "Every 3 months on the last Friday at 09:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "The last of: every month on Monday, Tuesday, Wednesday, Thursday and Friday at 09:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Every month on the 13th if it is a Friday at 09:00")]
    [InlineData("RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD", "Every month on the 31st at 09:00 (or the last day before, where there is no such day)")]
    [InlineData("FREQ=YEARLY", "Every year on 4 January at 09:00")]
    [InlineData("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "Every year on the 4th Thursday in November at 09:00")]
    [InlineData("FREQ=YEARLY;BYDAY=20MO", "Every year on the 20th Monday of the year at 09:00")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20", "Every year in week 20 on Monday at 09:00")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=1,100,-1", "Every year on the 1st, 100th and last day of the year at 09:00")]
    [InlineData("FREQ=HOURLY;INTERVAL=3;BYDAY=MO", "Every 3 hours on Monday")]
    [InlineData("FREQ=MINUTELY;INTERVAL=15;BYHOUR=9,10", "Every 15 minutes at hours 9 and 10")]
    public void Rules_read_as_people_say_them(string rule, string words) => Describe.Of(RecurrenceRule.Parse(rule), Start, zone: Berlin).ShouldBe(words);

    [Fact]
    public void A_series_tells_what_is_added_and_left_out()
    {
        var series = new Series(Start, Berlin)
        {
            Rules = [RecurrenceRule.Parse("FREQ=WEEKLY")],
            Added = [new GivenTime(Start.PlusDays(1), null)],
            Dropped = [new GivenTime(Start, null), new GivenTime(Start.PlusDays(7), null)],
        };
        Describe.Of(series).ShouldBe("Every week on Monday at 09:00, and one more time, except 2 times");
        Describe.Of(new Series(Start.Date.AtMidnight(), null, isDates: true)).ShouldBe("Once on 4 January 2027");
    }

    [Fact]
    public void Any_rule_has_some_words() => Prop.ForAll(MadeRules.Any().ToArbitrary(), made =>
        Describe.Of(made.Rule, made.Start).Length.ShouldBeInRange(9, 2_000)).Check(Config.QuickThrowOnFailure.WithMaxTest(MadeRules.Runs));

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=3;COUNT=4")]
    [InlineData("FREQ=WEEKLY")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20270301T225959Z")]
    [InlineData("FREQ=MONTHLY")]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1MO")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1")]
    [InlineData("FREQ=YEARLY")]
    [InlineData("FREQ=YEARLY;BYDAY=1MO;BYMONTH=1")]
    public void What_a_form_can_say_comes_back_from_it(string text)
    {
        var rule = RecurrenceRule.Parse(text);
        RuleForm.TryFrom(rule, Start, Berlin, isDates: false, out var form).ShouldBeTrue();
        form!.ToRule(Start, Berlin).ShouldBe(rule);
    }

    [Theory]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=MONTHLY;BYDAY=5MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=1TU")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15")]
    [InlineData("FREQ=DAILY;BYHOUR=9,10")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU")]
    public void What_a_form_cannot_say_is_not_forced_into_it(string text) =>
        RuleForm.TryFrom(RecurrenceRule.Parse(text), Start, Berlin, isDates: false, out _).ShouldBeFalse();

    [Fact]
    public void A_form_ends_with_its_last_day()
    {
        var rule = new RuleForm { Frequency = Frequency.Daily, Until = new LocalDate(2027, 1, 10) }.ToRule(Start, Berlin);
        rule.ToString().ShouldBe("FREQ=DAILY;UNTIL=20270110T225959Z");
        new RuleForm { Frequency = Frequency.Daily, Until = new LocalDate(2027, 1, 10) }.ToRule(Start, null).ToString().ShouldBe("FREQ=DAILY;UNTIL=20270110T235959");
        new RuleForm { Frequency = Frequency.Daily, Until = new LocalDate(2027, 1, 10) }.ToRule(Start.Date.AtMidnight(), null, isDates: true).ToString().ShouldBe("FREQ=DAILY;UNTIL=20270110");
    }
}
