using System.Buffers.Binary;
using System.Text;

namespace Convene.Server.Features.Attachments;

/// What a file is, found out from its content: names lie. Only kinds that a browser or a desk shows without running them.
/// <param name="Type">Media type.</param>
/// <param name="Endings">Of names; the first is put behind a name that has none of them.</param>
public sealed record FileKind(string Type, params IReadOnlyList<string> Endings)
{
    public const string Accepted =
        "Attach PDF, PNG, JPEG, GIF, WebP, plain text, Markdown, CSV (all as UTF-8), iCalendar, Word, Excel, PowerPoint (without macros) or OpenDocument files.";

    private const string Office = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";
    private const int HeadLength = 512;

    private static readonly FileKind[] OpenDocuments =
        [new(OpenDocument + "text", ".odt"), new(OpenDocument + "spreadsheet", ".ods"), new(OpenDocument + "presentation", ".odp"), new(OpenDocument + "graphics", ".odg")];

    /// The kind, or in half a sentence why it is none that is taken.
    public static async Task<(FileKind? Kind, string Why)> Of(Stream content, string name)
    {
        var head = new byte[Math.Min(content.Length, HeadLength)];
        content.Position = 0;
        await content.ReadExactlyAsync(head);
        if (Picture(head) is { } picture)
            return (picture, "");
        if (head.AsSpan().StartsWith("PK\x03\x04"u8))
            return await Document(content, head);
        if (Markup(head))
            return (null, "is HTML, SVG or other markup, which a browser might run");
        if (head.AsSpan().StartsWith("#!"u8))
            return (null, "is a program");
        if (await IsText(content))
            return (Text(head, Path.GetExtension(name)), "");
        return (null, Program(head) ? "is a program" : Archive(head) ? "is an archive: attach what is in it" : "is of a kind that can't be attached");
    }

    private static FileKind? Picture(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF-"u8))
            return new("application/pdf", ".pdf");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return new("image/png", ".png");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return new("image/jpeg", ".jpg", ".jpeg");
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return new("image/gif", ".gif");
        return head.Length > 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? new("image/webp", ".webp") : null;
    }

    /// A ZIP file is taken if its directory says that it is a document.
    private static async Task<(FileKind? Kind, string Why)> Document(Stream content, byte[] head)
    {
        if (await ZipDirectory.Names(content) is not { } names)
            return (null, "is a damaged archive");
        if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase)))
            return (null, "has macros");
        var kind = OpenDocumentType(head) is { } type ? Array.Find(OpenDocuments, k => k.Type == type)
            : !names.Contains("[Content_Types].xml", StringComparer.Ordinal) ? null
            // Word in a browser numbers it: document2.xml.
            : names.Any(n => n.StartsWith("word/document", StringComparison.Ordinal) && n.EndsWith(".xml", StringComparison.Ordinal)) ? new(Office + "wordprocessingml.document", ".docx")
            : names.Contains("xl/workbook.xml", StringComparer.Ordinal) ? new(Office + "spreadsheetml.sheet", ".xlsx")
            : names.Contains("ppt/presentation.xml", StringComparer.Ordinal) ? new(Office + "presentationml.presentation", ".pptx")
            : (FileKind?)null;
        return (kind, kind is null ? "is an archive: attach what is in it" : "");
    }

    /// OpenDocument begins with an entry `mimetype` that is not compressed (ODF 1.3 part 2, 3.3).
    private static string? OpenDocumentType(ReadOnlySpan<byte> head)
    {
        const int HeaderLength = 30;
        var name = "mimetype"u8;
        if (head.Length < HeaderLength + name.Length || !head[HeaderLength..].StartsWith(name) || BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) != name.Length)
            return null;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(head[18..]);
        var start = HeaderLength + name.Length + BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
        return BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) == 0 && start + size <= head.Length ? Encoding.ASCII.GetString(head.Slice(start, (int)size)) : null;
    }

    private static bool Program(ReadOnlySpan<byte> head) =>
        head.StartsWith("MZ"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x7F, 0x45, 0x4C, 0x46]) || head.StartsWith((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE]);

    private static bool Archive(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]) || head.StartsWith("Rar!"u8) || head.StartsWith("BZh"u8)
        || head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A]) || head.StartsWith("PK"u8) || (head.Length > 262 && head[257..].StartsWith("ustar"u8));

    private static bool Markup(ReadOnlySpan<byte> head)
    {
        var text = WithoutMark(head).TrimStart(" \t\r\n"u8);
        return text.Length > 1 && text[0] == '<' && (char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'!' or (byte)'?' or (byte)'/');
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;

    private static FileKind Text(ReadOnlySpan<byte> head, string ending)
    {
        if (WithoutMark(head).StartsWith("BEGIN:VCALENDAR"u8))
            return new("text/calendar", ".ics");
        // These are told apart by nothing but their name.
        return ending.ToLowerInvariant() switch
        {
            ".md" or ".markdown" => new("text/markdown", ".md", ".markdown"),
            ".csv" => new("text/csv", ".csv"),
            _ => new("text/plain", ".txt", ".text", ".log"),
        };
    }

    /// UTF-8 without control characters, to its end.
    private static async Task<bool> IsText(Stream content)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[64 * 1024];
        var chars = new char[bytes.Length + 1];
        content.Position = 0;
        try
        {
            int count;
            do
            {
                count = await content.ReadAsync(bytes);
                var read = decoder.GetChars(bytes, 0, count, chars, 0, flush: count == 0);
                if (Array.FindIndex(chars, 0, read, c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')) >= 0)
                    return false;
            }
            while (count > 0);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
