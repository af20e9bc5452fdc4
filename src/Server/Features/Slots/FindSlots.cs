using System.Text.Json.Serialization;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Slots;

/// Times that suit everybody. Tells free slots only, never reasons: it is open to all.
public sealed class FindSlots(Store store, IClock clock)
{
    /// In all lists together; it also bounds what a public search may cost.
    public const int MostPeople = 1_000;

    /// <param name="Start">Null: now. What is past is never offered.</param>
    /// <param name="End">No slot starts at or after it; null: a week after the start.</param>
    /// <param name="Limit">At most so many slots; null: all.</param>
    public sealed record Request(
        IReadOnlyList<long> UserIds, IReadOnlyList<string> Emails, int DurationMinutes, int StepMinutes, WorkingHoursRule Rule, GivenTime? Start, GivenTime? End, DateTimeZone Zone, int? Limit, Margins Margins);

    /// <summary>What must be around a slot.</summary>
    public sealed record Margins(int BufferBeforeMinutes, int BufferAfterMinutes, int NoticeMinutes)
    {
        internal SlotSearch Around(SlotSearch search, Instant now) => search with
        {
            BufferBefore = Duration.FromMinutes(BufferBeforeMinutes),
            BufferAfter = Duration.FromMinutes(BufferAfterMinutes),
            Earliest = now + Duration.FromMinutes(NoticeMinutes),
        };
    }

    /// <summary>A free time.</summary>
    public sealed record Slot(
        [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant StartTime,
        [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant EndTime);

    /// <summary>What was found.</summary>
    /// <param name="UserIds">As asked.</param>
    /// <param name="TotalSlotsFound">How many there are, also beyond the limit.</param>
    /// <param name="UnknownUserIds">Nobody has these numbers: there are no slots then.</param>
    public sealed record Result(
        IReadOnlyList<Slot> AvailableSlots,
        IReadOnlyList<long> UserIds,
        int DurationMinutes,
        int TotalSlotsFound,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? UnknownUserIds,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? UnknownEmails);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        if (!Search(request, clock.GetCurrentInstant()).Is(out var search, out var refusal))
            return refusal;
        var found = await store.Read(tx => SearchPeople.Load(tx, [.. request.UserIds.Distinct()], [.. request.Emails.Distinct(StringComparer.Ordinal)], search.Window));

        var everybody = found.UnknownIds.Count == 0 && found.UnknownEmails.Count == 0;
        IReadOnlyList<Instant> starts = everybody ? SlotFinder.Find(search, found.People) : [];
        return new Result(
            [.. starts.Take(request.Limit ?? int.MaxValue).Select(s => new Slot(s, s + search.Length))],
            request.UserIds, request.DurationMinutes, starts.Count,
            found.UnknownIds.Count > 0 ? found.UnknownIds : null,
            found.UnknownEmails.Count > 0 ? found.UnknownEmails : null);
    }

    private static Outcome<SlotSearch> Search(Request request, Instant now)
    {
        // What is past is never offered.
        var from = Instant.Max(request.Start?.In(request.Zone) ?? now, now);
        return SlotGrid.Over(from, request.End?.In(request.Zone), Duration.FromMinutes(request.StepMinutes)).Is(out var grid, out var refusal)
            ? request.Margins.Around(new SlotSearch(grid.First, grid.Step, grid.Count, Duration.FromMinutes(request.DurationMinutes), request.Rule), now)
            : refusal;
    }
}
