using System.Net;

namespace Convene.Server;

/// An OpenID provider that people may sign in with.
/// <param name="Issuer">As the provider writes it: compared letter by letter (OpenID Connect Discovery §4.3).</param>
/// <param name="ClientSecret">Null: a public client; PKCE protects the code either way.</param>
/// <param name="Name">What the button says.</param>
/// <param name="SignUp">Whether who has no account here gets one.</param>
/// <param name="AllowedNetworks">Not public, and reached for the provider all the same.</param>
public sealed record ProviderSettings(
    string Issuer, string ClientId, string? ClientSecret, string Name, string Scopes, bool SignUp, IReadOnlyList<IPNetwork> AllowedNetworks)
{
    private const string OpenId = "openid";

    /// Null: none is set, or it is set wrongly (then there are problems).
    internal static ProviderSettings? Read(Func<string, string?> text, ICollection<string> problems, bool signUp, IReadOnlyList<IPNetwork> networks)
    {
        var (issuer, client) = (text("OIDC_ISSUER"), text("OIDC_CLIENT_ID"));
        if (issuer is null)
        {
            if (client is not null)
                problems.Add("OIDC_ISSUER is missing, but OIDC_CLIENT_ID is there. It takes the provider's address, such as https://login.example.com/realms/house.");
            return null;
        }

        if (client is null)
            problems.Add("OIDC_CLIENT_ID is missing. It takes the name that the provider knows this server by.");
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || !IsSafe(url) || url.Query.Length > 0 || url.Fragment.Length > 0)
            problems.Add($"OIDC_ISSUER is '{issuer}'. It takes the provider's address as the provider writes it, such as https://login.example.com/realms/house.");
        var scopes = text("OIDC_SCOPES") ?? "openid email profile";
        if (!scopes.Split(' ').Contains(OpenId, StringComparer.Ordinal))
            problems.Add($"OIDC_SCOPES is '{scopes}'. It takes words with spaces between them, one of them openid; the default is openid email profile.");
        return url is null || client is null ? null : new ProviderSettings(issuer, client, text("OIDC_CLIENT_SECRET"), text("OIDC_NAME") ?? url.Host, scopes, signUp, networks);
    }

    /// Signing in over plain HTTP is for a provider on this machine.
    internal static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}
