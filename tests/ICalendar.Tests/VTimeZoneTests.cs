using NodaTime;

namespace Convene.ICalendar.Tests;

public sealed class VTimeZoneTests
{
    /// <summary>The spans to cover: long ago, the usual, one day, across every change of rules in tzdb, and far ahead.</summary>
    public static TheoryData<string, string> Spans => new()
    {
        { "1850-01-01", "1960-01-01" },
        { "1960-01-01", "2045-01-01" },
        { "2000-02-29", "2008-12-31" },
        { "2007-01-15", "2007-01-15" },
        { "2024-11-01", "2027-11-01" },
        { "2025-06-02", "2025-06-02" },
        { "2025-12-31", "2026-01-01" },
        { "2035-01-01", "2120-01-01" },
        { "2086-01-01", "2088-01-01" },
        { "2500-07-01", "2501-07-01" },
        { "9995-01-01", "9999-12-30" },
    };

    [Theory]
    [MemberData(nameof(Spans))]
    public void Every_zone_of_tzdb_has_the_right_offset_at_every_instant_asked_for(string from, string to)
    {
        var (start, end) = (At(from), At(to));
        var random = new Random(20250602);
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = Examples.Zone(id);
            var written = new VTimeZoneReader(VTimeZone.For(zone, start, end), end.InUtc().Year);
            foreach (var instant in Probes(zone, start, end, random))
            {
                var (offset, expected) = (written.OffsetAt(instant.ToDateTimeUtc()), zone.GetUtcOffset(instant).Seconds);
                if (offset != expected)
                    throw new ShouldAssertException($"{id} at {instant}: wrote {offset} s, tzdb has {expected} s.");
            }
        }
    }

    [Fact]
    public void Berlin_is_two_yearly_rules() =>
        Examples.Lines(VTimeZone.For(Examples.Berlin, At("2025-06-02"), At("2025-06-02"))).ShouldBe(
        [
            "BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "X-LIC-LOCATION:Europe/Berlin",
            "BEGIN:STANDARD", "DTSTART:20251026T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:20250330T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
            "END:VTIMEZONE",
        ], ignoreOrder: true);

    [Theory]
    [InlineData("America/New_York", "DAYLIGHT 20250309T020000 BYMONTH=3;BYDAY=2SU", "STANDARD 20251102T020000 BYMONTH=11;BYDAY=1SU")]
    [InlineData("Europe/Dublin", "DAYLIGHT 20250330T010000 BYMONTH=3;BYDAY=-1SU", "STANDARD 20251026T020000 BYMONTH=10;BYDAY=-1SU")]
    [InlineData("Australia/Lord_Howe", "STANDARD 20250406T020000 BYMONTH=4;BYDAY=1SU", "DAYLIGHT 20251005T020000 BYMONTH=10;BYDAY=1SU")]
    [InlineData(
        "Asia/Jerusalem",
        "DAYLIGHT 20250328T020000 BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR",
        "STANDARD 20251026T020000 BYMONTH=10;BYDAY=-1SU")]
    [InlineData("Antarctica/Troll", "DAYLIGHT 20250330T010000 BYMONTH=3;BYDAY=-1SU", "STANDARD 20251026T030000 BYMONTH=10;BYDAY=-1SU")]
    [InlineData(
        "Africa/Cairo",
        "DAYLIGHT 20250425T000000 BYMONTH=4;BYDAY=-1FR",
        "STANDARD 20251031T000000 BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR",
        "STANDARD 20301101T000000 BYMONTH=11;BYMONTHDAY=1;BYDAY=FR")]
    [InlineData("Africa/Casablanca", "DAYLIGHT 20250406T020000", "STANDARD 20260215T030000", "DAYLIGHT 20260322T020000")]
    [InlineData("Asia/Tehran", "STANDARD 20220922T000000")]
    [InlineData("America/Sao_Paulo", "STANDARD 20190217T000000")]
    [InlineData("Asia/Kathmandu", "STANDARD 19860101T000000")]
    [InlineData("Etc/GMT+5", "STANDARD 19700101T000000")]
    [InlineData("UTC", "STANDARD 19700101T000000")]
    public void A_zone_is_written_by_its_rules(string id, params string[] expected)
    {
        var written = new VTimeZoneReader(VTimeZone.For(Examples.Zone(id), At("2025-06-02"), At("2025-06-03")), 2030);
        written.Observances
            .Select(o => $"{o["KIND"]} {o["DTSTART"]} {o.GetValueOrDefault("RRULE")}".TrimEnd())
            .Select(line => line.Replace("FREQ=YEARLY;", "", StringComparison.Ordinal))
            .ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void Years_before_the_rules_of_today_are_written_change_by_change()
    {
        var written = new VTimeZoneReader(VTimeZone.For(Examples.Zone("America/New_York"), At("2005-01-01"), At("2030-01-01")), 2030);
        written.Observances.Count(o => !o.ContainsKey("RRULE")).ShouldBe(5);
        written.Observances.Count(o => o.ContainsKey("RRULE")).ShouldBe(2);
    }

    [Fact]
    public void A_zone_that_never_changed_starts_before_the_time_asked_for()
    {
        var zone = DateTimeZone.ForOffset(Offset.FromHoursAndMinutes(-3, 30));
        Examples.Lines(VTimeZone.For(zone, At("1850-03-04"), At("1850-03-05"))).ShouldContain("DTSTART:18500303T000000");
        Examples.Lines(VTimeZone.For(zone, At("2025-03-04"), At("2025-03-05"))).ShouldContain("DTSTART:19700101T000000");
    }

    [Fact]
    public void Seconds_of_an_offset_are_written_where_there_are_any() =>
        Examples.Lines(VTimeZone.For(Examples.Zone("America/New_York"), At("1880-01-01"), At("1880-01-01")))
            .ShouldContain("TZOFFSETTO:-045602");

    [Fact]
    public void A_span_that_ends_before_it_starts_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => VTimeZone.For(Examples.Berlin, At("2025-01-02"), At("2025-01-01")));

    [Fact]
    public void Years_without_four_digits_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => VTimeZone.For(Examples.Berlin, Instant.MinValue, At("2025-01-01")));
        Should.Throw<ArgumentOutOfRangeException>(() => VTimeZone.For(Examples.Berlin, At("2025-01-01"), Instant.MaxValue));
    }

    /// <summary>Both ends, both sides of each change, and a few instants in between.</summary>
    private static IEnumerable<Instant> Probes(DateTimeZone zone, Instant start, Instant end, Random random)
    {
        yield return start;
        yield return end;
        foreach (var change in zone.GetZoneIntervals(start, end + Duration.Epsilon).Skip(1).Select(interval => interval.Start))
        {
            yield return change - Duration.FromSeconds(1);
            yield return change;
        }
        for (var i = 0; i < 20; i++)
            yield return start + Duration.FromSeconds(random.NextInt64((long)(end - start).TotalSeconds + 1));
    }

    private static Instant At(string date) => NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value.AtMidnight().InUtc().ToInstant();
}
