using System.Text.Json.Serialization;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Slots;

/// Times that suit people. Tells free slots only, never reasons: it is open to all.
public sealed class FindSlots(PeopleTimes times, IClock clock)
{
    /// In all lists together; it also bounds what a public search may cost.
    public const int MostPeople = 1_000;

    /// Who can't come is named so often in one answer at most: a thousand people in thousands of slots would be hundreds of megabytes.
    public const int MostNames = 1_000_000;

    /// <param name="Start">Null: now. What is past is never offered.</param>
    /// <param name="End">No slot starts at or after it; null: a week after the start.</param>
    /// <param name="Limit">At most so many slots; null: all.</param>
    /// <param name="Rank">Null: by start, without a score.</param>
    /// <param name="Asker">Null: somebody who is not signed in. They are told how many can come, not who can't.</param>
    public sealed record Request(
        IReadOnlyList<long> UserIds, Invited Invited, int DurationMinutes, int StepMinutes, WorkingHoursRule Rule, GivenTime? Start, GivenTime? End, DateTimeZone Zone, int? Limit,
        Margins Margins, SlotRank? Rank, long? Asker);

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
    /// <param name="Score">By the rank that was asked for; lower is better.</param>
    /// <param name="AvailableCount">How many are free, if not all need be.</param>
    /// <param name="UnavailableUserIds">Who is not, if the asker is signed in. Once a million have been named it is left out of the slots that follow.</param>
    public sealed record Slot(
        [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant StartTime,
        [property: JsonConverter(typeof(ZeroOffsetConverter))] Instant EndTime,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Score = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? AvailableCount = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? UnavailableUserIds = null);

    /// <summary>What was found.</summary>
    /// <param name="UserIds">As asked.</param>
    /// <param name="TotalSlotsFound">How many there are, also beyond the limit.</param>
    /// <param name="UnknownUserIds">Nobody has these numbers: there are no slots then, unless they need not come.</param>
    /// <param name="HiddenUserIds">These people don't show the asker when they are busy: the slots are those that suit everybody else.</param>
    /// <param name="HiddenEmails">The same, of those named by address.</param>
    public sealed record Result(
        IReadOnlyList<Slot> AvailableSlots,
        IReadOnlyList<long> UserIds,
        int DurationMinutes,
        int TotalSlotsFound,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? UnknownUserIds,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? UnknownEmails,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? HiddenUserIds,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? HiddenEmails);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        if (!Search(request, clock.GetCurrentInstant()).Is(out var search, out var refusal))
            return refusal;
        var found = await times.Load(request.Invited.Ids, request.Invited.Emails, search.Window, request.Asker);

        var (slots, total) = request.Rank is null && request.Invited.AllMustCome
            ? Common(search, found, request)
            : Ranked(search, found, request);
        return new Result(
            slots, request.UserIds, request.DurationMinutes, total,
            found.UnknownIds.Count > 0 ? found.UnknownIds : null,
            found.UnknownEmails.Count > 0 ? found.UnknownEmails : null,
            Some(request.Invited.Ids.Where(found.Hidden.Contains)),
            Some(found.Hidden.Select(id => found.Emails[id]).Where(e => request.Invited.Emails.Contains(e, StringComparer.Ordinal)).Order(StringComparer.Ordinal)));
    }

    private static T[]? Some<T>(IEnumerable<T> list) => list.ToArray() is { Length: > 0 } some ? some : null;

    private static (Slot[] Slots, int Total) Common(SlotSearch search, PeopleTimes.Found found, Request request)
    {
        // Of people who don't show their time nothing is known: they neither open nor close a slot.
        if (!found.Everybody || found.People.Count == 0)
            return ([], 0);
        var starts = SlotFinder.Find(search, found.People);
        return ([.. starts.Take(request.Limit ?? int.MaxValue).Select(s => new Slot(s, s + search.Length))], starts.Count);
    }

    private static (Slot[] Slots, int Total) Ranked(SlotSearch search, PeopleTimes.Found found, Request request)
    {
        var invited = request.Invited;
        // Somebody who is not known can't be met. Who is named by number and by address is one person, who must come if either says so.
        if (found.UnknownIds.Any(invited.MustCome) || found.UnknownEmails.Any(invited.MustCome) || invited.Quorum > found.People.Count || found.People.Count == 0)
            return ([], 0);
        var required = found.People.ToLookup(p => invited.MustCome(p.PersonId) || invited.MustCome(found.Emails[p.PersonId]));
        var slots = SlotFinder.Best(search, new Attendees([.. required[true]], [.. required[false]], invited.Quorum ?? 0), request.Rank ?? SlotRank.Earliest);
        var told = new Slot[Math.Min(slots.Count, request.Limit ?? int.MaxValue)];
        var names = 0L;
        for (var i = 0; i < told.Length; i++)
        {
            var s = slots[i];
            names += found.People.Count - s.Available;
            told[i] = new Slot(
                s.Start, s.Start + search.Length,
                request.Rank is null ? null : s.Score,
                invited.AllMustCome ? null : s.Available,
                invited.AllMustCome || request.Asker is null || names > MostNames ? null : [.. slots.Unavailable(i)]);
        }

        return (told, slots.Count);
    }

    private static Outcome<SlotSearch> Search(Request request, Instant now)
    {
        // What is past is never offered.
        var (start, end) = (request.Start?.In(request.Zone), request.End?.In(request.Zone));
        if (end <= start)
            return new Refusals.Invalid("window_end", "It must be after window_start.");
        var from = Instant.Max(start ?? now, now);
        return SlotGrid.Over(from, end, Duration.FromMinutes(request.StepMinutes)).Is(out var grid, out var refusal)
            ? request.Margins.Around(new SlotSearch(grid.First, grid.Step, grid.Count, Duration.FromMinutes(request.DurationMinutes), request.Rule), now)
            : refusal;
    }
}
