using System.Security.Cryptography;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// Makes the secret that an app makes codes of. Nothing is asked for at sign-in until one of these codes was shown (ConfirmSecondFactor).
public sealed class BeginSecondFactor(Store store, IClock clock, Again again, Seal seal, Settings settings)
{
    public sealed record Request(string Password);

    /// <param name="Key">Base32, for who types it.</param>
    /// <param name="Uri">otpauth: as apps read it from a QR code.</param>
    public sealed record Secret(string Key, string Uri);

    public Task<Outcome<Secret>> Handle(Actor actor, Request request) => again.Password(actor, request.Password, account => Begin(actor, account));

    private async Task<Outcome<Secret>> Begin(Actor actor, AccountRows.Account account)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        var closed = seal.Close(secret, CodeCheck.About(actor.Id));
        return await store.Write<Secret>(async tx =>
        {
            if (!await TotpRows.Begin(tx, actor.Id, closed, clock.GetCurrentInstant()))
                return new Refusals.Invalid("non_field_errors", "The second factor is set up already. Switch it off first.");
            var key = Totp.Base32(secret);
            return new Secret(key, Totp.Uri($"Convene ({settings.PublicUrl.Host})", account.Email.Length > 0 ? account.Email : account.Username ?? "", key));
        });
    }
}
