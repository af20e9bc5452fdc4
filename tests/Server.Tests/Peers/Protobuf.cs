using System.Text;

namespace Convene.Server.Tests.Peers;

/// Reads protobuf's wire format without knowing the messages: every text in it, however deep.
public static class Protobuf
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Length = 2;
    private const int Fixed32 = 5;

    /// Null: these bytes are no message.
    public static IReadOnlyList<string>? Texts(ReadOnlySpan<byte> message)
    {
        var texts = new List<string>();
        while (message.Length > 0)
        {
            if (Number(ref message) is not { } key || key >> 3 == 0)
                return null;
            var size = (int)(key & 7) switch { Varint => 0, Fixed64 => 8, Fixed32 => 4, Length => (int)Math.Min(Number(ref message) ?? int.MaxValue, int.MaxValue), _ => int.MaxValue };
            if (size > message.Length || ((key & 7) == Varint && Number(ref message) is null))
                return null;
            var content = message[..size];
            message = message[size..];
            if ((key & 7) != Length)
                continue;
            if (content.Length > 0 && Texts(content) is { } inner)
                texts.AddRange(inner);
            // A short text may look like a message: it is told in any case.
            if (content.Length is > 0 and < 2_000 && content.IndexOfAnyInRange((byte)0, (byte)8) < 0)
                texts.Add(Encoding.UTF8.GetString(content));
        }

        return texts;
    }

    private static ulong? Number(ref ReadOnlySpan<byte> message)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64 && message.Length > 0; shift += 7)
        {
            var part = message[0];
            message = message[1..];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }

        return null;
    }
}
