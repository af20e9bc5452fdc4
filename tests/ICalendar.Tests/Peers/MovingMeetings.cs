using NodaTime;

namespace Convene.ICalendar.Tests.Peers;

/// <summary>Meetings in many zones, around and between the changes of their offsets, for the peers to convert back to UTC.</summary>
internal static class MovingMeetings
{
    private static readonly string[] Zones =
    [
        "Europe/Berlin", "Europe/Dublin", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "America/Santiago",
        "America/Nuuk", "America/Havana", "Africa/Casablanca", "Africa/Cairo", "Africa/Lagos", "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza",
        "Asia/Jerusalem", "Asia/Beirut", "Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Easter",
        "Pacific/Apia", "Antarctica/Troll", "Etc/GMT+5", "UTC",
    ];

    private static readonly double[] HoursAround = [-26, -4, -1.5, -0.5, 0, 0.5, 1.5, 4];

    /// <summary>For each zone and six years: one a month, and the hours around each change, the repeated hour among them.</summary>
    public static MeetingEvent[] All { get; } =
    [
        .. from id in Zones
           let zone = Examples.Zone(id)
           from start in Starts(zone)
           select Examples.Review with
           {
               Uid = $"{id}/{start}",
               Zone = zone,
               Start = start,
               End = start + Duration.FromMinutes(45),
           },
    ];

    private static IEnumerable<Instant> Starts(DateTimeZone zone)
    {
        var (from, to) = (Instant.FromUtc(2024, 1, 15, 12, 0), Instant.FromUtc(2030, 12, 31, 0, 0));
        var monthly = Enumerable.Range(0, 80).Select(i => from + Duration.FromDays(31 * i));
        var changes = zone.GetZoneIntervals(from, to).Skip(1).Select(interval => interval.Start);
        return monthly
            .Concat(changes.SelectMany(change => HoursAround.Select(hours => change + Duration.FromHours(hours))))
            .Distinct()
            .Order();
    }
}
