using System.Text.Json.Serialization;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Who of these people is busy at a time? Asked before booking; what others' meetings are about is not told.
/// Who asks at the same time shares the statements.
public sealed class CheckConflicts
{
    private readonly Lookups<Asked, Found> lookups;

    public CheckConflicts(Store store) => lookups = new Lookups<Asked, Found>(store, Find, f => f.Asked);

    /// <param name="Emails">As typed; the answer names them the same way.</param>
    /// <param name="Except">A meeting that does not count: the one being moved.</param>
    public sealed record Request(GivenTime Start, GivenTime End, DateTimeZone Zone, IReadOnlyList<string> Emails, string? Except);

    /// <summary>Who is busy.</summary>
    /// <param name="Hidden">Who does not show the asker when they are busy, as they were named: nothing is said of them.</param>
    public sealed record Result(
        bool HasConflicts, IReadOnlyDictionary<string, IReadOnlyList<Clash>> Conflicts,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Hidden = null);

    public async Task<Outcome<Result>> Handle(Actor actor, Request request)
    {
        var (start, end) = (request.Start.In(request.Zone), request.End.In(request.Zone));
        if (end <= start)
            return new Refusals.Invalid("non_field_errors", "end_time must be after start_time.");
        if (end - start > MeetingRules.LongestMeeting)
            return new Refusal.LastsTooLong();

        return (await lookups.Find(new Asked(actor.Id, request, new TimeRange(start, end))))!.Result;
    }

    // Nothing is decided from it: a booking looks for itself. So it may be of several moments, and needs no transaction.
    private static async Task<IReadOnlyList<Found>> Find(Tx tx, Asked[] asked)
    {
        var people = (await PeopleRows.ByEmail(tx, asked.SelectMany(a => a.Emails).Distinct(StringComparer.Ordinal))).ToDictionary(p => p.Email!, StringComparer.Ordinal);
        var questions = new List<BusyTimes.Question>();
        var hidden = new List<IReadOnlySet<long>>();
        foreach (var a in asked)
        {
            var named = a.Emails.Where(people.ContainsKey).Select(e => people[e]).ToArray();
            hidden.Add(await Visibility.Hidden(tx, named.Select(p => (p.Id, p.FreeBusy)), a.Viewer));
            questions.Add(new BusyTimes.Question([.. named.Select(p => p.Id).Where(p => !hidden[^1].Contains(p))], a.When, a.Viewer));
        }

        var busy = await BusyTimes.Overlapping(tx, questions);
        return [.. asked.Select((a, n) => new Found(a, a.Answer(people, hidden[n], busy[n])))];
    }

    /// One question, which equals no other.
    private sealed class Asked(long viewer, Request request, TimeRange when)
    {
        public long Viewer => viewer;

        public TimeRange When => when;

        public IReadOnlyCollection<string> Emails { get; } = [.. request.Emails.Select(e => e.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

        public Result Answer(IReadOnlyDictionary<string, PeopleRows.Person> people, IReadOnlySet<long> hidden, IReadOnlyList<BusyTimes.Row> rows)
        {
            var busy = rows.Where(b => b.Uuid != request.Except).ToLookup(b => b.PersonId);
            var (conflicts, untold) = (new Dictionary<string, IReadOnlyList<Clash>>(StringComparer.Ordinal), new List<string>());
            foreach (var email in request.Emails)
            {
                if (!people.TryGetValue(email.ToLowerInvariant(), out var person))
                    continue;
                if (hidden.Contains(person.Id))
                    untold.Add(email);
                else if (busy.Contains(person.Id))
                    conflicts[email] = [.. busy[person.Id].Select(Clash.Of)];
            }

            return new Result(conflicts.Count > 0, conflicts, untold.Count == 0 ? null : untold);
        }
    }

    private sealed record Found(Asked Asked, Result Result);
}
