using System.Text;

namespace Convene.ICalendar;

/// <summary>UIDs as they come back in replies.</summary>
public static class ItipUid
{
    // The class id that every Global Object ID of Exchange begins with (MS-OXOCAL §2.2.1.27), in hexadecimal.
    private const string Exchange = "040000008200E00074C5B7101A82E008";

    /// <summary>The organizer's UID: Exchange can wrap one that is not its own as <c>vCal-Uid</c> into one of its own (MS-OXCICAL §2.1.3.1.1.20.26).</summary>
    /// <param name="uid">The UID of a reply.</param>
    /// <returns>The wrapped UID, or <paramref name="uid"/> itself, without white space around.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="uid"/> is null.</exception>
    public static string Unwrap(string uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        uid = uid.Trim();
        if (!uid.StartsWith(Exchange, StringComparison.OrdinalIgnoreCase) || uid.Length % 2 != 0 || !uid.All(char.IsAsciiHexDigit))
            return uid;
        var id = Convert.FromHexString(uid).AsSpan();
        var name = id.IndexOf("vCal-Uid"u8);
        // Behind the name: four bytes of a version, the UID, a zero.
        if (name < 0 || id.Length < name + 13)
            return uid;
        var wrapped = id[(name + 12)..];
        return Encoding.UTF8.GetString(wrapped.IndexOf((byte)0) is >= 0 and var end ? wrapped[..end] : wrapped);
    }
}
