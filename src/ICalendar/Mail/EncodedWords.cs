using System.Text;

namespace Convene.ICalendar;

/// <summary>RFC 2047: <c>=?utf-8?Q?Gr=C3=BC=C3=9Fe?=</c> is "Grüße".</summary>
internal static class EncodedWords
{
    internal static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal))
            return value;
        var text = new StringBuilder(value.Length);
        // Words of one charset side by side are one text: some programs cut it in the middle of a character.
        using var octets = new MemoryStream();
        string? charset = null;
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            var start = rest.IndexOf("=?");
            if (start < 0 || !TryWord(rest[start..], out var word))
            {
                Flush();
                var plain = start < 0 ? rest.Length : start + 2;
                text.Append(rest[..plain]);
                rest = rest[plain..];
                continue;
            }

            // White space between two words is only there to fold the line.
            if (charset is null || !rest[..start].IsWhiteSpace())
            {
                Flush();
                text.Append(rest[..start]);
            }

            if (charset is not null && !charset.Equals(word.Charset, StringComparison.OrdinalIgnoreCase))
                Flush();
            charset = word.Charset;
            octets.Write(word.Octets);
            rest = rest[(start + word.Length)..];
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            if (charset is not null)
                text.Append(MailCharset.Decode(octets.GetBuffer().AsSpan(0, (int)octets.Length), charset));
            charset = null;
            octets.SetLength(0);
        }
    }

    // RFC 2047 allows 75; some write a whole subject as one word. Without a limit, text full of beginnings would be searched again from each.
    private const int Longest = 4_000;

    private static bool TryWord(ReadOnlySpan<char> text, out (string Charset, byte[] Octets, int Length) word)
    {
        word = default;
        text = text[..Math.Min(text.Length, Longest)];
        var charset = text[2..].IndexOf('?');
        if (charset is <= 0 or > 60 || text.Length < charset + 6 || text[charset + 4] != '?')
            return false;
        var encoded = text[(charset + 5)..];
        var end = encoded.IndexOf("?=");
        if (end < 0 || encoded[..end].ContainsAny(' ', '\t'))
            return false;
        var name = text.Slice(2, charset).ToString().Split('*')[0];
        var octets = Encoding.UTF8.GetBytes(encoded[..end].ToString());
        if (text[charset + 3] is 'B' or 'b')
            word = (name, TransferEncoding.Base64(octets), charset + 5 + end + 2);
        else if (text[charset + 3] is 'Q' or 'q')
            word = (name, TransferEncoding.QuotedPrintable(octets, inHeader: true), charset + 5 + end + 2);
        return word.Octets is not null;
    }
}
