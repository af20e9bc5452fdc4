using System.Buffers.Binary;
using System.Text;

namespace Convene.Server.Features.Attachments;

/// What a ZIP file says it holds (PKWARE APPNOTE 4.3). Only the directory at its end is read, nothing is ever unpacked.
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = 65_535;
    private const int EntryLength = 46;

    // An office document has some hundred entries of some hundred bytes.
    private const int LargestDirectory = 1024 * 1024;

    private static readonly byte[] EndMark = [0x50, 0x4B, 0x05, 0x06];
    private static readonly byte[] EntryMark = [0x50, 0x4B, 0x01, 0x02];

    /// The names of its entries; null if it is no such file, or an uncommon one (split, ZIP64, a huge directory).
    public static async Task<IReadOnlyList<string>?> Names(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail);
        if (tail.AsSpan().LastIndexOf(EndMark) is not (>= 0 and var end) || tail.Length - end < EndLength)
            return null;

        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (size > LargestDirectory || (long)offset + size > file.Length)
            return null;
        var directory = new byte[size];
        file.Position = offset;
        await file.ReadExactlyAsync(directory);
        return Read(directory, count);
    }

    private static List<string>? Read(ReadOnlySpan<byte> directory, int count)
    {
        var names = new List<string>();
        for (; count > 0; count--)
        {
            if (directory.Length < EntryLength || !directory.StartsWith(EntryMark))
                return null;
            var name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var rest = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (directory.Length < EntryLength + name + rest)
                return null;
            names.Add(Encoding.UTF8.GetString(directory.Slice(EntryLength, name)));
            directory = directory[(EntryLength + name + rest)..];
        }

        return names;
    }
}
