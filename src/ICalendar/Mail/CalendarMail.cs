using System.Collections.Immutable;
using System.Text;

namespace Convene.ICalendar;

/// <summary>What matters of a mail that may carry a calendar: who sent it, to whom, and the calendars (RFC 6047).</summary>
/// <remarks>All of it is the sender's word. Immutable; equality compares the arrays by reference.</remarks>
public sealed record CalendarMail
{
    // Each is written by a mail server for the address that it delivered to.
    private static readonly string[] Deliveries = ["X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "To", "Cc", "Resent-To"];

    private const int MostAddresses = 1_000;

    private CalendarMail()
    {
    }

    /// <summary>The address in From; null if there is none, or more than one.</summary>
    public string? From { get; private init; }

    /// <summary>All addresses that the mail says it went to, those that mail servers noted first; may be empty.</summary>
    public ImmutableArray<string> Recipients { get; private init; } = [];

    /// <summary>Message-ID without its brackets; null for none.</summary>
    public string? MessageId { get; private init; }

    /// <summary>The Message-IDs that it answers: In-Reply-To and References, without brackets; may be empty.</summary>
    public ImmutableArray<string> References { get; private init; } = [];

    /// <summary>Whether no person sent it just now: an absence note, a room that books itself, a report of a mail server (RFC 3834 §5).</summary>
    public bool IsAutomatic { get; private init; }

    /// <summary>The calendars in the order that they count: those shown in the mail, then attached ones; may be empty.</summary>
    public ImmutableArray<MailedCalendar> Calendars { get; private init; } = [];

    /// <summary>Looks through a mail. What a forwarded mail or a report carries is not this mail's.</summary>
    /// <param name="mail">From <see cref="MailReader.Read"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="mail"/> is null.</exception>
    public static CalendarMail Of(MailPart mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var senders = mail.Every("From").SelectMany(MailAddresses.Read).Take(2).ToList();
        var report = mail.MediaType == "multipart/report";
        return new CalendarMail
        {
            From = senders is [var only] ? only : null,
            Recipients = [.. Deliveries.SelectMany(mail.Every).SelectMany(MailAddresses.Read).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostAddresses)],
            MessageId = mail.Every("Message-ID").SelectMany(Ids).FirstOrDefault(),
            References = [.. mail.Every("In-Reply-To").Concat(mail.Every("References")).SelectMany(Ids).Distinct(StringComparer.Ordinal).Take(MostAddresses)],
            IsAutomatic = report || IsMachine(mail),
            Calendars = report ? [] : [.. mail.All.Select(part => (Part: part, Rank: Rank(part))).Where(p => p.Rank > 0).OrderBy(p => p.Rank).Select(p => Calendar(p.Part))],
        };
    }

    private static bool IsMachine(MailPart mail) =>
        mail["Auto-Submitted"] is { } submitted && !MailParameters.Read(submitted).Value.Equals("no", StringComparison.Ordinal)
        || mail["Precedence"]?.Trim().ToLowerInvariant() is "bulk" or "junk" or "auto_reply" or "list"
        || mail["X-Autoreply"] is not null || mail["X-Autorespond"] is not null
        || mail["Return-Path"]?.Trim() == "<>";

    /// <summary>1: to be shown; 2: attached; 0: no calendar.</summary>
    private static int Rank(MailPart part)
    {
        if (!part.Parts.IsEmpty || part.MediaType.StartsWith("message/", StringComparison.Ordinal))
            return 0;
        if (part.MediaType is "text/calendar" or "text/x-vcalendar")
            return 1;
        return part.MediaType is "application/ics" or "application/calendar" or "text/ics" || part.FileName?.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) == true ? 2 : 0;
    }

    private static MailedCalendar Calendar(MailPart part) => new(
        MailCharset.IsUtf8(part.Parameter("charset")) ? part.Content() : Encoding.UTF8.GetBytes(part.Text()),
        part.Parameter("method")?.Trim().ToUpperInvariant() is { Length: > 0 } method ? method : null);

    private static IEnumerable<string> Ids(string field)
    {
        var at = 0;
        while (field.IndexOf('<', at) is >= 0 and var start && field.IndexOf('>', start) is > 0 and var end)
        {
            yield return field[(start + 1)..end].Trim();
            at = end + 1;
        }
    }
}
