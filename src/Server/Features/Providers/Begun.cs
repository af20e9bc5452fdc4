using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Convene.Server.Features.Providers;

/// What the browser keeps while it is away at the provider. Nothing of it is kept here; the state vouches for the rest (OpenChallenge).
/// <param name="AddTo">Whose account the provider is to be added to; null: to sign in.</param>
/// <param name="Target">The page to go on to.</param>
/// <param name="Zone">Of the browser, for a new account; null: not known.</param>
internal sealed record Begun(string State, long? AddTo, string Target, string? Zone)
{
    public string Kept => string.Create(CultureInfo.InvariantCulture, $"{State}.{AddTo}.{Coded(Target)}.{Coded(Zone ?? "")}");

    /// What the state vouches for.
    public static string About(long? addTo, string target, string? zone) => string.Create(CultureInfo.InvariantCulture, $"{addTo}:{zone}:{target}");

    /// Null: it is nothing of ours.
    public static Begun? Read(string kept)
    {
        if (kept.Split('.') is not [var state, var addTo, var target, var zone] || !Base64Url.IsValid(target) || !Base64Url.IsValid(zone))
            return null;
        long? person = null;
        if (addTo.Length > 0)
        {
            if (!long.TryParse(addTo, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return null;
            person = id;
        }

        return new Begun(state, person, Plain(target), zone.Length > 0 ? Plain(zone) : null);
    }

    private static string Coded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Plain(string coded) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(coded));
}
