using System.Text.Json.Serialization;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// <summary>What holds on a date, or for some time, instead of the week's rules or in spite of them.</summary>
public sealed record Override
{
    internal Override(AvailabilityRows.Rule rule)
    {
        Id = rule.Id;
        Kind = rule.Kind;
        if (rule.Kind == AvailabilityRows.OutOfOffice)
            (StartTime, EndTime) = (rule.LocalStart, rule.LocalEnd);
        else
            (Date, Hours) = (rule.LocalStart[..10], [.. Schedules.Ranges(rule.Ranges).Select(r => new ClockRange(Schedules.Text(r.Start), Schedules.Text(r.End)))]);
        Reason = rule.Reason;
        CreatedAt = rule.CreatedAt;
        UpdatedAt = rule.UpdatedAt;
    }

    public long Id { get; }

    /// <summary>hours: the hours of that date, instead of the week's (none: closed). blocked: hours of that date in which nothing can be booked. out_of_office: away.</summary>
    public string Kind { get; }

    /// <summary>Of hours and blocked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Date { get; }

    /// <summary>Of hours and blocked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ClockRange>? Hours { get; }

    /// <summary>Of out_of_office: date and time on the clocks of my zone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StartTime { get; }

    /// <summary>Of out_of_office.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndTime { get; }
    public string Reason { get; }
    public Instant CreatedAt { get; }
    public Instant UpdatedAt { get; }

    /// <summary>After it was made or changed: what is on my calendar in that time all the same. It stays there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Clash>? Conflicts { get; init; }

    /// What the rule blocks that is booked already. The caller holds the guard.
    internal static async Task<IReadOnlyList<BusyTimes.Row>> Booked(Tx tx, long person, DateTimeZone zone, AvailabilityRows.Rule rule)
    {
        var (first, last) = (Schedules.Wall(rule.LocalStart), Schedules.Wall(rule.LocalEnd));
        var window = new TimeRange(LocalTimes.ToInstant(first.PlusDays(-1), zone, LocalTimes.Rfc5545), LocalTimes.ToInstant(last.PlusDays(1), zone, LocalTimes.Rfc5545));
        var blocked = TimeRanges.Of(new Schedules.Rules(zone, [rule]).With([]).Blocks(window).Select(b => b.Range));
        return blocked.Ranges.IsEmpty
            ? []
            : [.. (await BusyTimes.Entries(tx, [person], new TimeRange(blocked.Ranges[0].Start, blocked.Ranges[^1].End), person)).Where(b => blocked.Overlaps(b.Busy.Range))];
    }
}

/// <summary>Hours of a date.</summary>
/// <param name="EndTime">At or before the start: on the next day.</param>
public sealed record ClockRange(string StartTime, string EndTime);
