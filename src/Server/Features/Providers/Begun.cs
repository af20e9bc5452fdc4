using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Convene.Server.Features.Providers;

/// What the browser keeps while it is away at the provider. Nothing of it is kept here; the state vouches for the rest (OpenChallenge).
/// <param name="AddTo">Whose account the provider is to be added to; null: to sign in.</param>
/// <param name="Target">The page to go on to.</param>
internal sealed record Begun(string State, long? AddTo, string Target)
{
    public string Kept => string.Create(CultureInfo.InvariantCulture, $"{State}.{AddTo}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Target))}");

    public static string About(long? addTo, string target) => string.Create(CultureInfo.InvariantCulture, $"{addTo}:{target}");

    /// Null: it is nothing of ours.
    public static Begun? Read(string kept)
    {
        if (kept.Split('.') is not [var state, var addTo, var target] || !Base64Url.IsValid(target))
            return null;
        if (addTo.Length == 0)
            return new Begun(state, null, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(target)));
        return long.TryParse(addTo, NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? new Begun(state, person, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(target))) : null;
    }
}
