using System.Text;

namespace Convene.ICalendar;

/// <summary>Octets as text, by the name of a charset that somebody else wrote.</summary>
internal static class MailCharset
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; without a byte order mark.</summary>
    /// <param name="octets">Whatever came.</param>
    /// <param name="charset">Null, or unknown: as UTF-8, or else as Windows-1252. So is ASCII: what claims to be it often is not.</param>
    internal static string Decode(ReadOnlySpan<byte> octets, string? charset)
    {
        if (Known(charset) is { } encoding)
        {
            var text = encoding.GetString(octets);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }

        try
        {
            return Utf8.GetString(octets is [0xEF, 0xBB, 0xBF, .. var behind] ? behind : octets);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(octets);
        }
    }

    /// <summary>Whether text of this charset is, for a reader that forgives much, already UTF-8.</summary>
    internal static bool IsUtf8(string? charset) => Known(charset) is null;

    private static Encoding? Known(string? charset)
    {
        var name = charset?.Trim().ToLowerInvariant();
        if (name is null or "" or "utf-8" or "utf8" or "us-ascii" or "ascii" or "default" or "unknown-8bit")
            return null;
        try
        {
            // What browsers and mail programs mean by it (WHATWG): it has more letters.
            return CodePagesEncodingProvider.Instance.GetEncoding(name is "iso-8859-1" or "latin1" ? "windows-1252" : name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
