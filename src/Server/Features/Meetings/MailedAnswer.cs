using Convene.ICalendar;

namespace Convene.Server.Features.Meetings;

/// A mail with the calendar that answers an invitation. Reads, and decides nothing.
internal sealed record MailedAnswer(CalendarMail Mail, ItipMethod Method, CalendarContents Contents, IReadOnlyList<CalendarItem> Items)
{
    // An answer to a series may carry its changed dates; a hundred of them are somebody's mischief.
    private const int MostItems = 50;

    private static readonly ReadingOptions Reading = new() { Mends = true, MaxOctets = 1 << 20, MaxComponents = 1_000, MaxLines = 50_000 };

    /// The answer, or why there is none; whether the mail is one at all is for the caller (MailSyntaxException).
    public static (MailedAnswer? Answer, string Reason, bool IsBroken) Read(byte[] bytes)
    {
        var mail = CalendarMail.Of(MailReader.Read(bytes));
        var reason = mail.IsAutomatic ? "A program sent this by itself, and there is no calendar in it." : "There is no calendar in this mail.";
        var broken = false;
        foreach (var calendar in mail.Calendars)
        {
            try
            {
                foreach (var component in CalendarReader.Read(calendar.Text, Reading).Calendars)
                {
                    var contents = CalendarContents.Of(component);
                    var events = contents.Items.Where(i => i.Kind == ItemKind.Event).ToList();
                    if (MethodOf(contents.MethodName ?? calendar.Method) is not { } method)
                        reason = $"Only REPLY, COUNTER and REFRESH are taken, and this is {contents.MethodName ?? calendar.Method ?? "a calendar without a method"}.";
                    else if (events.Count is 0 or > MostItems)
                        (reason, broken) = (events.Count == 0 ? "There is no event in its calendar." : $"There are more than {MostItems} events in its calendar.", true);
                    else
                        return (new MailedAnswer(mail, method, contents, events), "", false);
                }
            }
            catch (CalendarSyntaxException e)
            {
                (reason, broken) = ($"Its calendar can't be read: {e.Message}", true);
            }
        }

        return (null, reason, broken);
    }

    private static ItipMethod? MethodOf(string? name) => name switch
    {
        "REPLY" => ItipMethod.Reply,
        "COUNTER" => ItipMethod.Counter,
        "REFRESH" => ItipMethod.Refresh,
        _ => null,
    };
}
