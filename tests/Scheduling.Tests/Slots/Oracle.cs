using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Tests.Slots;

/// What the rules say of one person, by their words: day by day around a search on the clocks of their zone, minute by minute within it. Nothing of the engine is used.
internal sealed class Oracle
{
    // Days around the search: a zone may be a day off, hours go over midnight, a clock change skips a day.
    private const int Around = 5;

    private readonly Somebody person;
    private readonly SlotSearch search;
    private readonly List<TimeRange> open;
    private readonly List<(Obstacle Kind, TimeRange Range)> taken;

    public Oracle(Somebody person, SlotSearch search)
    {
        this.person = person;
        this.search = search;
        open = [.. Days().SelectMany(day => HoursOn(day).Select(h => Range(day, h))).OfType<TimeRange>().OrderBy(r => r.Start)];
        taken =
        [
            .. person.Busy.Where(b => !b.IsEmpty).Select(b => (Obstacle.Busy, b)),
            .. Days().SelectMany(day => person.Focus.Where(f => f.Day == day.DayOfWeek).Select(f => Range(day, f.Hours))).OfType<TimeRange>().Select(r => (Obstacle.FocusTime, r)),
            .. person.Absences.Select(a => (a.Kind, Range(a.Start, a.End))).Where(a => a.Item2 is not null).Select(a => (a.Kind, a.Item2!.Value)),
        ];
    }

    public bool Suits(Instant start) => InHours(start) && IsFree(start) && !(start < search.Earliest);

    public bool InHours(Instant start) => search.Rule == WorkingHoursRule.Start
        ? open.Any(o => o.Start <= start && start <= o.End)
        : IsOpen(start, start + search.Length);

    public bool IsFree(Instant start) => !taken.Any(t => Overlap(t.Range, start - search.BufferBefore, start + search.Length + search.BufferAfter));

    public IEnumerable<Obstacle> Obstacles(Instant start)
    {
        var direct = taken.Where(t => Overlap(t.Range, start, start + search.Length)).Select(t => t.Kind).ToHashSet();
        if (!InHours(start))
            yield return Obstacle.OutsideHours;
        foreach (var kind in direct.Order())
            yield return kind;
        if (direct.Count == 0 && !IsFree(start))
            yield return Obstacle.Buffer;
        if (start < search.Earliest)
            yield return Obstacle.Notice;
    }

    /// In how many more pieces the free time lies when the slot is taken out of it: counted, minute by minute, before and after.
    public int MorePieces(Instant start)
    {
        var minutes = (int)search.Length.TotalMinutes;
        var free = Enumerable.Range(-1, minutes + 2).Select(m => IsFreeMinute(start + Duration.FromMinutes(m))).ToArray();
        return Pieces([.. free.Select((f, i) => f && (i == 0 || i > minutes))]) - Pieces(free);
    }

    private static int Pieces(bool[] free) => Enumerable.Range(0, free.Length).Count(i => free[i] && (i == 0 || !free[i - 1]));

    private bool IsFreeMinute(Instant at) => IsOpen(at, at + Duration.FromMinutes(1)) && !taken.Any(t => Overlap(t.Range, at, at + Duration.FromMinutes(1)));

    private bool IsOpen(Instant from, Instant until)
    {
        foreach (var stretch in open)
        {
            if (stretch.Start <= from && from < stretch.End)
                from = stretch.End;
        }

        return from >= until;
    }

    private IEnumerable<DailyHours> HoursOn(LocalDate day) =>
        person.Dates.TryGetValue(day, out var hours) ? hours : person.Week.Where(w => w.Day == day.DayOfWeek).Select(w => w.Hours);

    private IEnumerable<LocalDate> Days()
    {
        var window = search.Window;
        var last = window.End.InUtc().Date.PlusDays(Around);
        for (var day = window.Start.InUtc().Date.PlusDays(-Around); day <= last; day = day.PlusDays(1))
            yield return day;
    }

    private TimeRange? Range(LocalDate day, DailyHours hours) => Range(day + hours.Start, (hours.End <= hours.Start ? day.PlusDays(1) : day) + hours.End);

    private TimeRange? Range(LocalDateTime from, LocalDateTime to)
    {
        var (start, end) = (LocalTimes.ToInstant(from, person.Zone, LocalTimes.Rfc5545), LocalTimes.ToInstant(to, person.Zone, LocalTimes.Rfc5545));
        return start < end ? new TimeRange(start, end) : null;
    }

    private static bool Overlap(TimeRange range, Instant from, Instant until) => range.Start < until && from < range.End;
}
