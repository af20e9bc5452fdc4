using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>A mail, or a part of one: a head, and either content or further parts (RFC 2045, RFC 2046).</summary>
/// <remarks>Immutable; equality is identity. A mail within a mail (<c>message/rfc822</c>) is content: it is not opened.</remarks>
public sealed class MailPart
{
    private readonly ReadOnlyMemory<byte> body;

    internal MailPart(ImmutableArray<MailHeader> headers, MailParameters type, ReadOnlyMemory<byte> body, ImmutableArray<MailPart> parts)
    {
        Headers = headers;
        Type = type;
        Parts = parts;
        this.body = body;
    }

    /// <summary>The fields of the head in order; may be empty in an inner part.</summary>
    public ImmutableArray<MailHeader> Headers { get; }

    /// <summary>The media type in lower case, such as <c>text/calendar</c>; <c>text/plain</c> where none is told, or none that could be one.</summary>
    public string MediaType => Type.Value;

    /// <summary>What lies in it, in order; empty for a part with content.</summary>
    public ImmutableArray<MailPart> Parts { get; }

    /// <summary>The name of the file that it is; null for none. Any text: not to be used as a path.</summary>
    public string? FileName => MailParameters.Read(this["Content-Disposition"])["filename"] ?? Type["name"];

    /// <summary>This part and all that lies in it, in order.</summary>
    public IEnumerable<MailPart> All => Parts.SelectMany(part => part.All).Prepend(this);

    /// <summary>The value of the first field with this name, unfolded, encoded words as they stand; null if there is none.</summary>
    /// <param name="name">Without regard to case.</param>
    public string? this[string name] => Headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The values of all fields with this name, in order.</summary>
    /// <param name="name">Without regard to case.</param>
    public IEnumerable<string> Every(string name) => Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value);

    /// <summary>A parameter of the media type, such as <c>method</c> or <c>charset</c>; null if there is none.</summary>
    /// <param name="name">Without regard to case.</param>
    public string? Parameter(string name) => Type[name];

    /// <summary>The content as it was before it was encoded for the way (RFC 2045 §6); empty for a part that holds others.</summary>
    /// <remarks>What does not belong into base64 or quoted-printable is left out or kept as it stands, as other programs do. Decoded anew with each call.</remarks>
    public byte[] Content() => Parts.IsEmpty ? TransferEncoding.Decode(body.Span, this["Content-Transfer-Encoding"]) : [];

    /// <summary>The content as text, by its charset; where that is not known, as UTF-8, or else as Windows-1252.</summary>
    public string Text() => MailCharset.Decode(Content(), Type["charset"]);

    internal MailParameters Type { get; }
}
