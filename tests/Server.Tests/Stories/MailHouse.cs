using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// A house that sends its mail to a real SMTP server, and that server.
internal sealed class MailHouse : IAsyncDisposable
{
    public const string From = "noreply@convene.example.com";

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    private MailHouse(TestHouse house, SmtpServer smtp)
    {
        House = house;
        Smtp = smtp;
    }

    public TestHouse House { get; }

    public SmtpServer Smtp { get; }

    /// <param name="smtp">Options of the SMTP server.</param>
    public static async Task<MailHouse> Open(string engine, params string[] smtp)
    {
        var server = await SmtpServer.Start(smtp);
        return new MailHouse(await TestHouse.Open(engine, [.. server.Settings, "ACCESS_TOKEN_MINUTES=10080", $"DEFAULT_FROM_EMAIL=Convene <{From}>"]), server);
    }

    /// A meeting of this host's with Ben and Cy, who have their invitations.
    public async Task<(Caller Host, string Id)> Kickoff(string host = "ana")
    {
        var caller = await House.SignUp(host);
        var id = (await caller.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com")).Id;
        (await NewMails()).Count.ShouldBe(2);
        return (caller, id);
    }

    /// What the API says was mailed about a meeting, newest first.
    public static async Task<IReadOnlyList<JsonObject>> Log(Caller caller, string id) =>
        [.. (await caller.Get($"/api/meetings/{id}/notifications/")).ShouldBe(200).Json!.AsArray().Select(m => m!.AsObject())];

    /// Lets the house send what is due; the mails about meetings that have arrived since the last time, by recipient.
    public async Task<IReadOnlyList<ReceivedMail>> NewMails()
    {
        await House.DeliverMail();
        return [.. (await Smtp.Mails()).Where(m => IsAboutMeeting(m) && seen.Add(m.MessageId)).OrderBy(m => m.To, StringComparer.Ordinal)];
    }

    /// The same where exactly one is expected.
    public async Task<ReceivedMail> NewMail() => (await NewMails()).ShouldHaveSingleItem();

    public void Advance(Duration by) => House.Clock.Advance(by);

    /// Everything but the mails that confirm an account's address.
    public static bool IsAboutMeeting(ReceivedMail mail) => !mail.Subject.StartsWith("Confirm", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Smtp.DisposeAsync();
    }
}

/// Looking into a mail's calendar.
internal static class MailedCalendar
{
    /// Its lines, unfolded.
    public static IReadOnlyList<string> Lines(this ReceivedMail mail) =>
        mail.Calendar.ShouldNotBeNull().Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// The event's one property of this name: `DTSTART;TZID=Asia/Dhaka:20300305T160000` has the value behind the first colon.
    public static string Property(this ReceivedMail mail, string name) =>
        mail.EventLines().Where(l => l.StartsWith(name + ":", StringComparison.Ordinal) || l.StartsWith(name + ";", StringComparison.Ordinal))
            .ShouldHaveSingleItem(name).Split(':', 2)[1];

    public static int Sequence(this ReceivedMail mail) => int.Parse(mail.Property("SEQUENCE"));

    public static IEnumerable<string> EventLines(this ReceivedMail mail) => mail.Lines().SkipWhile(l => l != "BEGIN:VEVENT").TakeWhile(l => l != "END:VEVENT");

    /// The event's lines that name attendees.
    public static IEnumerable<string> Attendees(this ReceivedMail mail) => mail.EventLines().Where(l => l.StartsWith("ATTENDEE", StringComparison.Ordinal));
}
