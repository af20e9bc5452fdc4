using System.Data.Common;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class Register(Store store, IClock clock, Passwords passwords, Credentials credentials, AccountMail mail, Attempts attempts, Settings settings)
{
    /// <summary>At least one of e-mail and user name.</summary>
    public sealed record Request(
        string? Email, string? Username, string Password, string FirstName, string LastName, string? Timezone, WorkingHours Hours, Visitor From);

    public sealed record Result(Account Account, IssuedCredentials Credentials);

    public async Task<Outcome<Result>> Handle(Request request, string? from = null)
    {
        // Counted also where it fails: that an address is taken is told here, so nobody is to ask for many.
        Attempts.Limit[] limits = [new("sign-up", request.From.Address, settings.Accounts.SignUpsPerHour)];
        var standing = await attempts.Look(limits);
        var at = clock.GetCurrentInstant();
        if (standing.Wait(at) is { } wait)
            return new Refusals.TooMany(wait);
        if (await store.WriteAlways(tx => attempts.Count(tx, at, standing, limits)) is { } tooMany)
            return tooMany;

        var hash = passwords.Hash(request.Password);
        try
        {
            return await store.Write(tx => Add(tx, request, hash, from));
        }
        catch (DbException e) when (store.IsDuplicate(e))
        {
            // Somebody took the address or the name between our look and our insert: looking again says so.
            return await store.Write(tx => Add(tx, request, hash, from));
        }
    }

    private async Task<Outcome<Result>> Add(Tx tx, Request request, string hash, string? from)
    {
        var taken = new Dictionary<string, object>(StringComparer.Ordinal);
        if (request.Email is not null && await AccountRows.ByEmail(tx, request.Email) is not null)
            taken["email"] = new[] { "user with this email already exists." };
        if (request.Username is not null && await AccountRows.UsernameTaken(tx, request.Username, null))
            taken["username"] = new[] { "user with this username already exists." };
        if (taken.Count > 0)
            return new Refusals.Invalid(taken);

        var now = clock.GetCurrentInstant();
        var name = $"{request.FirstName} {request.LastName}".Trim() is { Length: > 0 } full ? full : request.Username ?? "";
        var (person, pending) = await Person(tx, request, name, now);
        await AccountRows.Add(tx, person, pending, request.Username, request.FirstName, request.LastName, hash, now);
        var account = (await AccountRows.ById(tx, person))!;
        await Revisions.Hold(tx, [person]);
        await AccountRows.UpdatePerson(tx, person, name, request.Timezone);
        await request.Hours.Set(tx, account, now);
        await Revisions.Bump(tx, [person], Duration.Zero);
        if (request.Email is not null)
            await mail.Verification(tx, person, request.Email, name, now);
        await AuditRows.Add(tx, person, from, now, Trail.Account("account.created", person, null, Trail.Values(("email", request.Email), ("username", request.Username), ("name", name))));
        return new Result(Account.Of((await AccountRows.ById(tx, person))!, settings), await credentials.Issue(tx, person, request.From, now, isNew: true));
    }

    /// The guest with this address becomes the account's person, and with them what they were invited to. Where mail is really sent,
    /// only after the address is verified: until then the account is a person of its own, with the address pending.
    private async Task<(long Person, string? PendingEmail)> Person(Tx tx, Request request, string name, Instant now)
    {
        var guest = request.Email is null ? null : await PeopleRows.Guest(tx, request.Email);
        if (guest is not null && settings.Smtp is null)
            return (guest.Id, null);
        if (request.Email is not null && settings.Smtp is not null && (guest is not null || settings.VerifiedAddressesOnly))
            return (await PeopleRows.Add(tx, null, name, request.Timezone, now), request.Email);
        // If the address has become an account's since we looked, this fails as a duplicate, and the second look tells.
        return (await PeopleRows.Add(tx, request.Email, name, request.Timezone, now), null);
    }
}
