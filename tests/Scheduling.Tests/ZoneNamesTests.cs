using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Tests;

public sealed class ZoneNamesTests
{
    [CorporaFact]
    public void Old_names_mean_the_zone_that_replaced_them()
    {
        var wrong = Corpora.Lines("tz/backward_links.jsonl").Select(l => (Alias: l.GetProperty("alias").GetString()!, Target: l.GetProperty("target").GetString()!))
            .Where(l => ZoneNames.Find(l.Alias) is not { } found || !Same(found, DateTimeZoneProviders.Tzdb[l.Target])).ToList();
        wrong.ShouldBeEmpty();
    }

    [CorporaFact]
    public void Windows_names_mean_their_zone()
    {
        var wrong = Corpora.Lines("tz/windows_zones.jsonl").Select(l => (Windows: l.GetProperty("windows").GetString()!, Iana: l.GetProperty("iana").GetString()!, Found: ZoneNames.Id(l.GetProperty("windows").GetString())))
            .Where(l => l.Found is null || ZoneNames.Id(l.Iana) != l.Found).ToList();
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData(" \"W. Europe Standard Time\" ", "Europe/Berlin")]
    [InlineData("US/Eastern", "America/New_York")]
    [InlineData("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Ushuaia", "America/Argentina/Ushuaia")]
    [InlineData("/mozilla.org/20050126_1/Europe/Paris", "Europe/Paris")]
    [InlineData("UTC", "Etc/UTC")]
    [InlineData("Mars/Olympus", null)]
    [InlineData("/", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Names_are_taken_as_calendars_write_them(string? written, string? id) => ZoneNames.Id(written).ShouldBe(id);

    [Fact]
    public void Every_id_of_the_tz_database_is_a_name() => DateTimeZoneProviders.Tzdb.Ids.Where(id => ZoneNames.Find(id) is null).ShouldBeEmpty();

    private static bool Same(DateTimeZone one, DateTimeZone other) =>
        one.GetZoneIntervals(Instant.FromUtc(1970, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0)).Select(i => (i.WallOffset, i.HasEnd ? i.End : Instant.MaxValue))
            .SequenceEqual(other.GetZoneIntervals(Instant.FromUtc(1970, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0)).Select(i => (i.WallOffset, i.HasEnd ? i.End : Instant.MaxValue)));
}
