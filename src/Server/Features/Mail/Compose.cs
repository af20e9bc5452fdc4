using System.Net;
using System.Text;
using Convene.ICalendar;
using Convene.Scheduling.Recurrence;
using Convene.Server.Features.Accounts;
using Convene.Server.Outside.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// A letter and its recipient become a mail: text, HTML, calendar. Decides nothing, reads nothing.
public sealed class Compose(Settings settings, Calendars calendars, Jwt jwt, InvitationLink invitation, ReplyAddress replies)
{
    public OutgoingMail Mail(OutboxRows.Owed owed)
    {
        var letter = Letter.FromJson(owed.Body);
        return letter.Meeting is { } meeting ? AboutMeeting(owed, letter, meeting) : letter.Told is { } told ? Notice(owed, AccountNotice.Of(told)) : AboutAccount(owed, letter);
    }

    private OutgoingMail AboutMeeting(OutboxRows.Owed owed, Letter letter, MeetingFacts meeting)
    {
        var terms = meeting.Terms;
        var home = Calendars.Zone(terms.Timezone);
        var zone = owed.Timezone is null ? home : Calendars.Zone(owed.Timezone);
        var host = meeting.HostName.Length > 0 ? meeting.HostName : meeting.HostEmail;

        var page = new Page();
        page.Heading(owed.Kind switch
        {
            Letter.Update => $"{host} changed a meeting you are invited to",
            Letter.Cancellation => $"{host} cancelled a meeting",
            Letter.Withdrawn => "An administrator cancelled your meeting",
            Letter.Reminder => "A meeting is coming up",
            Letter.Booking => "Somebody booked a meeting with you",
            Letter.Clash => "New dates of a meeting that repeats clash with others",
            Letter.Answer => $"{Name(letter.Answered!)} {Said(letter.Answered!)}",
            Letter.Delegated => $"{Name(letter.Answered!)} wants somebody else to come instead",
            Letter.Proposal => $"{Name(letter.Answered!)} proposes another time",
            Letter.ProposalDeclined => $"{host} declined the time that you proposed",
            _ => $"{host} invites you to a meeting",
        });
        foreach (var (what, old, now) in letter.Before is { } before ? Changes(before, terms, zone) : [])
            page.Change(what, old, now);
        page.Row("Meeting", terms.Title);
        page.Row("When", Wording.When(terms.Start, terms.End, zone));
        if (zone.Id != home.Id)
            page.Row("", Wording.When(terms.Start, terms.End, home));
        if (Repeats(meeting) is { } repeats)
            page.Row("Repeats", repeats);
        if (letter.Proposed is { } proposed)
            page.Row("Proposed", Wording.When(proposed.Start, proposed.End, zone));
        page.Row("Where", terms.Location);
        page.Row("Host", meeting.HostEmail.Length > 0 && host != meeting.HostEmail ? $"{host} <{meeting.HostEmail}>" : host);
        if (owed.Kind == Letter.Booking)
            page.Row("With", string.Join(", ", meeting.Guests.Select(g => g.Name.Length > 0 ? $"{g.Name} <{g.Email}>" : g.Email)));
        foreach (var clash in letter.Clashes ?? [])
            page.Paragraph($"{Wording.When(clash.Start, clash.Start + (terms.End - terms.Start), zone)}: {clash.Name} {(clash.LeftOut ? "has something else, and is left out of it." : "has something else at that time, too.")}");
        page.Row(owed.Kind switch { Letter.Cancellation or Letter.Withdrawn => "Reason", Letter.Delegated => "To", _ => "Note" }, letter.Reason ?? "");
        page.Paragraph(terms.Description);
        page.Paragraph(owed.Kind switch
        {
            Letter.Withdrawn => "Everybody who was invited is told. If it stands in another calendar of yours, remove it there.",
            Letter.Cancellation => "It will be removed from your calendar when your mail program opens this message, or by the attached invite.ics.",
            Letter.Reminder or Letter.Answer or Letter.Clash => "",
            Letter.Delegated => "Nothing has changed: invite whoever it is, if they are to come.",
            Letter.Proposal => "Accept it or decline it on the meeting's page. The meeting stays where it is until you do.",
            Letter.ProposalDeclined => "The meeting stays where it is.",
            Letter.Booking => "Open the attached invite.ics to add it to your calendar.",
            _ => "Answer here, with the buttons of your mail program, or open the attached invite.ics to add the meeting to your calendar.",
        });
        if (owed.Kind is Letter.Invitation or Letter.Update)
            page.Link("Answer", invitation.Url(meeting.Series?.Occurrence ?? meeting.Uuid, owed.Email));
        if (owed.Kind is Letter.Proposal or Letter.Delegated)
            page.Link("Open the meeting", $"{settings.PublicUrl.ToString().TrimEnd('/')}/meetings/{meeting.Series?.Occurrence ?? meeting.Uuid}");

        // Whom the mail speaks for, and who gets what is written back.
        var from = letter.Answered ?? new Guest(meeting.HostEmail, meeting.HostName, "");
        return new OutgoingMail(
            owed.MessageId,
            new MailParty(owed.Email, owed.Name),
            from.Email.Length > 0 ? new MailParty(from.Email, from.Name) : null,
            from.Name.Length > 0 ? from.Name : from.Email,
            Subject(owed.Kind, letter, terms, zone),
            page.Text(settings.PublicUrl),
            page.Html(settings.PublicUrl),
            owed.Kind is Letter.Reminder or Letter.Answer or Letter.Withdrawn or Letter.Clash or Letter.Proposal or Letter.Delegated ? null : Calendar(owed, meeting, letter.Changed ?? []));
    }

