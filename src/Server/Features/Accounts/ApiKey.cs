using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// <summary>A key that a program of mine signs in with.</summary>
public record ApiKey
{
    /// What every key begins with: whoever finds one, a secret scanner too, knows what it is.
    internal const string Prefix = "cvn_";

    /// As many as a person can keep apart, and more.
    internal const int Most = 50;

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // 62^43 is a little more than 2^256.
    private const int Length = 43;
    private const int HintLength = 4;

    internal ApiKey(ApiKeyRows.Row row, Instant now)
    {
        (Id, Name, Scope, Hint) = (row.Id, row.Name, row.Scope, row.Hint);
        (CreatedAt, ExpiresAt, LastUsedAt, Expired) = (row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.ExpiresAt <= now);
    }

    public long Id { get; }
    public string Name { get; }

    /// <summary>read, write or admin.</summary>
    [AllowedValues(KeyScopes.Read, KeyScopes.Write, KeyScopes.Admin)]
    public string Scope { get; }

    /// <summary>The last characters of the key, to recognise it by.</summary>
    public string Hint { get; }
    public Instant CreatedAt { get; }
    public Instant ExpiresAt { get; }

    /// <summary>Within some minutes; null: never.</summary>
    public Instant? LastUsedAt { get; }

    /// <summary>Whether it is over. It stays in the list for a month, so that its owner sees why a program is not let in any more.</summary>
    public bool Expired { get; }

    internal static (string Key, string Hint) New()
    {
        var secret = RandomNumberGenerator.GetString(Alphanumeric, Length);
        return (Prefix + secret, secret[^HintLength..]);
    }

    /// What the audit says of a key.
    internal static AuditRows.Note Note(string kind, long person, ApiKeyRows.Row? before, ApiKeyRows.Row? after) => Trail.Account(kind, person, Picture(before), Picture(after));

    private static Dictionary<string, object?>? Picture(ApiKeyRows.Row? key) => key is null ? null : Trail.Values(
        ("name", key.Name), ("scope", key.Scope), ("hint", key.Hint), ("expires_at", IsoTime.Format(key.ExpiresAt)));
}
