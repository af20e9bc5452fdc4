using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// The meetings that the asker hosts or is invited to.
public sealed class ListMeetings(Store store)
{
    /// A list without pages ends here; X-Total-Count and Link tell that there is more.
    public const int Cap = 500;

    /// <param name="From">The first instant a start may have.</param>
    /// <param name="To">The first instant it may not have.</param>
    /// <param name="EndsAfter">With `To`: what overlaps a time, also what began before it.</param>
    /// <param name="OrderBy">start_time, end_time, created_at or title.</param>
    /// <param name="Page">From 1.</param>
    public sealed record Request(
        MeetingStatus? Status, Instant? From, Instant? To, Instant? EndsAfter, string? Search, string OrderBy, bool Descending, int Page, int PageSize, string? Series = null);

    public sealed record Result(IReadOnlyList<MeetingItem> Meetings, long Total);

    public Task<Outcome<Result>> Handle(Actor actor, Request request) => store.Read<Outcome<Result>>(async tx =>
    {
        var offset = (request.Page - 1L) * request.PageSize;
        if (request.Page < 1 || offset > int.MaxValue)
            return new Refusals.NoSuchPage();
        var (entries, total) = await EntryRows.List(tx, new EntryRows.Filter
        {
            Viewer = actor.Id,
            Status = request.Status is { } status ? Words.Of(status) : null,
            From = request.From,
            To = request.To,
            EndsAfter = request.EndsAfter,
            Search = request.Search,
            Series = request.Series,
            OrderBy = request.OrderBy,
            Descending = request.Descending,
            Limit = request.PageSize,
            Offset = (int)offset,
        });
        if (entries.Count == 0 && request.Page > 1)
            return new Refusals.NoSuchPage();

        var guests = (await ParticipantRows.Of(tx, entries.Select(e => e.Id))).ToLookup(p => p.EntryId);
        return new Result([.. entries.Select(e => new MeetingItem(e, [.. guests[e.Id]], actor))], total);
    });
}
