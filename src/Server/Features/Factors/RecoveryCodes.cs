using System.Security.Cryptography;
using Convene.Server.Features.Accounts;
using Convene.Server.Storage;

namespace Convene.Server.Features.Factors;

/// For who has lost the app that makes codes. 80 random bits each: their hashes need neither salt nor time.
internal static class RecoveryCodes
{
    public const int Count = 10;

    // Without 0, 1, I and O, which look alike on paper; 32 letters are 5 bits each.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 16;
    private const int Group = 4;

    /// New ones in place of all there were; told this once.
    public static async Task<IReadOnlyList<string>> Renew(Tx tx, long person)
    {
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Letters, Length)).ToArray();
        await TotpRows.ReplaceRecoveryCodes(tx, person, codes.Select(c => Hash(person, c)));
        return [.. codes.Select(c => string.Join('-', c.Chunk(Group).Select(g => new string(g))))];
    }

    /// Of a code without spaces and hyphens.
    public static string Hash(long person, string code) => Credentials.Hash($"recovery:{person}:{code.ToUpperInvariant()}");
}
