using Convene.Scheduling.Booking;
using Convene.Server.Features.Factors;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Makes a key for a program of the actor's. It is shown this once; only its hash is kept.
public sealed class CreateApiKey(Store store, IClock clock, Again again, AccountMail mail, Settings settings)
{
    /// <param name="Days">How long it works; null: the server's default.</param>
    /// <param name="Password">Null: whoever signs in with a provider or a passkey may know none.</param>
    public sealed record Request(string Name, KeyScope Scope, int? Days, string? Password);

    /// <summary>A new key.</summary>
    public sealed record Created : ApiKey
    {
        internal Created(ApiKeyRows.Row row, Instant now, string key)
            : base(row, now) => Key = key;

        /// <summary>For `Authorization: Bearer`. It is never told again.</summary>
        public string Key { get; }
    }

    public async Task<Outcome<Created>> Handle(Actor actor, Request request) =>
        // A key outlives the session that it is made in.
        (await again.PasswordOrLogin(actor, request.Password)).Is(out _, out var no) ? await Make(actor, request) : no;

    private Task<Outcome<Created>> Make(Actor actor, Request request) => store.Write<Created>(async tx =>
    {
        // Held, so that two at once can't both be the last that may be.
        if (await AccountRows.Hold(tx, actor.Id) is not { IsActive: 1 } account)
            return new Refusals.NotAllowed();
        if (request.Scope == KeyScope.Admin && account.IsStaff == 0)
            return new Refusals.Invalid("scope", "Only administrators can make a key with this scope.");
        if (request.Days > settings.Accounts.ApiKeyMostDays)
            return new Refusals.Invalid("expires_in_days", $"A key can work for at most {settings.Accounts.ApiKeyMostDays} days.");
        var now = clock.GetCurrentInstant();
        var keys = await ApiKeyRows.Of(tx, actor.Id);
        if (keys.Count(k => k.ExpiresAt > now) >= ApiKey.Most)
            return new Refusals.Invalid("name", $"There are {ApiKey.Most} keys already; revoke one that is not used.");

        var (key, hint) = ApiKey.New();
        var expires = now + Duration.FromDays(request.Days ?? settings.Accounts.ApiKeyDays);
        var id = await ApiKeyRows.Add(tx, actor.Id, request.Name, request.Scope.Name(), Credentials.Hash(key), hint, now, expires);
        var row = (await ApiKeyRows.Find(tx, actor.Id, id))!;
        await tx.Note(actor, now, ApiKey.Note("account.key_created", actor.Id, null, row));
        await mail.Notice(tx, account, AccountNotice.ApiKeyAdded, now);
        return new Created(row, now, key);
    });
}
