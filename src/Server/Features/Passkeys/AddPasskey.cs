using System.Buffers.Text;
using System.Data.Common;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Factors;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Passkeys;

/// Adds a passkey, in two steps: what the browser asks a device for, and what the device made.
public sealed class AddPasskey(Store store, IClock clock, Again again, AccountMail mail, Settings settings)
{
    public const int Most = 20;

    /// <param name="UserHandle">What the device keeps the account under.</param>
    /// <param name="Exclude">Credentials that the account has already.</param>
    /// <param name="Algorithms">COSE's numbers, the best first.</param>
    public sealed record Options(
        string Challenge, string RpId, string UserHandle, string UserName, string DisplayName, IReadOnlyList<string> Exclude, IReadOnlyList<long> Algorithms, int ExpiresIn);

    public sealed record Request(byte[] ClientData, byte[] AttestationObject, string Name);

    public sealed record NotBelieved : Refusal;

    public Task<Outcome<Options>> Begin(Actor actor, string password) => again.Password(actor, password, account => Ask(actor, account));

    private Task<Outcome<Options>> Ask(Actor actor, AccountRows.Account account) => store.Write<Options>(async tx =>
    {
        var there = await PasskeyRows.Of(tx, actor.Id);
        if (there.Count >= Most)
            return new Refusals.Invalid("non_field_errors", $"There are {Most} passkeys already. Remove one first.");
        var challenge = LetIn.NewSecret();
        await ChallengeRows.Add(tx, PasskeyParty.Hash(challenge), PasskeyParty.AddPurpose, actor.Id, "", clock.GetCurrentInstant() + PasskeyParty.Patience);
        var name = account.Email.Length > 0 ? account.Email : account.Username ?? "";
        return new Options(
            challenge, PasskeyParty.Of(settings).RpId, PasskeyParty.Handle(account.Uuid), name, actor.Name.Length > 0 ? actor.Name : name,
            [.. there.Select(p => p.CredentialId)], [WebAuthn.Es256, WebAuthn.Rs256], (int)PasskeyParty.Patience.TotalSeconds);
    });

    public async Task<Outcome<Passkey>> Handle(Actor actor, Request request)
    {
        var now = clock.GetCurrentInstant();
        if (WebAuthn.Challenge(request.ClientData) is not { } challenge)
            return new NotBelieved();
        // Used up, whatever comes of it.
        var begun = await store.WriteAlways(tx => ChallengeRows.Take(tx, PasskeyParty.Hash(challenge), PasskeyParty.AddPurpose, now));
        if (begun?.PersonId != actor.Id || WebAuthn.Register(request.ClientData, request.AttestationObject, challenge, PasskeyParty.Of(settings)) is not { } key)
            return new NotBelieved();
        try
        {
            return await store.Write<Passkey>(async tx =>
            {
                var id = await PasskeyRows.Add(
                    tx, actor.Id, Base64Url.EncodeToString(key.CredentialId), key.Algorithm, Convert.ToBase64String(key.PublicKey), key.SignCount, request.Name, now);
                await tx.Note(actor, now, Trail.Account("account.passkey_added", actor.Id, null, Trail.Values(("name", request.Name))));
                await mail.Notice(tx, (await AccountRows.ById(tx, actor.Id))!, AccountNotice.PasskeyAdded, now);
                return new Passkey(id, request.Name, now, null);
            });
        }
        catch (DbException e) when (store.IsDuplicate(e))
        {
            // A credential that is somebody's stays theirs.
            return new NotBelieved();
        }
    }
}
