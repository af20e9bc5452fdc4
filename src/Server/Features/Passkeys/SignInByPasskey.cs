using System.Buffers.Text;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Passkeys;

/// Signs in with a passkey alone: the device says whose it is. One that has verified its user (finger, face, PIN) counts as both factors.
public sealed class SignInByPasskey(Store store, IClock clock, Jwt jwt, LetIn letIn, Settings settings)
{
    public sealed record Options(string Challenge, string RpId, int ExpiresIn);

    public sealed record Request(byte[] CredentialId, byte[] ClientData, byte[] AuthenticatorData, byte[] Signature, byte[] UserHandle, Visitor From);

    public sealed record WrongPasskey : Refusal;

    public Options Begin() => new(
        OpenChallenge.New(jwt, PasskeyParty.SignInPurpose, "", clock.GetCurrentInstant() + PasskeyParty.Patience), PasskeyParty.Of(settings).RpId, (int)PasskeyParty.Patience.TotalSeconds);

    public async Task<Outcome<SignIn.Result>> Handle(Request request)
    {
        var now = clock.GetCurrentInstant();
        if (WebAuthn.Challenge(request.ClientData) is not { } challenge || OpenChallenge.Until(jwt, challenge, PasskeyParty.SignInPurpose, "", now) is not { } until)
            return new WrongPasskey();
        // That a second factor is still asked for is no success, and is written all the same.
        return await store.WriteAlways<Outcome<SignIn.Result>>(async tx =>
        {
            if (await PasskeyRows.Hold(tx, Base64Url.EncodeToString(request.CredentialId)) is not { } passkey)
                return new WrongPasskey();
            if (await AccountRows.ById(tx, passkey.PersonId) is not { IsActive: 1 } account || System.Text.Encoding.ASCII.GetString(request.UserHandle) != account.Uuid)
                return new WrongPasskey();
            var shown = WebAuthn.Verify(
                request.ClientData, request.AuthenticatorData, request.Signature, challenge, PasskeyParty.Of(settings), passkey.Algorithm, Convert.FromBase64String(passkey.PublicKey));
            // §7.2, step 21: a count that does not go up is a copy's. Devices that keep passkeys in step with each other don't count at all.
            if (shown is null || (shown.SignCount <= passkey.SignCount && (shown.SignCount > 0 || passkey.SignCount > 0)))
                return new WrongPasskey();
            if (!await ChallengeRows.Use(tx, PasskeyParty.Hash(challenge), PasskeyParty.SignInPurpose, until))
                return new WrongPasskey();
            await PasskeyRows.Used(tx, passkey.Id, shown.SignCount, now);
            return await letIn.Person(tx, account, request.From, bothShown: shown.UserVerified, now);
        });
    }
}
