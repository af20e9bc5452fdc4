namespace Convene.ICalendar;

/// <summary>Content-Transfer-Encoding undone (RFC 2045 §6.7, §6.8), forgiving as every mail program is.</summary>
internal static class TransferEncoding
{
    internal static byte[] Decode(ReadOnlySpan<byte> body, string? encoding) => MailParameters.Read(encoding).Value switch
    {
        "base64" => Base64(body),
        "quoted-printable" => QuotedPrintable(body),
        _ => body.ToArray(),
    };

    /// <summary>Characters that are no base64 are passed over; a rest of less than eight bits is dropped; padding ends nothing: some join several texts.</summary>
    internal static byte[] Base64(ReadOnlySpan<byte> text)
    {
        var result = new byte[(text.Length / 4 + 1) * 3];
        var (length, bits, count) = (0, 0, 0);
        foreach (var c in text)
        {
            var value = Value(c);
            if (value < 0)
            {
                if (c == '=')
                    (bits, count) = (0, 0);
                continue;
            }

            bits = bits << 6 | value;
            count += 6;
            if (count < 8)
                continue;
            count -= 8;
            result[length++] = (byte)(bits >> count);
            bits &= (1 << count) - 1;
        }

        return result[..length];
    }

    /// <summary>Soft line breaks joined, codes decoded; what is no code stays.</summary>
    /// <param name="text">The body, or a word.</param>
    /// <param name="inHeader">RFC 2047 §4.2: an underscore is a space.</param>
    internal static byte[] QuotedPrintable(ReadOnlySpan<byte> text, bool inHeader = false)
    {
        var result = new byte[text.Length];
        var length = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            var crlf = end >= 0 && line is [.., (byte)'\r'];
            if (crlf)
                line = line[..^1];
            // White space at the end of a line was added on the way.
            if (!inHeader)
                line = line.TrimEnd(" \t"u8);
            var soft = line is [.., (byte)'='];
            if (soft)
                line = line[..^1];
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] == '=' && i + 2 < line.Length && Hexadecimal.TryRead(line[i + 1], line[i + 2], out var octet))
                {
                    result[length++] = octet;
                    i += 2;
                }
                else
                {
                    result[length++] = inHeader && line[i] == '_' ? (byte)' ' : line[i];
                }
            }

            if (end < 0 || soft)
                continue;
            if (crlf)
                result[length++] = (byte)'\r';
            result[length++] = (byte)'\n';
        }

        return result[..length];
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
