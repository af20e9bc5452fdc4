using System.Collections.Immutable;
using Convene.Scheduling.Recurrence;
using NodaTime;
using NodaTime.TimeZones;

namespace Convene.ICalendar;

/// <summary>A zone that is what a VTIMEZONE says (RFC 5545 §3.6.5): of all onsets, the latest that is not after an instant is in force.</summary>
/// <remarks>Rules are followed from 1900 to 2100. Before the first onset the offset is the one that it changes from.</remarks>
internal sealed class FileZone : DateTimeZone
{
    private const int MostOnsets = 5_000;
    private const int MostRules = 20;
    private const int MostOfRule = 1_000;

    // A step is a period that is looked at: a year for the rules that clocks have.
    private const int BudgetOfRule = 20_000;
    private static readonly Instant RulesFrom = Instant.FromUtc(1900, 1, 1, 0, 0), RulesUntil = Instant.FromUtc(2101, 1, 1, 0, 0);

    // No clocks on earth change twice in so short a time. Without it, a made-up zone could show one wall time three times.
    private static readonly Duration ShortestInterval = Duration.FromHours(48);

    private readonly ImmutableArray<ZoneInterval> _intervals;

    private FileZone(string id, ImmutableArray<ZoneInterval> intervals)
        : base(id, intervals.Length == 1, intervals.Min(interval => interval.WallOffset), intervals.Max(interval => interval.WallOffset)) =>
        _intervals = intervals;

    /// <inheritdoc/>
    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var (low, high) = (0, _intervals.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_intervals[middle].Start <= instant)
                low = middle;
            else
                high = middle - 1;
        }
        return _intervals[low];
    }

    /// <summary>The zone of a VTIMEZONE; null where it has no observance that can be understood.</summary>
    internal static FileZone? Of(string id, CalendarComponent zone)
    {
        var onsets = new List<Onset>();
        var rules = 0;
        foreach (var observance in zone.Components)
        {
            if (observance.Name is "STANDARD" or "DAYLIGHT" && onsets.Count < MostOnsets)
                Add(observance, onsets, ref rules);
        }
        if (onsets.Count == 0)
            return null;

        onsets.Sort((a, b) => a.At.CompareTo(b.At));
        var kept = new List<Onset> { onsets[0] };
        foreach (var onset in onsets)
        {
            if (onset.At - kept[^1].At >= ShortestInterval)
                kept.Add(onset);
        }

        var before = onsets[0].From;
        var intervals = ImmutableArray.CreateBuilder<ZoneInterval>(kept.Count + 1);
        intervals.Add(new ZoneInterval(id, null, kept[0].At, before, Offset.Zero));
        for (var i = 0; i < kept.Count; i++)
        {
            var end = i + 1 < kept.Count ? kept[i + 1].At : (Instant?)null;
            intervals.Add(new ZoneInterval(kept[i].Name, kept[i].At, end, kept[i].To, kept[i].Savings));
        }
        return new FileZone(id, intervals.MoveToImmutable());
    }

    private static void Add(CalendarComponent observance, List<Onset> onsets, ref int rules)
    {
        if (Value(observance, "DTSTART") is not { } start || !CalendarTime.TryParse(start, null, out var first)
            || Value(observance, "TZOFFSETTO") is not { } offset || !UtcOffset.TryParse(offset, out var to))
            return;
        if (Value(observance, "TZOFFSETFROM") is not { } before || !UtcOffset.TryParse(before, out var from))
            from = to;

        // Who moves to the other side of the date line changes by a day, and that is no saving (and no Offset).
        var ahead = to.Seconds - from.Seconds;
        var savings = observance.Name == "DAYLIGHT" && ahead is > 0 and <= 3 * 3600 ? Offset.FromSeconds(ahead) : Offset.Zero;
        var name = Value(observance, "TZNAME") is { Length: > 0 } named ? TextValue.Unescape(named) : observance.Name;
        var locals = new List<LocalDateTime> { first.Local };
        foreach (var property in observance.Properties)
        {
            if (property.Name == "RRULE" && ++rules <= MostRules)
                locals.AddRange(Onsets(property.Value, first.Local, from));
            else if (property.Name == "RDATE")
                locals.AddRange(Times(property.Value).Take(MostOnsets));
        }
        foreach (var local in locals.Take(MostOnsets - onsets.Count))
            onsets.Add(new Onset(local.WithOffset(from).ToInstant(), from, to, savings, name));
    }

    /// <summary>The onsets of a rule from 1900 to 2100, as wall times in the offset before; none where the rule is not understood.</summary>
    private static IEnumerable<LocalDateTime> Onsets(string text, LocalDateTime first, Offset from)
    {
        if (RecurrenceRule.Read(text).Rule is not { } rule || rule.Problems().Any(problem => !problem.Mendable))
            return [];
        // UNTIL is in UTC, everything else here by the clock before.
        if (rule.Until is { Form: UntilForm.Utc } until)
            rule = rule with { Until = new Until(until.At.PlusSeconds(from.Seconds), UntilForm.Wall) };
        var series = new Series(first, zone: null) { Rules = [rule] };
        return series.Expand(RulesFrom, RulesUntil, BudgetOfRule).Take(MostOfRule).Occurrences.Select(occurrence => occurrence.Wall);
    }

    private static IEnumerable<LocalDateTime> Times(string value)
    {
        foreach (var part in value.Split(','))
        {
            if (CalendarTime.TryParse(part, null, out var time))
                yield return time.Local;
        }
    }

    private static string? Value(CalendarComponent component, string name) =>
        component.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    private readonly record struct Onset(Instant At, Offset From, Offset To, Offset Savings, string Name);
}
