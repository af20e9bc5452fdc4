using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>An ORGANIZER or ATTENDEE as others write them (RFC 5545 §3.8.4.1, §3.8.4.3).</summary>
/// <remarks>Immutable; equality compares texts ordinally and the arrays by reference.</remarks>
/// <param name="Address">The CAL-ADDRESS as it stands on the line: mostly <c>mailto:</c>, sometimes something else.</param>
/// <param name="Email">The e-mail address, percent-decoded; null where none can be made out.</param>
/// <param name="Name">CN; null for none.</param>
/// <param name="PartStat">PARTSTAT in upper case; NEEDS-ACTION when missing.</param>
/// <param name="Role">ROLE in upper case; REQ-PARTICIPANT when missing.</param>
/// <param name="UserType">CUTYPE in upper case; INDIVIDUAL when missing.</param>
/// <param name="Rsvp">Whether an answer is asked for.</param>
/// <param name="SentBy">The e-mail address of SENT-BY, who acts for them; null for none.</param>
/// <param name="DelegatedTo">The e-mail addresses of DELEGATED-TO; may be empty.</param>
/// <param name="DelegatedFrom">The e-mail addresses of DELEGATED-FROM; may be empty.</param>
public sealed record CalendarParty(
    string Address,
    string? Email,
    string? Name,
    string PartStat,
    string Role,
    string UserType,
    bool Rsvp,
    string? SentBy,
    ImmutableArray<string> DelegatedTo,
    ImmutableArray<string> DelegatedFrom)
{
    /// <summary>The answer; null for what is none of the four, such as DELEGATED.</summary>
    public Participation? Participation => PartStat switch
    {
        "ACCEPTED" => ICalendar.Participation.Accepted,
        "DECLINED" => ICalendar.Participation.Declined,
        "TENTATIVE" => ICalendar.Participation.Tentative,
        "NEEDS-ACTION" => ICalendar.Participation.NeedsAction,
        _ => null,
    };

    internal static CalendarParty Of(CalendarProperty property)
    {
        // Apple writes a path of its server as address, and the e-mail address as EMAIL (RFC 7986 §6.2).
        var email = CalendarAddress.EmailOf(property.Value) ?? CalendarAddress.EmailOf(property.Parameter("EMAIL"));
        return new CalendarParty(
            property.Value.Trim(),
            email,
            CommonName(property, email),
            Upper(property.Parameter("PARTSTAT")) ?? "NEEDS-ACTION",
            Upper(property.Parameter("ROLE")) ?? "REQ-PARTICIPANT",
            Upper(property.Parameter("CUTYPE")) ?? "INDIVIDUAL",
            string.Equals(property.Parameter("RSVP"), "TRUE", StringComparison.OrdinalIgnoreCase),
            CalendarAddress.EmailOf(property.Parameter("SENT-BY")),
            Emails(property, "DELEGATED-TO"),
            Emails(property, "DELEGATED-FROM"));
    }

    // Some forget the quotation marks around "Lovelace, Ada". Some put single ones around the name as well; some write the address for it.
    private static string? CommonName(CalendarProperty property, string? email)
    {
        if (property.Parameter("CN") is null)
            return null;
        var name = string.Join(',', property.Parameters.First(parameter => parameter.Name == "CN").Values).Trim();
        if (name is ['\'', .. { Length: > 0 } inner, '\''])
            name = inner.Trim();
        return name.Length == 0 || name.Equals(email, StringComparison.OrdinalIgnoreCase) ? null : name;
    }

    private static ImmutableArray<string> Emails(CalendarProperty property, string parameter) =>
        property.Parameter(parameter) is null ? [] : [.. property.Parameters.Where(p => p.Name == parameter).SelectMany(p => p.Values).Select(CalendarAddress.EmailOf).OfType<string>()];

    private static string? Upper(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim().ToUpperInvariant();
}
