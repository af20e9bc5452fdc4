using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Who of these people is busy at a time? Asked before booking; what others' meetings are about is not told.
public sealed class CheckConflicts(Store store)
{
    /// <param name="Emails">As typed; the answer names them the same way.</param>
    /// <param name="Except">A meeting that does not count: the one being moved.</param>
    public sealed record Request(GivenTime Start, GivenTime End, DateTimeZone Zone, IReadOnlyList<string> Emails, string? Except);

    public sealed record Result(bool HasConflicts, IReadOnlyDictionary<string, IReadOnlyList<Clash>> Conflicts);

    public async Task<Outcome<Result>> Handle(Actor actor, Request request)
    {
        var (start, end) = (request.Start.In(request.Zone), request.End.In(request.Zone));
        if (end <= start)
            return new Refusals.Invalid("non_field_errors", "end_time must be after start_time.");
        if (end - start > MeetingRules.LongestMeeting)
            return new Refusal.LastsTooLong();

        var when = new TimeRange(start, end);
        // Nothing is decided from it: a booking looks for itself. So it may be of two moments, and needs no transaction.
        return await store.ReadOne<Outcome<Result>>(async tx =>
        {
            var people = (await PeopleRows.ByEmail(tx, request.Emails.Select(e => e.ToLowerInvariant()))).ToDictionary(p => p.Email!, p => p.Id, StringComparer.Ordinal);
            var busy = (await BusyTimes.Overlapping(tx, people.Values, when, actor.Id)).Where(b => b.Uuid != request.Except).ToLookup(b => b.PersonId);
            var conflicts = new Dictionary<string, IReadOnlyList<Clash>>(StringComparer.Ordinal);
            foreach (var email in request.Emails)
            {
                if (people.TryGetValue(email.ToLowerInvariant(), out var person) && busy.Contains(person))
                    conflicts[email] = [.. busy[person].Select(Clash.Of)];
            }

            return new Result(conflicts.Count > 0, conflicts);
        });
    }
}
