using System.Text;
using Convene.Server.Features.Accounts;

namespace Convene.Server.Features.Passkeys;

/// Whom passkeys are for: the domain and origin of PUBLIC_URL.
internal static class PasskeyParty
{
    public const string SignInPurpose = "passkey sign-in";
    public const string AddPurpose = "passkey add";

    public static readonly NodaTime.Duration Patience = NodaTime.Duration.FromMinutes(5);

    public static WebAuthn.Party Of(Settings settings) => new(settings.PublicUrl.IdnHost, settings.PublicUrl.GetLeftPart(UriPartial.Authority));

    /// What a device keeps a person under: their id, which is neither name nor address.
    public static string Handle(string uuid) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(uuid));

    public static string Hash(string challenge) => Credentials.Hash(challenge);
}
