using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Features.Slots;

/// Who is searched for: their hours and their busy time, in two statements however many they are.
internal static class SearchPeople
{
    public sealed record Found(IReadOnlyList<PersonTime> People, IReadOnlyDictionary<long, string> Emails, IReadOnlyList<long> UnknownIds, IReadOnlyList<string> UnknownEmails);

    public static async Task<Found> Load(Tx tx, IReadOnlyCollection<long> ids, IReadOnlyCollection<string> emails, TimeRange window)
    {
        var rows = await PeopleRows.WithHours(tx, ids, emails);
        var busy = (await BusyTimes.Overlapping(tx, rows.Select(r => r.Id), window, viewer: 0)).ToLookup(b => b.PersonId);
        var schedules = rows.Select(r => (r.Timezone, r.WorkingHoursStart, r.WorkingHoursEnd)).Distinct().ToDictionary(h => h, h => Hours(h.Timezone, h.WorkingHoursStart, h.WorkingHoursEnd));
        return new Found(
            [.. rows.Select(r => new PersonTime(r.Id, schedules[(r.Timezone, r.WorkingHoursStart, r.WorkingHoursEnd)], TimeRanges.Of(busy[r.Id].Select(b => b.Busy.Range))))],
            rows.ToDictionary(r => r.Id, r => r.Email ?? ""),
            [.. ids.Except(rows.Select(r => r.Id))],
            [.. emails.Except(rows.Select(r => r.Email ?? ""), StringComparer.Ordinal)]);
    }

    private static Schedule Hours(string? zone, string start, string end) => Schedule.EveryDay(
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone ?? "UTC") ?? DateTimeZone.Utc,
        new DailyHours(LocalTimePattern.ExtendedIso.Parse(start).Value, LocalTimePattern.ExtendedIso.Parse(end).Value));
}
