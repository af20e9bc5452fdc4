using System.Text.Json.Serialization;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// <summary>Something that takes up a person's time. What the asker may not see is "Busy", without an id; what their own rules block has a title only.</summary>
public sealed record Clash(
    string? Id,
    string Title,
    [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant StartTime,
    [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant EndTime)
{
    private const string Busy = "Busy";

    internal static Clash Of(BusyTimes.Row row) => row.Veil is { } asked ? Hidden(asked)
        : row.Visible == 1 ? new Clash(row.EntryId == 0 ? null : row.Uuid, row.Title, row.StartAt, row.EndAt)
        : new Clash(null, Busy, row.StartAt, row.EndAt);

    /// Of somebody who does not show their time: only that the time asked for is taken, not from when to when.
    internal static Clash Hidden(TimeRange asked) => new(null, Busy, asked.Start, asked.End);
}
