using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;

namespace Convene.Server.Features.Recurrence;

/// Who takes part in which occurrence of a series that changes: some stay, some are taken off, some join.
internal sealed class SeriesSeats
{
    private readonly SeriesPlan plan;
    private readonly ILookup<long, ParticipantRows.Participant> guests;
    private readonly Dictionary<long, ParticipantRows.Participant> there;
    private readonly long[] joining;

    public SeriesSeats(
        Part part, SeriesPlan plan, ILookup<long, ParticipantRows.Participant> guests, Dictionary<string, Invitee>? wanted, IReadOnlyDictionary<string, PeopleRows.Person> invited)
    {
        (this.plan, this.guests) = (plan, guests);
        Own = part.Affected.Select(e => e.Id).ToHashSet();
        there = guests.SelectMany(g => g).GroupBy(g => g.PersonId).ToDictionary(g => g.Key, g => g.First());
        joining = [.. invited.Values.Select(p => p.Id).Where(p => !there.ContainsKey(p))];
        Removed = wanted is null ? [] : [.. there.Values.Where(g => !wanted.ContainsKey(g.Email)).Select(g => g.PersonId)];
        foreach (var person in there.Values)
            (Roles[person.PersonId], Names[person.PersonId]) = ((person.Name, person.Role), (person.Email, person.Name));
        foreach (var person in invited.Values)
        {
            var given = wanted![person.Email!];
            var role = given.Role(there.TryGetValue(person.Id, out var old) ? old.Role : Words.Attendee);
            ChangesCohosts |= role == Words.Cohost != (old?.IsCohost ?? false);
            if (old is not null && (old.Role != role || given.Name is { } name && name != old.Name))
                Renamed.Add(person.Id);
            (Roles[person.Id], Names[person.Id]) = ((given.Name ?? old?.Name ?? "", role), (person.Email!, given.Name ?? person.Name));
        }

        ChangesCohosts |= there.Values.Any(g => g.IsCohost && Removed.Contains(g.PersonId));
    }

    /// <param name="Leaving">For each kept occurrence: whom it loses.</param>
    /// <param name="Joining">For each kept occurrence: whom it gets.</param>
    /// <param name="New">For each new occurrence: its people.</param>
    /// <param name="Joined">Who was not in the series before and is now.</param>
    public sealed record Decision(
        IReadOnlyList<IReadOnlyList<long>> Leaving, IReadOnlyList<IReadOnlyList<long>> Joining, IReadOnlyList<IReadOnlyList<long>> New, IReadOnlyList<long> Joined, SeriesSeating Report);

    public HashSet<long> Own { get; }

    public IReadOnlyList<long> Removed { get; }

    public bool ChangesCohosts { get; }

    /// Who stays and is named or placed differently.
    public List<long> Renamed { get; } = [];

    public Dictionary<long, (string Name, string Role)> Roles { get; } = [];

    public Dictionary<long, (string Email, string Name)> Names { get; } = [];

    /// Whoever is in no occurrence any more.
    public IEnumerable<ParticipantRows.Participant> Leavers(Decision decision) =>
        there.Values.Where(g => Removed.Contains(g.PersonId) || decision.Report.Skipped.Contains(g.PersonId));

    /// Whoever stays and would be busy stops it, and whoever joins and is busy is left out, unless the policy says otherwise.
    public Outcome<Decision> Decide(BusyTime[] busy, ConflictPolicy? policy, SeriesConflict conflict)
    {
        var staying = there.Keys.Except(Removed).ToList();
        var (skipped, skippedAt, clashes) = (new List<long>(), new Dictionary<long, IReadOnlyList<int>>(), new Dictionary<long, IReadOnlyList<BusyTime>>());
        var seats = plan.Order.Select(_ => new HashSet<long>()).ToArray();

        // Alike: who takes part in the same occurrences, and holds the time of the same, is decided about in one go.
        foreach (var alike in staying.GroupBy(p => $"{string.Join(',', Places(p))}/{string.Join(',', Asked(p))}", StringComparer.Ordinal))
        {
            int[] places = [.. Places(alike.First())];
            int[] news = [.. Asked(alike.First())];
            foreach (var i in places.Except(news))
                seats[i].UnionWith(alike);
            if (!Seat([.. alike], news, policy ?? ConflictPolicy.Reject, stay: true).Is(out _, out var refusal))
                return refusal;
        }

        if (!Seat(joining, [.. Enumerable.Range(0, plan.Order.Count)], policy ?? ConflictPolicy.Skip, stay: false).Is(out _, out var no))
            return no;
        return Decided();

        Outcome<bool> Seat(long[] people, int[] places, ConflictPolicy how, bool stay)
        {
            if (!SeriesDesk.Seat([.. places.Select(i => plan.Order[i].When)], people, busy, how, conflict, Own, stay ? [.. places.Select(Held)] : null).Is(out var seating, out var refusal))
                return refusal;
            for (var k = 0; k < places.Length; k++)
                seats[places[k]].UnionWith(seating.Seated[k]);
            skipped.AddRange(seating.Skipped);
            foreach (var (person, at) in seating.SkippedAt)
                skippedAt[person] = [.. at.Select(k => places[k])];
            foreach (var (person, taken) in seating.Clashes)
                clashes[person] = taken;
            return true;
        }

        Decision Decided()
        {
            // A person skipped from all that moves may still be in what does not.
            var anywhere = seats.SelectMany(s => s).ToHashSet();
            skipped.RemoveAll(anywhere.Contains);
            var byPlace = plan.Order.Select((o, i) => (o.Place, seats[i])).OrderBy(o => o.Place).Select(o => o.Item2).ToArray();
            var kept = plan.Kept.Select(k => guests[k.Entry.Id].Select(g => g.PersonId).ToArray()).ToArray();
            return new Decision(
                [.. kept.Select((people, i) => (IReadOnlyList<long>)[.. people.Where(p => !byPlace[i].Contains(p))])],
                [.. kept.Select((people, i) => (IReadOnlyList<long>)[.. byPlace[i].Where(p => !people.Contains(p))])],
                [.. byPlace.Skip(plan.Kept.Count).Select(s => (IReadOnlyList<long>)[.. s])],
                [.. joining.Where(anywhere.Contains)],
                new SeriesSeating([], skipped, skippedAt, clashes));
        }
    }

    /// Where in the plan's order this person takes part: what is kept if they are in it, and all that is new.
    private IEnumerable<int> Places(long person) => Enumerable.Range(0, plan.Order.Count).Where(i =>
        plan.Order[i].Place >= plan.Kept.Count || guests[plan.Kept[plan.Order[i].Place].Entry.Id].Any(g => g.PersonId == person));

    /// Where their time is newly taken: not where it was all along, and not where they have said no.
    private IEnumerable<int> Asked(long person) => Places(person).Where(i => plan.Order[i].Place is var place && !IsWhereItWas(place)
        && (place >= plan.Kept.Count || guests[plan.Kept[place].Entry.Id].First(g => g.PersonId == person).Answer != Answer.Declined));

    private TimeRange? Held(int i) => plan.Order[i].Place is var place && place < plan.Kept.Count ? plan.Kept[place].Entry.When : null;

    private bool IsWhereItWas(int place) => place < plan.Kept.Count && plan.Kept[place].Row.When == plan.Kept[place].Entry.When;
}
