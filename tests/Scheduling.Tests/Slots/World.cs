using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Tests.Slots;

/// Somebody's rules and entries as they were made up, before Convene has read them.
internal sealed record Somebody(
    DateTimeZone Zone,
    IReadOnlyList<(IsoDayOfWeek Day, DailyHours Hours)> Week,
    IReadOnlyDictionary<LocalDate, IReadOnlyList<DailyHours>> Dates,
    IReadOnlyList<(IsoDayOfWeek Day, DailyHours Hours)> Focus,
    IReadOnlyList<Absence> Absences,
    IReadOnlyList<TimeRange> Busy)
{
    public PersonTime Time(long id) => new(id, new Schedule(Zone, Week, Dates, Focus, Absences), BusyCalendar.Of(Busy));
}

/// A search among some people, of whom the first so many are required.
internal sealed record World(SlotSearch Search, IReadOnlyList<Somebody> People, int Required, int Quorum)
{
    public IEnumerable<Instant> Grid => Enumerable.Range(0, Search.Count).Select(n => Search.First + (Search.Step * n));

    public PersonTime[] Times => [.. People.Select((p, i) => p.Time(i + 1))];

    public override string ToString() =>
        $"{Search}\nrequired {Required}, quorum {Quorum}\n" + string.Join('\n', People.Select(p =>
            $"{p.Zone.Id}; week {string.Join(", ", p.Week)}; dates {string.Join(", ", p.Dates.Select(d => $"{d.Key}: {string.Join('+', d.Value)}"))}; focus {string.Join(", ", p.Focus)}; absences {string.Join(", ", p.Absences)}; busy {string.Join(", ", p.Busy)}"));
}