    /// <param name="changed">Of a series: its occurrences that are not as the rule says. A cancellation needs none: it takes back all.</param>
    private CalendarPart Calendar(OutboxRows.Owed owed, MeetingFacts meeting, IReadOnlyList<MeetingFacts> changed)
    {
        // Whose meeting it is needs no invitation to it.
        if (owed.Kind == Letter.Booking)
            return new CalendarPart("PUBLISH", CalendarText.Write(ItipMethod.Publish, [calendars.Event(meeting with { Guests = [] })]));
        var organizer = replies.For(meeting.Uuid, owed.Email);
        if (owed.Kind == Letter.ProposalDeclined)
            return new CalendarPart("DECLINECOUNTER", CalendarText.Write(ItipMethod.DeclineCounter, [calendars.Event(meeting, organizer: organizer)]));
        // The recipient is always named, even where the list is too long to send or they have just been taken off it.
        var guests = meeting.Guests.Any(g => g.Email == owed.Email) ? meeting.Guests : [.. meeting.Guests, new Guest(owed.Email, owed.Name, "pending")];
        var method = owed.Kind == Letter.Cancellation ? ItipMethod.Cancel : ItipMethod.Request;
        if (method == ItipMethod.Cancel)
            guests = [.. guests.Where(g => g.Email == owed.Email)];
        var events = method == ItipMethod.Cancel ? [meeting] : changed.Prepend(meeting);
        var ics = CalendarText.Write(method, [.. events.Select(e => calendars.Event(e with { Guests = guests }, organizer: organizer))]);
        return new CalendarPart(method == ItipMethod.Cancel ? "CANCEL" : "REQUEST", ics);
    }

    /// "Every Monday at 09:00 …"; null for what takes place once.
    private static string? Repeats(MeetingFacts meeting) => meeting.Series?.Rule is { } rule
        ? Describe.Of(RecurrenceRule.Parse(rule), meeting.Terms.Start.InZone(Calendars.Zone(meeting.Terms.Timezone)).LocalDateTime, isDates: false, Calendars.Zone(meeting.Terms.Timezone))
        : null;

    private static IEnumerable<(string What, string Old, string New)> Changes(MeetingTerms old, MeetingTerms now, DateTimeZone zone)
    {
        if (old.Title != now.Title)
            yield return ("Title", old.Title, now.Title);
        if (old.Start != now.Start || old.End != now.End)
            yield return ("Time", Wording.When(old.Start, old.End, zone), Wording.When(now.Start, now.End, zone));
        if (old.Location != now.Location)
            yield return ("Place", old.Location, now.Location);
        if (old.Description != now.Description)
            yield return ("Description", old.Description, now.Description);
    }

    private static string Name(Guest guest) => guest.Name.Length > 0 ? guest.Name : guest.Email;

    private static string Said(Guest guest) => guest.Status switch
    {
        "accepted" => "accepted",
        "declined" => "declined",
        "tentative" => "may come",
        _ => "is undecided",
    };

    private static string Subject(string kind, Letter letter, MeetingTerms terms, DateTimeZone zone)
    {
        var word = kind switch
        {
            Letter.Update => "Updated",
            Letter.Cancellation or Letter.Withdrawn => "Cancelled",
            Letter.Reminder => "Reminder",
            Letter.Booking => "Booked",
            Letter.Clash => "Clashes",
            Letter.Answer => $"{Name(letter.Answered!)} {Said(letter.Answered!)}",
            Letter.Delegated => $"{Name(letter.Answered!)} hands on",
            Letter.Proposal => $"{Name(letter.Answered!)} proposes another time",
            Letter.ProposalDeclined => "Not moved",
            _ => "Invitation",
        };
        return $"{word}: {terms.Title} @ {Wording.When(terms.Start, terms.End, zone)}";
    }

