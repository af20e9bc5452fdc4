using System.Diagnostics;
using Convene.Scheduling.Recurrence;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

public sealed class RuleTests
{
    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(MadeRules.Any().ToArbitrary(), made =>
    {
        RecurrenceRule.Parse(made.Rule.ToString()).ShouldBe(made.Rule);
        RecurrenceRule.Parse(made.Rule.ToString().ToLowerInvariant()).ShouldBe(made.Rule);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(MadeRules.Runs));

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20300101T000000Z", "COUNT")]
    [InlineData("FREQ=DAILY;BYSETPOS=1", "BYSETPOS")]
    [InlineData("FREQ=MONTHLY;SKIP=FORWARD", "SKIP")]
    [InlineData("FREQ=DAILY;;COUNT=2", "RRULE")]
    [InlineData("RRULE:FREQ=DAILY", "RRULE")]
    [InlineData(" FREQ=DAILY", "RRULE")]
    [InlineData("FREQ=DAILY;X-SOMETHING=1", "RRULE")]
    public void What_has_one_obvious_meaning_is_refused_strictly_and_mended_tolerantly(string text, string part)
    {
        RecurrenceRule.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem!.Part.ShouldBe(part);
        var reading = RecurrenceRule.Read(text);
        reading.Rule.ShouldNotBeNull();
        reading.Mended.ShouldContain(m => m.Part == part);
        Should.Throw<FormatException>(() => RecurrenceRule.Parse(text)).Message.ShouldStartWith(part);
    }

    [Theory]
    [InlineData(null, "RRULE")]
    [InlineData("BYDAY=MO", "FREQ")]
    [InlineData("FREQ=FORTNIGHTLY", "FREQ")]
    [InlineData("FREQ=3", "FREQ")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "FREQ")]
    [InlineData("FREQ=DAILY;COUNT=0", "COUNT")]
    [InlineData("FREQ=DAILY;COUNT=+1", "COUNT")]
    [InlineData("FREQ=DAILY;INTERVAL=2147483648", "INTERVAL")]
    [InlineData("FREQ=YEARLY;BYMONTHDAY=+32", "BYMONTHDAY")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=10;BYDAY=2MO", "BYDAY")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO", "BYDAY")]
    [InlineData("FREQ=WEEKLY;BYDAY=M", "BYDAY")]
    [InlineData("FREQ=WEEKLY;UNTIL=20300230", "UNTIL")]
    [InlineData("FREQ=WEEKLY;UNTIL=20300101T250000Z", "UNTIL")]
    [InlineData("RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L", "RSCALE")]
    [InlineData("FREQ=WEEKLY;SOMETHING=1", "RRULE")]
    public void What_has_none_is_refused_by_the_part_that_is_wrong(string? text, string part)
    {
        RecurrenceRule.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem!.Part.ShouldBe(part);
        problem.Reason.ShouldEndWith(".");
        RecurrenceRule.Read(text).Rule.ShouldBeNull();
    }

    [Fact]
    public void A_plus_before_a_number_is_read() => RecurrenceRule.Parse("FREQ=MONTHLY;BYDAY=+1MO;BYMONTHDAY=+3").ToString().ShouldBe("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3");

    [CorporaFact]
    public void Wrong_rules_of_the_corpus_are_refused_or_answered_within_the_budget()
    {
        foreach (var line in Corpora.Lines("rrule/invalid.jsonl"))
        {
            var text = line.GetProperty("rrule").GetString()!;
            var hard = line.TryGetProperty("hard", out _);
            var watch = Stopwatch.StartNew();
            var reading = RecurrenceRule.Read(text);
            if (hard)
                reading.Rule.ShouldNotBeNull(text);
            else
                RecurrenceRule.TryParse(text, out _, out _).ShouldBeFalse(text);
            if (reading.Rule is { } rule)
                new Series(new LocalDateTime(2026, 1, 1, 0, 0), DateTimeZoneProviders.Tzdb["America/New_York"]) { Rules = [rule] }.Expand().Take(1_000);
            watch.Elapsed.TotalSeconds.ShouldBeLessThan(2, text);
        }
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4")]
    [InlineData("FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2")]
    [InlineData("FREQ=HOURLY;INTERVAL=24;BYHOUR=5")]
    [InlineData("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=MONTHLY;BYDAY=1TH;BYSETPOS=2")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1;INTERVAL=400")]
    [InlineData("FREQ=DAILY;INTERVAL=7;BYDAY=FR")]
    public void A_rule_that_never_matches_is_known_to_have_nothing(string text)
    {
        // A Thursday.
        var found = new Series(new LocalDateTime(2026, 1, 1, 9, 0), null) { Rules = [RecurrenceRule.Parse(text)] }.Expand().Take(1);
        (found.Occurrences.Count, found.End).ShouldBe((0, ExpansionEnd.Complete));
    }

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=2147483647", 1)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2147483647", 1)]
    [InlineData("FREQ=MONTHLY;INTERVAL=2147483647", 1)]
    [InlineData("FREQ=YEARLY;INTERVAL=10000000;COUNT=2", 1)]
    [InlineData("FREQ=SECONDLY;INTERVAL=2147483647;UNTIL=20940201T000000", 2)]
    [InlineData("FREQ=YEARLY;INTERVAL=1000", 8)]
    public void Huge_intervals_end_with_the_calendar(string text, int count)
    {
        var found = new Series(new LocalDateTime(2026, 1, 1, 9, 0), null) { Rules = [RecurrenceRule.Parse(text)] }.Expand().Take(100);
        (found.Occurrences.Count, found.End).ShouldBe((count, ExpansionEnd.Complete));
    }

    [Fact]
    public void The_calendar_ends_with_the_year_9999_and_so_does_every_series()
    {
        foreach (var zone in (string?[])[null, "Pacific/Apia", "Pacific/Pago_Pago"])
        {
            var series = new Series(new LocalDateTime(9998, 12, 31, 22, 0), zone is null ? null : DateTimeZoneProviders.Tzdb[zone]) { Rules = [new RecurrenceRule(Frequency.Daily)], Length = OccurrenceLength.OfDays(3) };
            var all = series.Expand().Take(1_000).Occurrences;
            all.Count.ShouldBe(zone == "Pacific/Pago_Pago" ? 365 : 366);
            all[^1].Start.InUtc().Year.ShouldBe(9999);
            series.EndOf(all[^1]).ShouldBe(Instant.MaxValue);
            series.Overlapping(new Convene.Scheduling.Time.TimeRange(Instant.FromUtc(9999, 12, 30, 0, 0), Instant.MaxValue)).Take(10).Occurrences.Count.ShouldBeGreaterThan(2);
        }
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("Pacific/Apia", 1)]
    [InlineData("Pacific/Pago_Pago", 0)]
    public void A_series_may_begin_on_the_last_day_of_the_calendar_unless_its_instant_is_beyond(string? zone, int count)
    {
        var start = new LocalDateTime(9999, 12, 31, 22, 0);
        foreach (var rules in (RecurrenceRule[][])[[], [new RecurrenceRule(Frequency.Yearly)]])
            new Series(start, zone is null ? null : DateTimeZoneProviders.Tzdb[zone]) { Rules = rules, Dropped = [new Convene.Scheduling.Time.GivenTime(start, Offset.FromHours(-18))] }
                .Expand().Take(5).Occurrences.Count.ShouldBe(count);
    }

    [Fact]
    public void The_first_day_of_the_calendar_is_in_it()
    {
        foreach (var frequency in Enum.GetValues<Frequency>())
            new Series(new LocalDateTime(1, 1, 1, 0, 0), DateTimeZoneProviders.Tzdb["Asia/Tokyo"]) { Rules = [new RecurrenceRule(frequency) { WeekStart = IsoDayOfWeek.Sunday }] }.Expand().First()!.Value.Wall.ShouldBe(new LocalDateTime(1, 1, 1, 0, 0));
    }

    [Fact]
    public void Long_texts_and_lists_are_read_or_refused_quickly()
    {
        var watch = Stopwatch.StartNew();
        RecurrenceRule.Read("FREQ=YEARLY;BYYEARDAY=" + string.Join(",", Enumerable.Range(1, 366))).Rule!.ByYearDay.Count.ShouldBe(366);
        RecurrenceRule.Read("FREQ=DAILY;BYHOUR=" + string.Join(",", Enumerable.Repeat("1", 9_000))).Rule!.ByHour.ShouldBe([1]);
        RecurrenceRule.Read("FREQ=DAILY;BYHOUR=" + new string('1', 1_000_000)).Problem!.Reason.Length.ShouldBeLessThan(200);
        RecurrenceRule.Read(new string(';', 20_000)).Rule.ShouldBeNull();
        var dense = "FREQ=DAILY;BYHOUR=" + string.Join(",", Enumerable.Range(0, 24)) + ";BYMINUTE=" + string.Join(",", Enumerable.Range(0, 60)) + ";BYSECOND=" + string.Join(",", Enumerable.Range(0, 60));
        var yearly = dense.Replace("DAILY", "YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", StringComparison.Ordinal);
        // What it takes out is never reached within the budget: no answer, but at once.
        new Series(new LocalDateTime(2026, 1, 1, 9, 0), null) { Rules = [RecurrenceRule.Parse("FREQ=YEARLY;INTERVAL=100")], ExceptionRules = [RecurrenceRule.Parse(dense)] }
            .Expand().Take(1_000).End.ShouldBe(ExpansionEnd.BudgetSpent);
        new Series(new LocalDateTime(2026, 1, 1, 9, 0), null) { Rules = [RecurrenceRule.Parse(yearly + ";COUNT=2000000000;BYSETPOS=-1")] }
            .Expand(Instant.FromUtc(5000, 1, 1, 0, 0)).Take(3).Occurrences.Count.ShouldBe(3);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(10);
    }

    [Fact]
    public void A_spent_budget_is_told()
    {
        var series = new Series(new LocalDateTime(2026, 1, 1, 9, 0), null) { Rules = [RecurrenceRule.Parse("FREQ=DAILY;BYMONTH=1;BYMONTHDAY=1;BYDAY=MO")] };
        series.Expand(budget: 10).Take(1).End.ShouldBe(ExpansionEnd.BudgetSpent);
        series.Expand().Take(1).End.ShouldBe(ExpansionEnd.Limited);
    }
}
