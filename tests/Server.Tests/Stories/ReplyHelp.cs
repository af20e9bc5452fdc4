using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;
using Convene.Tests;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// A house that takes in mail, and sends its own to a real SMTP server.
internal sealed class ReplyHouse : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-mail-server";
    public const string Address = "reply@meet.example.com";

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    private ReplyHouse(TestHouse house, SmtpServer smtp)
    {
        House = house;
        Smtp = smtp;
        Mta = house.Somebody();
        Mta.Bearer(Secret);
    }

    public TestHouse House { get; }

    public SmtpServer Smtp { get; }

    /// Who hands in mail.
    public Caller Mta { get; }

    public static async Task<ReplyHouse> Open(string engine, params string[] settings)
    {
        var smtp = await SmtpServer.Start();
        return new ReplyHouse(await TestHouse.Open(engine, [.. smtp.Settings, "ACCESS_TOKEN_MINUTES=10080", $"INBOUND_MAIL_ADDRESS={Address}", $"INBOUND_MAIL_SECRET={Secret}", .. settings]), smtp);
    }

    /// The mails about meetings that arrived since the last time, by recipient.
    public async Task<IReadOnlyList<ReceivedMail>> NewMails()
    {
        await House.DeliverMail();
        return [.. (await Smtp.Mails()).Where(m => MailHouse.IsAboutMeeting(m) && seen.Add(m.MessageId)).OrderBy(m => m.To, StringComparer.Ordinal)];
    }

    public async Task<ReceivedMail> NewMail(string to) => (await NewMails()).Where(m => m.To.Contains(to, StringComparison.Ordinal)).ShouldHaveSingleItem();

    public async Task<Reply> HandIn(byte[] mail)
    {
        using var content = new ByteArrayContent(mail);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return await Mta.Send(HttpMethod.Post, "/api/inbound-mail/", content);
    }

    /// Hands it in, and expects this to become of it.
    public async Task<JsonNode> HandIn(byte[] mail, string outcome)
    {
        var reply = (await HandIn(mail)).ShouldBe(200);
        ((string)reply["outcome"]!).ShouldBe(outcome, reply.Text);
        return reply.Json!;
    }

    public void Advance(Duration by) => House.Clock.Advance(by);

    /// Now, as calendars write it.
    public string Stamp => NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'").Format(House.Clock.GetCurrentInstant());

    public static async Task<Dictionary<string, string>> Answers(Caller caller, string meeting) =>
        (await caller.Get($"/api/meetings/{meeting}/")).ShouldBe(200)["participants"]!.AsArray().ToDictionary(p => (string)p!["email"]!, p => (string)p!["status"]!);

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Smtp.DisposeAsync();
    }
}

/// Answering a mail as a calendar program does.
internal static class Answering
{
    /// Whom the invitation says to answer to.
    public static string Organizer(this ReceivedMail mail) => mail.Property("ORGANIZER").Split("mailto:")[^1];

    /// An answer by the one whom the mail was for.
    public static ClientReply Answer(this ReceivedMail mail, string partStat = "ACCEPTED") => new()
    {
        Uid = mail.Property("UID"), From = Recipient(mail), To = mail.Organizer(), PartStat = partStat, Sequence = mail.Sequence(),
        Start = null, End = null, MessageId = $"{Guid.NewGuid():N}@client.example.com",
    };

    private static string Recipient(ReceivedMail mail) => mail.To.Contains('<', StringComparison.Ordinal) ? mail.To.Split('<')[1].TrimEnd('>') : mail.To;

    public static byte[] Text(string mail) => Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));
}
