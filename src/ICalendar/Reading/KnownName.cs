using System.Collections.Frozen;

namespace Convene.ICalendar;

/// <summary>The names that most lines have, so that each is one string however often it is read.</summary>
internal sealed class KnownName
{
    private const int MostStrangers = 512;

    private static readonly FrozenSet<string> Texts = FrozenSet.Create(
        StringComparer.Ordinal,
        "SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "CATEGORIES", "RESOURCES", "TZNAME", "NAME", "X-WR-CALNAME", "X-WR-CALDESC");

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Known = new[]
    {
        "ACTION", "ATTACH", "ATTENDEE", "BEGIN", "BUSYTYPE", "CALSCALE", "CLASS", "COMPLETED", "CREATED", "DAYLIGHT", "DTEND", "DTSTAMP",
        "DTSTART", "DUE", "DURATION", "END", "EXDATE", "EXRULE", "FREEBUSY", "GEO", "LAST-MODIFIED", "METHOD", "ORGANIZER",
        "PERCENT-COMPLETE", "PRIORITY", "PRODID", "RDATE", "RECURRENCE-ID", "RELATED-TO", "REPEAT", "REQUEST-STATUS", "RRULE", "SEQUENCE",
        "STANDARD", "STATUS", "TRANSP", "TRIGGER", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZURL", "UID", "URL", "VALARM", "VAVAILABILITY",
        "AVAILABLE", "VCALENDAR", "VERSION", "VEVENT", "VFREEBUSY", "VJOURNAL", "VTIMEZONE", "VTODO", "X-ALT-DESC", "X-LIC-LOCATION",
        "X-MICROSOFT-CDO-BUSYSTATUS", "CN", "CUTYPE", "DELEGATED-FROM", "DELEGATED-TO", "DIR", "ENCODING", "FBTYPE", "FMTTYPE", "LANGUAGE",
        "MEMBER", "PARTSTAT", "RANGE", "RELATED", "RELTYPE", "ROLE", "RSVP", "SENT-BY", "VALUE",
    }.Concat(Texts).ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    // X- names come in as many copies as there are events; how many different ones are remembered is bounded.
    private readonly Dictionary<string, string> _strangers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the value of the property is TEXT or a list of it, as far as its name tells.</summary>
    internal static bool IsText(string property) => Texts.Contains(property);

    /// <summary>The name in upper case; the span holds only characters that names may hold.</summary>
    internal string Of(ReadOnlySpan<char> name)
    {
        if (Known.TryGetValue(name, out var known))
            return known;
        var strangers = _strangers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (strangers.TryGetValue(name, out known))
            return known;
        known = name.ToString().ToUpperInvariant();
        if (_strangers.Count < MostStrangers)
            _strangers.Add(known, known);
        return known;
    }
}
