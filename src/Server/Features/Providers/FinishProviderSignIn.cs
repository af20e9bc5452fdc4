using System.Data.Common;
using System.Net.Mail;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Mail;
using Convene.Server.Outside.OpenId;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Providers;

/// Somebody comes back from the OpenID provider. Who they are here: docs/decisions/0021.
public sealed class FinishProviderSignIn(
    Store store, IClock clock, Jwt jwt, Settings settings, Provider provider, LetIn letIn, AccountMail mail, ILogger<FinishProviderSignIn> log)
{
    private const int LongestName = 150;

    /// <param name="Code">Null: the provider refused.</param>
    /// <param name="Issuer">Who the browser says it comes from.</param>
    /// <param name="Kept">What the browser that was sent there kept: else somebody could be signed in as somebody else, by a link.</param>
    public sealed record Request(string State, string Kept, string? Code, string? Issuer, Visitor From, Actor? SignedInAs);

    /// <param name="SignedIn">Null: the provider was added to the account that was signed in to already.</param>
    public sealed record Result(Outcome<SignIn.Result>? SignedIn, string Target);

    public async Task<Outcome<Result>> Handle(Request request, string? from, CancellationToken cancel)
    {
        if (provider.OpenId is not { } openId)
            return new Refusals.NotFound();
        var now = clock.GetCurrentInstant();
        if (Begun.Read(request.Kept) is not { } begun || begun.State != request.State
            || OpenChallenge.Until(jwt, begun.State, Provider.Purpose, Begun.About(begun.AddTo, begun.Target, begun.Zone), now) is not { } until
            || !await store.WriteAlways(tx => ChallengeRows.Use(tx, Credentials.Hash(begun.State), Provider.Purpose, until), cancel))
            return new Provider.Refused(Provider.Over);
        // The account must still be the one that the browser is signed in to.
        if (begun.AddTo is { } person && request.SignedInAs?.Id != person)
            return new Provider.Refused(Provider.Over);
        if (request.Code is null)
            return new Provider.Refused(Provider.Denied);

        OpenIdProvider.Identity identity;
        try
        {
            identity = await openId.Finish(
                request.Code, request.Issuer, BeginProviderSignIn.Redirect(settings), BeginProviderSignIn.Nonce(jwt, request.State), BeginProviderSignIn.Verifier(jwt, request.State), cancel);
        }
        catch (OpenIdException e)
        {
            log.LogWarning("A sign-in by {Provider} was refused: {Reason}", openId.Name, e.Message);
            return new Provider.Refused(Provider.NotBelieved);
        }

        try
        {
            return await Work();
        }
        catch (DbException e) when (store.IsDuplicate(e))
        {
            // The same came in twice: looking again finds it.
            return await Work();
        }

        Task<Outcome<Result>> Work() => store.WriteAlways<Outcome<Result>>(
            async tx =>
            {
                if (begun.AddTo is not null)
                    return await Add(tx, openId, identity, request.SignedInAs!, begun.Target, now);
                var (account, no) = await Find(tx, openId, identity, begun.Zone, from, now);
                if (account is null)
                    return new Provider.Refused(no!);
                return account.IsActive == 0 ? new Provider.Refused(Provider.Deactivated) : new Result(await letIn.Person(tx, account, request.From, bothShown: false, now), begun.Target);
            },
            cancel);
    }

    private async Task<Outcome<Result>> Add(Tx tx, OpenIdProvider openId, OpenIdProvider.Identity identity, Actor actor, string target, Instant now)
    {
        if (await IdentityRows.Of(tx, openId.Issuer, identity.Subject) is { } there)
            return there.PersonId == actor.Id ? new Result(null, target) : new Provider.Refused(Provider.Taken);
        await IdentityRows.Add(tx, openId.Issuer, identity.Subject, actor.Id, identity.Email ?? "", now);
        await tx.Note(actor, now, Linked(actor.Id, openId));
        await mail.Notice(tx, (await AccountRows.ById(tx, actor.Id))!, AccountNotice.ProviderLinked, now);
        return new Result(null, target);
    }

    /// Their account: the one that is linked, the one with their address, or a new one. Null: why not.
    private async Task<(AccountRows.Account? Account, string? No)> Find(Tx tx, OpenIdProvider openId, OpenIdProvider.Identity identity, string? zone, string? from, Instant now)
    {
        if (await IdentityRows.Of(tx, openId.Issuer, identity.Subject) is { } known)
        {
            await IdentityRows.Used(tx, known.Id, now);
            return (await AccountRows.ById(tx, known.PersonId), null);
        }

        if (identity.Email is not { Length: <= 254 } email || !MailAddress.TryCreate(email, out var address) || address.Address != email)
            return (null, Provider.NoAddress);
        var account = await AccountRows.ByEmail(tx, email);
        // Whoever signed up with an address that they never confirmed may be somebody else, waiting for its owner to come.
        if (account is not null && (account.EmailVerifiedAt is null || account.PendingEmail is not null))
            return (null, Provider.AddressNotConfirmed);
        if (account is null && !openId.SignUp)
            return (null, Provider.NoAccount);
        var person = account?.PersonId ?? await SignUp(tx, identity, email, zone, from, now);
        account ??= (await AccountRows.ById(tx, person))!;
        if (account.IsActive == 0)
            return (account, null);
        await IdentityRows.Add(tx, openId.Issuer, identity.Subject, person, email, now);
        await AuditRows.Add(tx, person, from, now, Linked(person, openId));
        await mail.Notice(tx, account, AccountNotice.ProviderLinked, now);
        return (account, null);
    }

    private static async Task<long> SignUp(Tx tx, OpenIdProvider.Identity identity, string email, string? zone, string? from, Instant now)
    {
        var (first, last) = (Cut(identity.FirstName), Cut(identity.LastName));
        if (first.Length + last.Length == 0)
            first = Cut(identity.Name);
        var name = $"{first} {last}".Trim();
        var person = await PeopleRows.Add(tx, null, name, zone, now);
        // Without a password, until its owner sets one by mail.
        await AccountRows.Add(tx, person, null, null, first, last, "", now);
        // The provider has verified the address: what its guest was invited to is theirs.
        await AccountRows.ClaimEmail(tx, person, email, now);
        await AuditRows.Add(tx, person, from, now, Trail.Account("account.created", person, null, Trail.Values(("email", email), ("name", name))));
        return person;
    }

    private static AuditRows.Note Linked(long person, OpenIdProvider openId) =>
        Trail.Account("account.provider_linked", person, null, Trail.Values(("issuer", openId.Issuer)));

    private static string Cut(string name) => new string([.. name.Where(c => !char.IsControl(c)).Take(LongestName)]).Trim();
}
