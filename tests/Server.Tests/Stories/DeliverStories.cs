using System.Text;
using Convene.Server.Tests.Peers;
using Convene.Tests;

namespace Convene.Server.Tests.Stories;

/// A mail server's pipe: `convene deliver`.
public sealed class DeliverStories
{
    [Fact]
    public async Task A_mail_is_handed_in_and_the_mail_server_is_told_what_to_do_with_it()
    {
        await using var machine = await ServerMachine.Open(OnSqliteAttribute.Engine);
        var server = await machine.StartServer($"INBOUND_MAIL_ADDRESS={ReplyHouse.Address}", $"INBOUND_MAIL_SECRET={ReplyHouse.Secret}");
        var settings = Path.Combine(machine.Folder, "deliver.env");
        await File.WriteAllTextAsync(settings, $"INBOUND_MAIL_URL={server.Url}\nINBOUND_MAIL_SECRET={ReplyHouse.Secret}\n");
        string[] deliver = ["deliver", $"--settings={settings}"];

        var ana = await server.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2099-03-05T10:00Z", "2099-03-05T11:00Z", "ben@example.com")).Id;
        var invitation = await Invitation(machine);

        var (code, _, said) = await machine.Run(ClientMails.Gmail(invitation.Answer()), deliver);
        (code, said.Trim()).ShouldBe((0, "200 answered: accepted."));
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("accepted");

        (await machine.Run("From: ben@example.com\n\nHello"u8.ToArray(), deliver)).Code.ShouldBe(0, "there is nothing in it, and a bounce would help nobody");
        (await machine.Run("no mail\n"u8.ToArray(), deliver)).Code.ShouldBe(65);
        (await machine.Run(Encoding.ASCII.GetBytes("A: b\n\n" + new string('x', 6 << 20)), deliver)).Code.ShouldBe(65);
        (await machine.Run([], "deliver", $"--settings={settings}", "--INBOUND_MAIL_SECRET=another-secret-altogether")).Code.ShouldBe(77);
        (await machine.Run([], "deliver", "--settings=/nowhere/deliver.env")).Code.ShouldBe(78);
        (await machine.Run([], "deliver")).Error.ShouldContain("INBOUND_MAIL_SECRET is missing");

        await server.Kill();
        var (later, _, why) = await machine.Run(ClientMails.Gmail(invitation.Answer()), deliver);
        later.ShouldBe(75);
        why.ShouldContain("does not answer");
    }

    [PostfixFact]
    public async Task The_documented_postfix_hands_answers_in()
    {
        await using var machine = await ServerMachine.Open(OnSqliteAttribute.Engine);
        var server = await machine.StartServer($"INBOUND_MAIL_ADDRESS={ReplyHouse.Address}", $"INBOUND_MAIL_SECRET={ReplyHouse.Secret}");
        await using var postfix = await PostfixServer.Start($"INBOUND_MAIL_URL={server.Url}\nINBOUND_MAIL_SECRET={ReplyHouse.Secret}\n");
        var ana = await server.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2099-03-05T10:00Z", "2099-03-05T11:00Z", "ben@example.com")).Id;
        var answer = (await Invitation(machine)).Answer();
        await postfix.Send(ClientMails.Thunderbird(answer), "ben@example.com", answer.To);
        try
        {
            await ServerProcess.Until(async () => (await ReplyHouse.Answers(ana, id))["ben@example.com"] == "accepted", "the answer has arrived");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(postfix.Log, e);
        }
    }

    /// What Ben got; written by the server's own worker.
    private static async Task<ReceivedMail> Invitation(ServerMachine machine)
    {
        var outbox = Path.Combine(machine.Folder, "outbox");
        IReadOnlyList<ReceivedMail> found = [];
        await ServerProcess.Until(
            async () =>
            {
                // Half of a mail is none: its calendar is its last part.
                found = [.. (await MailReader.Read(outbox)).Where(m => m.To.Contains("ben@", StringComparison.Ordinal) && m.AttachmentName is not null)];
                return found.Count > 0;
            },
            "the invitation is written");
        return found.ShouldHaveSingleItem();
    }
}
