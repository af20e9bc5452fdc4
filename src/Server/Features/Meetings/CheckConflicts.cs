using System.Text.Json.Serialization;
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

    /// <summary>Who is busy.</summary>
    /// <param name="Hidden">Who does not show the asker when they are busy, as they were named: nothing is said of them.</param>
    public sealed record Result(
        bool HasConflicts, IReadOnlyDictionary<string, IReadOnlyList<Clash>> Conflicts,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Hidden = null);

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
            var named = await PeopleRows.ByEmail(tx, request.Emails.Select(e => e.ToLowerInvariant()));
            var hidden = await Visibility.Hidden(tx, named.Select(p => (p.Id, p.FreeBusy)), actor.Id);
            var people = named.Where(p => !hidden.Contains(p.Id)).ToDictionary(p => p.Email!, p => p.Id, StringComparer.Ordinal);
            var untold = named.Where(p => hidden.Contains(p.Id)).Select(p => p.Email!).ToHashSet(StringComparer.Ordinal);
            var busy = (await BusyTimes.Overlapping(tx, people.Values, when, actor.Id)).Where(b => b.Uuid != request.Except).ToLookup(b => b.PersonId);
            var conflicts = new Dictionary<string, IReadOnlyList<Clash>>(StringComparer.Ordinal);
            foreach (var email in request.Emails)
            {
                if (people.TryGetValue(email.ToLowerInvariant(), out var person) && busy.Contains(person))
                    conflicts[email] = [.. busy[person].Select(Clash.Of)];
            }

            return new Result(conflicts.Count > 0, conflicts, untold.Count == 0 ? null : [.. request.Emails.Where(e => untold.Contains(e.ToLowerInvariant()))]);
        });
    }
}
