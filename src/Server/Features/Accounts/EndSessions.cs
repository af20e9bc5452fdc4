using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Ends logins of one's own; everything they were given stops working at once.
public sealed class EndSessions(Store store, IClock clock)
{
    /// <param name="Id">Null: all but the one that asks.</param>
    public sealed record Request(long? Id);

    public Task<Outcome<bool>> Handle(Actor actor, Request request) => store.Write<bool>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        if (request.Id is not { } id)
            await SignInRows.EndAll(tx, actor.Id, actor.SignInId, now);
        else if (!await SignInRows.EndOwn(tx, actor.Id, id, now))
            return new Refusals.NotFound();
        await tx.Note(actor, now, Trail.Account(Credentials.Ended, actor.Id, Trail.Values(("sign_in", request.Id is { } one ? one : "all others")), null));
        return true;
    });
}
