using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Admin;

/// What is owed, was sent, or was given up.
public sealed class ListOutbox(Store store)
{
    /// <param name="State">One of OutboxMail's; null: all.</param>
    public sealed record Request(string? State, PageRequest Page);

    public Task<Outcome<Listed<OutboxMail>>> Handle(Request request) =>
        request.Page.Read(store, (tx, slice) => OutboxList.List(tx, request.State, slice), OutboxMail.Of);
}
