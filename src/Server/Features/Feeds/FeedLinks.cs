using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Convene.Server.Features.Accounts;

namespace Convene.Server.Features.Feeds;

/// The secret in a feed's address: a stored nonce that finds the feed, and a proof derived from it. Who reads the database alone can't subscribe; who owns the feed can look its address up.
public sealed class FeedLinks(Jwt jwt, Settings settings)
{
    private const string Purpose = "feed";
    private const int NonceBytes = 16;
    private const int NonceLength = 22;

    public static string NewNonce() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));

    public string Url(string nonce) => $"{settings.PublicUrl.ToString().TrimEnd('/')}/feeds/{Secret(nonce)}.ics";

    /// Null: this is no secret of ours.
    public string? Nonce(string secret)
    {
        if (secret.Length <= NonceLength || secret.Any(c => !char.IsAscii(c)))
            return null;
        var nonce = secret[..NonceLength];
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes(Secret(nonce))) ? nonce : null;
    }

    private string Secret(string nonce) => nonce + jwt.Derive(Purpose, nonce);
}
