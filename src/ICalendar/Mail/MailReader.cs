using System.Collections.Immutable;
using System.Text;

namespace Convene.ICalendar;

/// <summary>Mail as it comes from a mail server, taken apart (RFC 5322, RFC 2045, RFC 2046).</summary>
/// <remarks>As forgiving as mail programs are: line breaks of any kind, 8-bit heads, multiparts that are never closed, lines that are no field.</remarks>
public static class MailReader
{
    // RFC 2046 §5.1.1 says 70; longer ones were seen.
    private const int LongestBoundary = 200;

    /// <summary>Reads one mail.</summary>
    /// <param name="mail">All of it: head, blank line, body. A line <c>From …</c> that some mail servers put in front is passed over.</param>
    /// <param name="limits">How much is read; <see cref="MailLimits.Standard"/> when left out.</param>
    /// <returns>The mail. It refers to <paramref name="mail"/>, which must stay as it is.</returns>
    /// <exception cref="MailSyntaxException">There is no head, or a limit is exceeded.</exception>
    /// <remarks>Takes time in proportion to the length of the mail, times <see cref="MailLimits.MaxDepth"/> at most.</remarks>
    public static MailPart Read(ReadOnlyMemory<byte> mail, MailLimits? limits = null)
    {
        limits ??= MailLimits.Standard;
        if (mail.Length > limits.MaxOctets)
            throw new MailSyntaxException($"The mail has more than {limits.MaxOctets} octets.");
        if (mail.Span is [0xEF, 0xBB, 0xBF, ..])
            mail = mail[3..];
        if (mail.Span.StartsWith("From "u8) || mail.Span.StartsWith(">From "u8))
            mail = mail[LineEnd(mail.Span)..];
        var count = 0;
        var read = Part(mail, limits, 1, ref count);
        return read.Headers.IsEmpty ? throw new MailSyntaxException("This is no mail: it does not begin with a head.") : read;
    }

    private static MailPart Part(ReadOnlyMemory<byte> text, MailLimits limits, int depth, ref int count)
    {
        if (++count > limits.MaxParts)
            throw new MailSyntaxException($"The mail has more than {limits.MaxParts} parts.");
        if (depth > limits.MaxDepth)
            throw new MailSyntaxException($"The mail has parts in parts, more than {limits.MaxDepth} deep.");
        var (headers, body) = Head(text, limits);
        var declared = headers.FirstOrDefault(h => h.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))?.Value;
        var type = MailParameters.Read(declared);
        if (type.Value.Count(c => c == '/') != 1)
            type = MailParameters.Read("text/plain");
        var parts = ImmutableArray.CreateBuilder<MailPart>();
        if (type.Value.StartsWith("multipart/", StringComparison.Ordinal) && type["boundary"]?.TrimEnd() is { Length: > 0 and <= LongestBoundary } boundary)
        {
            foreach (var inner in Split(body, Encoding.UTF8.GetBytes("--" + boundary)))
                parts.Add(Part(body[inner], limits, depth + 1, ref count));
        }

        return new MailPart(headers, type, body, parts.ToImmutable());
    }

    private static (ImmutableArray<MailHeader> Headers, ReadOnlyMemory<byte> Body) Head(ReadOnlyMemory<byte> text, MailLimits limits)
    {
        var headers = ImmutableArray.CreateBuilder<MailHeader>();
        var span = text.Span;
        var at = 0;
        var field = new StringBuilder();
        while (at < span.Length)
        {
            var length = LineEnd(span[at..]);
            var line = span.Slice(at, length).TrimEnd("\r\n"u8);
            if (line.IsEmpty)
            {
                at += length;
                break;
            }

            // A line that is no field: the blank line before the body was forgotten.
            var folded = line[0] is (byte)' ' or (byte)'\t';
            if (!folded && !IsField(line))
                break;
            at += length;
            if (at > limits.MaxHeaderOctets)
                throw new MailSyntaxException($"The head of a part has more than {limits.MaxHeaderOctets} octets.");
            if (!folded)
                Finish();
            else if (field.Length == 0)
                continue;
            field.Append(MailCharset.Decode(line, null));
        }

        Finish();
        return (headers.ToImmutable(), text[at..]);

        void Finish()
        {
            if (field.Length == 0)
                return;
            var whole = field.ToString();
            var colon = whole.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new MailHeader(whole[..colon].TrimEnd(), whole[(colon + 1)..].Trim()));
            field.Clear();
        }
    }

    /// <summary>A name of printable characters, and a colon (RFC 5322 §3.6.8); white space between them was allowed once.</summary>
    private static bool IsField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && !line[..colon].TrimEnd(" \t"u8).ContainsAnyExceptInRange((byte)33, (byte)126) && line[0] > 32;
    }

    /// <summary>Where the parts lie: between the lines that begin with the boundary. What stands before the first and behind the last is for nobody.</summary>
    private static List<Range> Split(ReadOnlyMemory<byte> body, byte[] boundary)
    {
        var parts = new List<Range>();
        var span = body.Span;
        var (from, at) = (-1, 0);
        while (at < span.Length)
        {
            var next = span[at..].IndexOf(boundary);
            if (next < 0)
                break;
            var line = at + next;
            at = line + boundary.Length;
            // Only at the beginning of a line; else a line full of boundaries would be searched to its end from each.
            if (line > 0 && span[line - 1] is not ((byte)'\n' or (byte)'\r'))
                continue;
            var end = line + LineEnd(span[line..]);
            var rest = span[at..end].TrimEnd(" \t\r\n"u8);
            if (!rest.IsEmpty && !rest.SequenceEqual("--"u8))
                continue;
            // The line break before a boundary belongs to the boundary.
            if (from >= 0)
                parts.Add(from..Math.Max(from, BreakBefore(span, line)));
            (from, at) = (end, end);
            if (!rest.IsEmpty)
                return parts;
        }

        if (from >= 0)
            parts.Add(from..span.Length);
        return parts;
    }

    private static int BreakBefore(ReadOnlySpan<byte> text, int at)
    {
        if (at > 0 && text[at - 1] == '\n')
            at--;
        return at > 0 && text[at - 1] == '\r' ? at - 1 : at;
    }

    /// <summary>The length of the first line with its line break: CRLF, LF or CR.</summary>
    private static int LineEnd(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
            return text.Length;
        return text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
    }
}
