using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// Tells the host what the booking desk found: who is busy with what, as far as the host may see it.
/// <param name="asked">Of a series: its times; null: what the busy times were asked for.</param>
internal sealed class Report(IReadOnlyList<BusyTimes.Row> busy, IReadOnlyDictionary<long, (string Email, string Name)> people, IReadOnlyList<TimeRange>? asked = null)
{
    /// By what they are called, for everybody with a clash.
    public IReadOnlyDictionary<string, IReadOnlyList<Clash>> Conflicts(IReadOnlyDictionary<long, IReadOnlyList<BusyTime>> clashes) =>
        clashes.GroupBy(c => Called(c.Key), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Clash>)[.. g.SelectMany(c => Details(c.Key, c.Value))], StringComparer.Ordinal);

    public IReadOnlyList<SkippedParticipant> Skipped(Seating seating) =>
        [.. seating.Skipped.Select(p => new SkippedParticipant(people[p].Email, people[p].Name, "busy", Details(p, seating.Clashes[p])))];

    /// Of a series: left out of all of it, or of single dates.
    public IReadOnlyList<SkippedParticipant> Skipped(SeriesSeating seating, IReadOnlyList<TimeRange> times) =>
    [
        .. seating.Skipped.Select(p => new SkippedParticipant(people[p].Email, people[p].Name, "busy", Details(p, seating.Clashes[p]))),
        .. seating.SkippedAt.Select(s => new SkippedParticipant(
            people[s.Key].Email, people[s.Key].Name, "busy", Details(s.Key, seating.Clashes[s.Key]), [.. s.Value.Select(i => times[i].Start)])),
    ];

    public IReadOnlyList<Clash> Of(long person, IReadOnlyList<BusyTime> clashes) => Details(person, clashes);

    public Refusals.Busy Refuse(Refusal.PeopleBusy refusal) => new(
        [.. refusal.Clashes.Keys.Select(p => $"{Called(p)} has a scheduling conflict.")],
        Conflicts(refusal.Clashes))
    {
        Unavailable = [.. refusal.Clashes.Keys.Where(p => busy.Any(b => b.PersonId == p && b.EntryId == 0 && b.Veil is null)).Select(Called)],
    };

    /// What else this person has at the time; for the host, whom it does not stop.
    public IReadOnlyList<Clash> Of(long person, long? except = null) =>
        [.. busy.Where(b => b.PersonId == person && b.EntryId != except).Select(Clash.Of)];

    /// By address. System 4's accounts need none; two people share one while an account waits for its address to be verified.
    private string Called(long person) => people[person] switch
    {
        { Email.Length: > 0 } known => known.Email,
        { Name.Length: > 0 } known => known.Name,
        _ => $"user {person}",
    };

    private IReadOnlyList<Clash> Details(long person, IReadOnlyList<BusyTime> clashes)
    {
        var taken = clashes.Select(c => (c.EntryId, c.Range)).ToHashSet();
        var rows = busy.Where(b => b.PersonId == person && taken.Contains((b.EntryId, b.Busy.Range))).ToList();
        // Whose time is hidden is told to be busy at the times asked for; two things in one of them are not two.
        return
        [
            .. rows.Where(r => r.Veil is not null).SelectMany(r => asked is null ? [r.Veil!.Value] : asked.Where(t => t.Overlaps(r.Busy.Range))).Distinct().Select(Clash.Hidden),
            .. rows.Where(r => r.Veil is null).Select(Clash.Of),
        ];
    }
}
