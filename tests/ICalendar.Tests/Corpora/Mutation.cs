namespace Convene.ICalendar.Tests.Corpora;

/// <summary>What goes wrong with files: octets that change, lines that come and go, parts of two files in one.</summary>
internal static class Mutation
{
    private static readonly byte[][] Troubles =
    [
        .. ((string[])
        [
            "\r", "\n", "\r\n ", "\n\t", "\0", ":", ";", ",", "\"", "\\", "^", "=", " ", "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VCALENDAR\n",
            "END:VCALENDAR\n", ";TZID=x:", ";VALUE=DATE:", "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=-1SU\n", "99999999T999999Z", "P99999999W", "\u2028", "\uFEFF",
            "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\n", "DTSTART:00010102T000000\n", "TZOFFSETFROM:-1759\nTZOFFSETTO:+1759\n", "🎉",
        ]).Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xFE, 0xFF],
    ];

    /// <summary>The file with one to six things wrong with it.</summary>
    public static byte[] Of(byte[] file, byte[] other, Random random)
    {
        List<byte> text = [.. file];
        for (var wrongs = random.Next(1, 7); wrongs > 0; wrongs--)
        {
            var at = random.Next(text.Count + 1);
            var length = Math.Min(random.Next(1, 200), text.Count - at);
            switch (random.Next(10))
            {
                case 0:
                    text.RemoveRange(at, text.Count - at);
                    break;
                case 1:
                    text.RemoveRange(at, length);
                    break;
                case 2:
                    text.InsertRange(at, text.GetRange(at, length));
                    break;
                case 3 when text.Count > 0:
                    text[Math.Min(at, text.Count - 1)] = (byte)random.Next(256);
                    break;
                case 4:
                    text.InsertRange(at, other.AsSpan(random.Next(other.Length / 2)).ToArray());
                    break;
                case 5:
                    MoveLine(text, random);
                    break;
                case 6:
                    text.InsertRange(at, Enumerable.Repeat(Troubles[random.Next(Troubles.Length)], random.Next(1, 50)).SelectMany(b => b));
                    break;
                case 7:
                    Digit(text, random);
                    break;
                default:
                    text.InsertRange(at, Troubles[random.Next(Troubles.Length)]);
                    break;
            }
        }
        return [.. text];
    }

    private static void MoveLine(List<byte> text, Random random)
    {
        var from = text.Count == 0 ? -1 : text.IndexOf((byte)'\n', random.Next(text.Count));
        var to = from < 0 ? -1 : text.IndexOf((byte)'\n', from + 1);
        if (to < 0)
            return;
        var line = text.GetRange(from + 1, to - from);
        text.RemoveRange(from + 1, to - from);
        var target = text.IndexOf((byte)'\n', random.Next(text.Count));
        text.InsertRange(target + 1, line);
    }

    private static void Digit(List<byte> text, Random random)
    {
        if (text.Count == 0)
            return;
        var at = text.FindIndex(random.Next(text.Count), octet => octet is >= (byte)'0' and <= (byte)'9');
        if (at >= 0)
            text[at] = (byte)('0' + random.Next(10));
    }
}
