using Convene.ICalendar.Tests.Contents;
using Convene.ICalendar.Tests.Corpora;
using Convene.ICalendar.Tests.Reading;
using NodaTime;
using NodaTime.TimeZones;

namespace Convene.ICalendar.Tests.Zones;

public sealed class CalendarZonesTests
{
    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("\"Europe/Berlin\" ", "Europe/Berlin")]
    [InlineData("US/Eastern", "America/New_York")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("w. europe standard time 1", "Europe/Berlin")]
    [InlineData("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin")]
    [InlineData("(GMT-05.00) Eastern Time (US & Canada)", "America/New_York")]
    [InlineData("Pacific Time (US & Canada), Tijuana", "America/Los_Angeles")]
    [InlineData("(UTC-03:00) Brasília", "America/Sao_Paulo")]
    [InlineData("(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/London")]
    [InlineData("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin")]
    [InlineData("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData("/mozilla.org/20070129_1/America/New_York", "America/New_York")]
    [InlineData("/softwarestudio.org/Olson_20011030_5/America/New_York", "America/New_York")]
    [InlineData("tzone://Microsoft/Utc", "Etc/UTC")]
    [InlineData("UTC", "Etc/UTC")]
    [InlineData("UTC+11", "Etc/GMT-11")]
    [InlineData("utc-08", "Etc/GMT+8")]
    [InlineData("UTC+05:30", "UTC+05:30")]
    [InlineData("Customized Time Zone", null)]
    [InlineData("Mars/Olympus", null)]
    [InlineData("(UTC", null)]
    [InlineData("/", null)]
    [InlineData("", null)]
    public void A_zone_has_many_names(string name, string? id) => (CalendarZones.ByName(name)?.Id).ShouldBe(id);

    [CorpusFact]
    public void Windows_names_and_old_links_are_known()
    {
        var count = 0;
        foreach (var line in Corpus.Lines("tz/windows_zones.jsonl"))
        {
            Canonical(CalendarZones.ByName(line.GetProperty("windows").GetString()!)!.Id).ShouldBe(Canonical(line.GetProperty("iana").GetString()!));
            count++;
        }
        foreach (var line in Corpus.Lines("tz/backward_links.jsonl"))
        {
            Canonical(CalendarZones.ByName(line.GetProperty("alias").GetString()!)!.Id).ShouldBe(Canonical(line.GetProperty("target").GetString()!));
            count++;
        }
        count.ShouldBe(139 + 151);

        static string Canonical(string id) => TzdbDateTimeZoneSource.Default.CanonicalIdMap[id];
    }

    [Fact]
    public void An_unknown_zone_is_known_by_its_rules()
    {
        var zone = Read("custom_America/New_York", "DTSTART;TZID=custom_America/New_York:20250602T090000", VTimeZone.For(Examples.Zone("America/New_York"), At(2020), At(2030)));
        (zone.Zone.Id, zone.Source).ShouldBe(("America/New_York", ZoneSource.Rules));
        // As Outlook writes it: the rules of today since 1601.
        zone = Read("Büro", "DTSTART;TZID=Büro:20250602T090000", Berlin1601("Büro"));
        (zone.Zone.Id, zone.Source).ShouldBe(("Europe/Berlin", ZoneSource.Rules));
    }

    [Fact]
    public void A_VTIMEZONE_may_name_the_zone_it_copies()
    {
        var zone = Read("A", "DTSTART;TZID=A:20250602T090000", Named("A", "X-LIC-LOCATION", "Europe/Rome"));
        (zone.Zone.Id, zone.Source).ShouldBe(("Europe/Rome", ZoneSource.Name));

        static CalendarComponent Named(string tzid, string property, string name) =>
            new("VTIMEZONE", [CalendarProperty.Text("TZID", tzid), CalendarProperty.Text(property, name)], Berlin1601(tzid).Components);
    }

    [Fact]
    public void A_zone_like_no_other_is_kept_as_it_is()
    {
        var zone = Read("Ship", "DTSTART;TZID=Ship:20250602T090000",
            new CalendarComponent("VTIMEZONE", [CalendarProperty.Text("TZID", "Ship")],
            [
                Observance("STANDARD", "20200101T000000", "+0030", "+0130", null),
                Observance("DAYLIGHT", "20200401T120000", "+0130", "+0215", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1;BYHOUR=12;BYMINUTE=0"),
                Observance("STANDARD", "20201001T120000", "+0215", "+0130", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;UNTIL=20300101T000000Z"),
            ]));
        zone.Source.ShouldBe(ZoneSource.File);
        zone.Zone.Id.ShouldBe("Ship");
        Offset(1990, 1).ShouldBe(30);
        Offset(2020, 2).ShouldBe(90);
        Offset(2025, 6).ShouldBe(135);
        Offset(2025, 12).ShouldBe(90);
        Offset(2050, 12).ShouldBe(135);
        Offset(9000, 12).ShouldBe(135);

        int Offset(int year, int month) => zone.Zone.GetUtcOffset(Instant.FromUtc(year, month, 15, 0, 0)).Seconds / 60;
    }

    [Fact]
    public void Every_zone_of_tzdb_is_the_same_after_writing_and_reading_its_VTIMEZONE()
    {
        var (from, to) = (Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0));
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = Examples.Zone(id);
            var read = VTimeZone.Read(VTimeZone.For(zone, from, to)).ShouldNotBeNull(id);
            Offsets(read, from, to).ShouldBe(Offsets(zone, from, to), id);
        }
    }

    [Fact]
    public void A_zone_nobody_describes_is_told()
    {
        var contents = CalendarContentsTests.Read(CalendarReaderTests.Calendar("BEGIN:VEVENT\nDTSTART;TZID=Customized Time Zone:20250602T090000\nEND:VEVENT\n"));
        contents.Problems.ShouldHaveSingleItem().What.ShouldContain("Customized Time Zone");
        var start = contents.Items[0].Start!.Value;
        start.Tzid.ShouldBe("Customized Time Zone");
        contents.ToInstant(start, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 2, 7, 0));
    }

    [Fact]
    public void Floating_times_hang_on_the_zone_of_the_calendar_or_of_the_reader()
    {
        const string Event = "BEGIN:VEVENT\nDTSTART:20250602T090000\nDTEND;VALUE=DATE:20250603\nEND:VEVENT\n";
        var own = CalendarContentsTests.Read(CalendarReaderTests.Calendar("X-WR-TIMEZONE:Asia/Tokyo\n" + Event));
        own.ToInstant(own.Items[0].Start!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 2, 0, 0));
        var none = CalendarContentsTests.Read(CalendarReaderTests.Calendar(Event));
        none.ToInstant(none.Items[0].Start!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 2, 7, 0));
        none.ToInstant(none.Items[0].End!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 2, 22, 0));
    }

    [Theory]
    [InlineData("20250330T023000", 1, 30)] // skipped: read with the offset before
    [InlineData("20251026T023000", 0, 30)] // twice: the first
    public void Clock_changes_follow_the_RFC(string local, int hour, int minute)
    {
        CalendarTime.TryParse(local, "Europe/Berlin", out var time).ShouldBeTrue();
        var contents = CalendarContentsTests.Read(CalendarReaderTests.Calendar($"BEGIN:VEVENT\nDTSTART;TZID=Europe/Berlin:{local}\nEND:VEVENT\n"));
        contents.ToInstant(time, DateTimeZone.Utc).ShouldBe(time.Local.Date.At(new LocalTime(hour, minute)).InUtc().ToInstant());
    }

    private static Instant At(int year) => Instant.FromUtc(year, 1, 1, 0, 0);

    private static IEnumerable<(Instant, Offset)> Offsets(DateTimeZone zone, Instant from, Instant to)
    {
        var last = (Offset?)null;
        foreach (var interval in zone.GetZoneIntervals(from, to))
        {
            if (interval.WallOffset != last)
                yield return (interval.HasStart && interval.Start > from ? interval.Start : from, interval.WallOffset);
            last = interval.WallOffset;
        }
    }

    private static CalendarComponent Berlin1601(string tzid) => new(
        "VTIMEZONE", [CalendarProperty.Text("TZID", tzid)],
        [
            Observance("STANDARD", "16010101T030000", "+0200", "+0100", "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"),
            Observance("DAYLIGHT", "16010101T020000", "+0100", "+0200", "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3"),
        ]);

    private static CalendarComponent Observance(string name, string start, string from, string to, string? rule) => new(
        name,
        [
            new("DTSTART", start), new("TZOFFSETFROM", from), new("TZOFFSETTO", to),
            .. rule is null ? (ReadOnlySpan<CalendarProperty>)[] : [new CalendarProperty("RRULE", rule)],
        ]);

    private static CalendarZone Read(string tzid, string start, CalendarComponent zone)
    {
        var text = ContentLines.Write(new CalendarComponent(zone.Name, [.. zone.Properties.Where(p => p.Name != "TZID"), CalendarProperty.Text("TZID", tzid)], zone.Components));
        // VTimeZone.For names the zone it copies; here only its rules may tell.
        text = start.Contains("custom_", StringComparison.Ordinal) ? text.Replace("X-LIC-LOCATION:", "X-WAS:", StringComparison.Ordinal) : text;
        return CalendarContentsTests.Read(CalendarReaderTests.Calendar($"{text.ReplaceLineEndings("\n")}BEGIN:VEVENT\n{start}\nEND:VEVENT\n"))
            .Zones.All.ShouldHaveSingleItem();
    }
}
