using System.Text.Json;
using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Features.Meetings;

/// A meeting's history, newest first.
public sealed class ListChanges(Store store)
{
    /// <summary>A change of a meeting's time.</summary>
    /// <param name="Kind">extended, rescheduled or cancelled.</param>
    /// <param name="By">Whose doing, by address.</param>
    /// <param name="NewStartTime">Null if it was cancelled.</param>
    public sealed record Change(string Kind, string By, Instant OldStartTime, Instant OldEndTime, Instant? NewStartTime, Instant? NewEndTime, string Reason, Instant CreatedAt);

    public Task<Outcome<Change[]>> Handle(Actor actor, string id) => store.Read<Outcome<Change[]>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        return (await AuditRows.Times(tx, id)).Select(Of).ToArray();
    });

    private static Change Of(AuditRows.Row row)
    {
        var (old, now) = (Read(row.OldValues), Read(row.NewValues));
        return new Change(
            row.Kind["meeting.".Length..], row.ActorEmail ?? (row.ActorId is null || row.ActorIsKnown == 1 ? "" : PersonErasure.Name), Time(old, "start_time")!.Value, Time(old, "end_time")!.Value,
            Time(now, "start_time"), Time(now, "end_time"), row.Reason, row.At);
    }

    private static JsonElement Read(string? values) => JsonSerializer.Deserialize<JsonElement>(values ?? "{}");

    private static Instant? Time(JsonElement values, string name) =>
        values.TryGetProperty(name, out var text) ? InstantPattern.ExtendedIso.Parse(text.GetString()!).Value : null;
}
