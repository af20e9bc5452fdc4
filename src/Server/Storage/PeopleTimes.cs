using System.Collections.Concurrent;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// People's hours and what takes up their time, as searches want them. What was read is kept for as long as the revision of a person's calendar stays
/// the same: who is asked for again costs one row of one statement.
public sealed class PeopleTimes(Store store, IClock clock, Figures figures)
{
    // What is kept: a hundred thousand people with a few dozen entries each.
    private const long MostBytes = 64 << 20;

    // A bitmap makes a search of a few people faster by microseconds, and takes up ten times as much as they do: it is drawn while there is room for more people beside.
    private const long MostBytesToDraw = MostBytes / 2;

    // Rules that many share (the same zone and hours) are kept once.
    private const int MostSchedules = 10_000;

    // A public search reaches over 92 days, a slot lasts a week at most, a buffer a day.
    private const int DaysAhead = 92 + 7 + 2 + 1;

    // System 2's, for people who have set none.
    private static readonly DailyHours NineToFive = new(new LocalTime(9, 0), new LocalTime(17, 0));

    private static readonly HashSet<long> NoOne = [];

    private readonly Recent<long, Known> known = new(MostBytes, (_, one) => one.Size);
    private readonly ConcurrentDictionary<string, Schedule> schedules = new(StringComparer.Ordinal);
    private long searches;

    /// <param name="People">Whose time the asker may see.</param>
    /// <param name="Hidden">Who is known, but does not show their time to the asker.</param>
    public sealed record Found(
        IReadOnlyList<PersonTime> People, IReadOnlyDictionary<long, string> Emails, IReadOnlyList<long> UnknownIds, IReadOnlyList<string> UnknownEmails, IReadOnlySet<long> Hidden)
    {
        public bool Everybody => UnknownIds.Count == 0 && UnknownEmails.Count == 0;
    }

    private sealed record Known(long Revision, PersonTime Time, TimeRange Horizon)
    {
        // With its place among the others.
        private const int Itself = 320;

        // Everybody who has nothing shares one.
        public long Size => Itself + (ReferenceEquals(Time.Busy, BusyCalendar.Empty) ? 0 : Time.Busy.Size);

        public long LastSearch { get; set; }

        public bool IsDrawn { get; set; }
    }

    /// One statement if everybody is known, otherwise four, however many they are; one more where people show their time only to those they meet. All of what is found is of one moment.
    /// <param name="viewer">Null: somebody who is not signed in.</param>
    public async Task<Found> Load(IReadOnlyList<long> ids, IReadOnlyList<string> emails, TimeRange window, long? viewer)
    {
        var (search, horizon) = (Interlocked.Increment(ref searches), Horizon());
        var keep = horizon.Start <= window.Start && window.End <= horizon.End;
        if (keep)
        {
            var people = await store.ReadOne(tx => Revisions.Of(tx, ids, emails));
            IReadOnlySet<long> hidden = people.All(p => p.FreeBusy == Visibility.Everybody) ? NoOne : await store.ReadOne(tx => Hidden(tx, people, viewer));
            var shown = people.Where(p => !hidden.Contains(p.Id)).ToArray();
            var times = shown.Select(p => Recall(p, window, search)).OfType<PersonTime>().ToArray();
            if (times.Length == shown.Length)
            {
                figures.LookedUp(times.Length, 0);
                return Answer(people, times, hidden);
            }
        }

        // Revisions again: what is read now must be of the same moment as they are.
        return await store.Read(async tx =>
        {
            var people = await Revisions.Of(tx, ids, emails);
            var hidden = await Hidden(tx, people, viewer);
            var shown = people.Where(p => !hidden.Contains(p.Id)).ToArray();
            var times = shown.ToDictionary(p => p.Id, p => keep ? Recall(p, window, search) : null);
            var missing = shown.Where(p => times[p.Id] is null).ToArray();
            figures.LookedUp(shown.Length - missing.Length, missing.Length);
            var when = keep ? horizon : window;
            var rules = await Schedules.Of(tx, [.. missing.Select(p => (p.Id, p.Timezone))], when);
            var busy = (await BusyTimes.Ranges(tx, missing.Select(p => p.Id), when)).ToLookup(b => b.PersonId, b => b.Range);
            foreach (var person in missing)
            {
                var time = new PersonTime(person.Id, Shared(rules[person.Id]), BusyCalendar.Of(busy[person.Id]));
                times[person.Id] = time;
                if (keep)
                    known.Keep(person.Id, new Known(person.Revision, time, horizon) { LastSearch = search });
            }

            return Answer(people, [.. shown.Select(p => times[p.Id]!)], hidden);
        });

        static Task<IReadOnlySet<long>> Hidden(Tx tx, IReadOnlyList<Revisions.Row> people, long? viewer) => Visibility.Hidden(tx, people.Select(p => (p.Id, p.FreeBusy)), viewer);

        Found Answer(IReadOnlyList<Revisions.Row> people, PersonTime[] times, IReadOnlySet<long> hidden)
        {
            var (byId, byEmail) = (people.ToDictionary(p => p.Id, p => p.Email ?? ""), people.Select(p => p.Email).ToHashSet(StringComparer.Ordinal));
            return new Found(times, byId, [.. ids.Distinct().Where(id => !byId.ContainsKey(id))], [.. emails.Distinct(StringComparer.Ordinal).Where(e => !byEmail.Contains(e))], hidden);
        }
    }

    // Whole days, so that people who are read on the same day share what is drawn of their hours.
    private TimeRange Horizon()
    {
        var today = clock.GetCurrentInstant().InUtc().Date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        return new TimeRange(today - Duration.FromDays(2), today + Duration.FromDays(DaysAhead));
    }

    private PersonTime? Recall(Revisions.Row person, TimeRange window, long search)
    {
        if (known.Find(person.Id) is not { } one || one.Revision != person.Revision || window.Start < one.Horizon.Start || window.End > one.Horizon.End)
            return null;
        // Whoever is asked for a second time may be asked for a third: then it pays.
        if (one.LastSearch != search && !one.IsDrawn && known.Bytes < MostBytesToDraw)
        {
            one.Time.DrawBitmaps(one.Horizon);
            one.IsDrawn = true;
            known.Keep(person.Id, one);
        }

        one.LastSearch = search;
        return one.Time;
    }

    private Schedule Shared(Schedules.Rules rules)
    {
        if (schedules.Count > MostSchedules)
            schedules.Clear();
        return schedules.GetOrAdd(rules.Text, _ => rules.With(rules.Weekly ?? Schedule.Week(NineToFive)));
    }
}
