using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Features.Mail;

/// Times as people read them in mails: in their zone, with the zone named.
internal static class Wording
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("dddd, d MMMM uuuu", CultureInfo.InvariantCulture);
    private static readonly LocalTimePattern Minute = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);

    /// `Monday, 12 January 2026, 14:00–15:00 (Asia/Dhaka, UTC+06)`; over midnight both days are named.
    public static string When(Instant start, Instant end, DateTimeZone zone)
    {
        var from = start.InZone(zone);
        var to = end.InZone(zone);
        var until = from.Date == to.Date ? $"–{Minute.Format(to.TimeOfDay)}" : $" – {Day.Format(to.Date)}, {Minute.Format(to.TimeOfDay)}";
        return $"{Day.Format(from.Date)}, {Minute.Format(from.TimeOfDay)}{until} ({Name(from)})";
    }

    public static string At(Instant time, DateTimeZone zone) => $"{Day.Format(time.InZone(zone).Date)}, {Minute.Format(time.InZone(zone).TimeOfDay)} ({Name(time.InZone(zone))})";

    private static string Name(ZonedDateTime time)
    {
        if (time.Zone.Id is "UTC" or "Etc/UTC")
            return "UTC";
        return $"{time.Zone.Id}, UTC{OffsetPattern.GeneralInvariant.Format(time.Offset)}";
    }
}
