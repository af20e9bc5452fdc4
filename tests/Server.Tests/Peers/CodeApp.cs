using Convene.Server.Features.Factors;
using NodaTime;

namespace Convene.Server.Tests.Peers;

/// An app that makes codes, set up from what the server told.
internal sealed class CodeApp(string base32)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public string At(Instant now) => Totp.Code(Decoded(), Totp.Step(now));

    /// A code that is of no step near now.
    public string Wrong(Instant now)
    {
        var near = Enumerable.Range(-2, 5).Select(o => Totp.Code(Decoded(), Totp.Step(now) + o)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, 10).Select(n => $"{n:D6}").First(c => !near.Contains(c));
    }

    private byte[] Decoded()
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString(Letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
