using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Repeats;

/// A request that names itself is done once: who sends it again, since no answer came, gets the first answer.
public sealed class AnswerOnce(Store store, IClock clock)
{
    public static readonly Duration Kept = Duration.FromHours(24);

    // The one that has the name may be refused, and so leave it, as often as others come with it.
    private const int Attempts = 5;

    /// <param name="Headers">JSON.</param>
    public sealed record Answer(int Status, string Headers, string Body);

    /// The name stands for another request.
    public sealed record OtherRequest : Refusal;

    /// <param name="request">What tells it from another request of the same name.</param>
    /// <param name="work">Does it, and answers; null if that can't be kept (a fault of the server).</param>
    /// <returns>What was answered before; null if <paramref name="work"/> has answered now.</returns>
    public async Task<Outcome<Answer?>> Handle(Actor actor, string key, string request, Func<Task<Answer?>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetCurrentInstant();
            if (await store.ReadOne(tx => RepeatRows.Find(tx, actor.Id, key, now - Kept)) is { } known)
                return known.Request == request ? new Answer((int)known.Status, known.Headers, known.Body) : new OtherRequest();
            var claim = new Claim(actor.Id, key, request, now, now - Kept);
            try
            {
                Claim.Current = claim;
                var said = await work();
                if (!claim.IsKept && said is not null)
                    await Keep(claim, said);
                return default(Outcome<Answer?>);
            }
            catch (RepeatedException) when (attempt < Attempts)
            {
                // It has been answered, or whoever had the name has left it.
            }
            finally
            {
                Claim.Current = null;
            }
        }
    }

    /// How the answer will be told, for the transaction in which it becomes true.
    public static void Saying<T>(Func<T, Task<Answer>> say)
        where T : notnull => Claim.Current?.Says<T>(async value => Of(await say(value)));

    /// Nothing was changed: a refusal is kept too, but it may well be lost.
    private Task Keep(Claim claim, Answer said)
    {
        Claim.Current = claim;
        claim.Says<Answer>(answer => Task.FromResult(Of(answer)));
        return store.Write<Answer>(_ => Task.FromResult<Outcome<Answer>>(said));
    }

    private static Claim.Answer Of(Answer said) => new(said.Status, said.Headers, said.Body);
}
