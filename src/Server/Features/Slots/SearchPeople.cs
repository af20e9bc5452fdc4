using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Slots;

/// Who is searched for: their hours and what takes up their time, in three statements however many they are.
internal static class SearchPeople
{
    // System 2's, for people who have set none.
    private static readonly DailyHours NineToFive = new(new LocalTime(9, 0), new LocalTime(17, 0));

    public sealed record Found(IReadOnlyList<PersonTime> People, IReadOnlyDictionary<long, string> Emails, IReadOnlyList<long> UnknownIds, IReadOnlyList<string> UnknownEmails);

    public static async Task<Found> Load(Tx tx, IReadOnlyCollection<long> ids, IReadOnlyCollection<string> emails, TimeRange window)
    {
        var rows = await PeopleRows.ByIdOrEmail(tx, ids, emails);
        var rules = await Schedules.Of(tx, [.. rows.Select(r => (r.Id, r.Timezone))], window);
        var busy = (await BusyTimes.Entries(tx, rows.Select(r => r.Id), window, viewer: 0)).ToLookup(b => b.PersonId);
        return new Found(
            [.. rows.Select(r => Time(r.Id, rules[r.Id], busy[r.Id]))],
            rows.ToDictionary(r => r.Id, r => r.Email ?? ""),
            [.. ids.Except(rows.Select(r => r.Id))],
            [.. emails.Except(rows.Select(r => r.Email ?? ""), StringComparer.Ordinal)]);
    }

    private static PersonTime Time(long person, Schedules.Rules rules, IEnumerable<BusyTimes.Row> busy)
    {
        var schedule = rules.With(rules.Weekly ?? Schedule.Week(NineToFive));
        return new PersonTime(person, schedule, BusyCalendar.Of(busy.Select(b => b.Busy.Range)));
    }
}