    private OutgoingMail Notice(OutboxRows.Owed owed, AccountNotice notice)
    {
        var page = new Page();
        page.Heading(notice.Subject);
        page.Row("When", Wording.At(owed.CreatedAt, owed.Timezone is null ? DateTimeZone.Utc : Calendars.Zone(owed.Timezone)));
        page.Paragraph(notice.Text);
        var (advice, label, path) = notice switch
        {
            // Whoever does not know the new password can't change it.
            _ when notice == AccountNotice.PasswordChanged => ("If it was not you, set a new one now, and look at what you find under Settings, Security.", "Set a new password", "forgot-password"),
            // A new password does not end it.
            _ when notice == AccountNotice.ApiKeyAdded => ("If it was not you, revoke the key now, and change your password: both are on one page.", "Open the security settings", "dashboard/settings/security"),
            _ => ("If it was not you, change your password now, and look at what you find under Settings.", "Open the settings", "dashboard/settings"),
        };
        page.Paragraph(advice);
        page.Link(label, $"{settings.PublicUrl.ToString().TrimEnd('/')}/{path}");
        return new OutgoingMail(
            owed.MessageId, new MailParty(owed.Email, owed.Name), null, null, notice.Subject, page.Text(settings.PublicUrl), page.Html(settings.PublicUrl), null);
    }

    private OutgoingMail AboutAccount(OutboxRows.Owed owed, Letter letter)
    {
        var reset = owed.Kind == Letter.PasswordReset;
        // Behind the '#' it stays in the browser: servers and proxies on the way log paths and queries, never fragments.
        var link = $"{settings.PublicUrl.ToString().TrimEnd('/')}/{(reset ? "reset-password" : "verify-email")}#token={AccountMail.Token(jwt, owed.Kind, letter.TokenId!)}";
        var page = new Page();
        page.Heading(reset ? "Set a new password" : "Confirm your e-mail address");
        page.Paragraph(reset
            ? "Somebody, probably you, asked for a new password for your Convene account. The link works once, for one hour."
            : "Please confirm that this address is yours. The link works once, for seven days.");
        page.Link(reset ? "Set a new password" : "Confirm this address", link);
        page.Paragraph(reset ? "If it was not you, ignore this mail: nothing has changed." : "If you did not sign up, ignore this mail.");
        return new OutgoingMail(
            owed.MessageId, new MailParty(owed.Email, owed.Name), null, null, reset ? "Set a new password" : "Confirm your e-mail address",
            page.Text(settings.PublicUrl), page.Html(settings.PublicUrl), null);
    }

    /// The same content as plain text and as HTML that every mail program shows: a table, no pictures, nothing fetched.
    private sealed class Page
    {
        private readonly StringBuilder text = new();
        private readonly StringBuilder html = new();

        public void Heading(string line)
        {
            text.Append(line).Append(".\n\n");
            html.Append($"<h2 style=\"font-size:18px;margin:0 0 16px\">{Escaped(line)}</h2>");
        }

        public void Row(string name, string value)
        {
            if (value.Length == 0)
                return;
            text.Append($"{(name.Length > 0 ? name + ":" : ""),-9} {value}\n");
            html.Append($"<p style=\"margin:4px 0\"><span style=\"display:inline-block;min-width:72px;color:#667085\">{Escaped(name)}</span> {Escaped(value)}</p>");
        }

        public void Change(string what, string old, string now)
        {
            var (from, to) = (old.Length > 0 ? old : "(none)", now.Length > 0 ? now : "(none)");
            text.Append($"{what} changed: {from} → {to}\n\n");
            html.Append($"<p style=\"margin:4px 0 12px;padding:8px 12px;background:#fff7e6\">{Escaped(what)} changed: <s>{Escaped(from)}</s> → <b>{Escaped(to)}</b></p>");
        }

        public void Paragraph(string lines)
        {
            if (lines.Length == 0)
                return;
            text.Append('\n').Append(lines).Append('\n');
            html.Append($"<p style=\"margin:16px 0\">{Escaped(lines).ReplaceLineEndings("<br>")}</p>");
        }

        public void Link(string label, string url)
        {
            text.Append('\n').Append(url).Append('\n');
            html.Append($"<p style=\"margin:16px 0\"><a href=\"{Escaped(url)}\" style=\"display:inline-block;padding:10px 16px;background:#175cd3;color:#ffffff;text-decoration:none;border-radius:6px\">{Escaped(label)}</a></p>");
        }

        public string Text(Uri server) => $"{text}\n-- \nSent by Convene, {server}\n".ReplaceLineEndings("\r\n");

        public string Html(Uri server) =>
            $"<!doctype html><html lang=\"en\"><body style=\"font-family:sans-serif;font-size:15px;color:#101828;max-width:640px;margin:0 auto;padding:16px\">{html}"
            + $"<p style=\"margin-top:24px;font-size:13px;color:#667085\">Sent by Convene, <a href=\"{Escaped(server.ToString())}\" style=\"color:#667085\">{Escaped(server.Host)}</a></p></body></html>";

        private static string Escaped(string value) => WebUtility.HtmlEncode(value);
    }
}
