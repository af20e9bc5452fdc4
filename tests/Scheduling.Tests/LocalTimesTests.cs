using Convene.Scheduling.Time;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Convene.Scheduling.Tests;

public sealed class LocalTimesTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    private static readonly LocalDateTimePattern Basic = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    [CorporaFact]
    public void Every_case_of_the_corpus_is_the_instant_it_says()
    {
        var wrong = Corpora.Lines("tz/local_to_utc.jsonl").Where(c =>
        {
            var wall = Basic.Parse(c.GetProperty("local").GetString()!).Value;
            var zone = DateTimeZoneProviders.Tzdb[c.GetProperty("tzid").GetString()!];
            return LocalTimes.ToInstant(wall, zone, LocalTimes.Rfc5545) != Basic.Parse(c.GetProperty("utc").GetString()!.TrimEnd('Z')).Value.InUtc().ToInstant();
        }).Select(c => c.ToString()).ToList();
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_skipped_time_is_read_with_the_offset_before_the_gap_and_a_doubled_one_is_the_first()
    {
        LocalTimes.ToInstant(new LocalDateTime(2030, 3, 10, 2, 30), NewYork, LocalTimes.Rfc5545).ShouldBe(Instant.FromUtc(2030, 3, 10, 7, 30));
        LocalTimes.ToInstant(new LocalDateTime(2030, 11, 3, 1, 30), NewYork, LocalTimes.Rfc5545).ShouldBe(Instant.FromUtc(2030, 11, 3, 5, 30));
    }

    [Fact]
    public void Another_policy_may_refuse_them() =>
        Should.Throw<SkippedTimeException>(() => LocalTimes.ToInstant(new LocalDateTime(2030, 3, 10, 2, 30), NewYork, Resolvers.StrictResolver));

    [Fact]
    public void A_given_offset_beats_the_zone()
    {
        var wall = new LocalDateTime(2030, 7, 1, 9, 0);
        new GivenTime(wall, null).In(NewYork).ShouldBe(Instant.FromUtc(2030, 7, 1, 13, 0));
        new GivenTime(wall, Offset.FromHours(2)).In(NewYork).ShouldBe(Instant.FromUtc(2030, 7, 1, 7, 0));
    }
}
