using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Who did what, when and from where; newest first.
public sealed class ListAudit(Store store)
{
    /// <param name="Actor">A person's number, address or user name.</param>
    /// <param name="Subject">A meeting's id, or a person's number, address or user name.</param>
    /// <param name="Kind">Such as meeting.cancelled, or only what it is about, such as meeting.</param>
    public sealed record Request(string? Actor, string? Subject, string? Kind, Instant? From, Instant? To, PageRequest Page);

    public Task<Outcome<Listed<AuditEntry>>> Handle(Request request)
    {
        var actor = long.TryParse(request.Actor, out var number) ? number : (long?)null;
        var meeting = Guid.TryParse(request.Subject, out var id) ? id.ToString() : null;
        var person = long.TryParse(request.Subject, out var subject) ? subject : (long?)null;
        var filter = new AuditRows.Filter
        {
            ActorId = actor,
            ActorEmail = actor is null ? request.Actor : null,
            Meeting = meeting,
            PersonId = person,
            PersonEmail = meeting is null && person is null ? request.Subject : null,
            Kind = request.Kind,
            From = request.From,
            To = request.To,
        };
        return request.Page.Read(store, (tx, slice) => AuditRows.List(tx, filter, slice), AuditEntry.Of);
    }
}
