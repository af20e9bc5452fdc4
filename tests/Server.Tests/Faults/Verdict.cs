using System.Text.RegularExpressions;
using Convene.Server.Storage;
using Convene.Server.Storage.Engines;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Faults;

/// What must be true after everything that can go wrong: nothing acknowledged is lost, nothing is booked twice, and every mail owed arrives.
internal static partial class Verdict
{
    public static async Task Judge(ServerMachine machine, Customers customers)
    {
        customers.Wrong.ShouldBeEmpty();
        var (code, said, error) = await machine.Run("check");
        code.ShouldBe(0, said + error);

        await using var engine = Open(machine);
        var stored = await engine.ReadOne(
            tx => tx.Query<(string Title, string Uuid, string? Guest)>(
                "SELECT e.title, e.uuid, p.email FROM entries e LEFT JOIN participants t ON t.entry_id = e.id LEFT JOIN people p ON p.id = t.person_id WHERE e.title LIKE 'Load %'"),
            default);
        var meetings = stored.GroupBy(r => r.Title, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        foreach (var (title, (id, guests)) in customers.Booked)
        {
            meetings.ShouldContainKey(title, "acknowledged, and lost");
            meetings[title].Select(r => r.Uuid).Distinct().ShouldBe([id], title);
            meetings[title].Where(r => r.Guest is not null).Select(r => r.Guest!).ShouldBe(guests, ignoreOrder: true, title);
        }

        // Everybody asked until they were answered: what is stored was acknowledged, once.
        meetings.Keys.Except(customers.Booked.Keys).ShouldBeEmpty("stored, but not acknowledged");

        var overlaps = await engine.ReadOne(
            tx => tx.Query<string>(
                """
                SELECT a.title || ' and ' || b.title FROM participants p
                JOIN entries a ON a.id = p.entry_id JOIN participants q ON q.person_id = p.person_id AND q.entry_id > p.entry_id JOIN entries b ON b.id = q.entry_id
                WHERE a.status = 'scheduled' AND b.status = 'scheduled' AND a.start_at < b.end_at AND b.start_at < a.end_at AND p.status <> 'declined' AND q.status <> 'declined'
                """),
            default);
        overlaps.ShouldBeEmpty("somebody is in two meetings at a time");
    }

    /// Waits until nothing is owed any more; then every mail has arrived at one of the servers at least once, and what arrived twice says by its Message-ID that it did.
    public static async Task JudgeMail(ServerMachine machine, IReadOnlyList<SmtpServer> servers, TimeSpan patience)
    {
        await using var engine = Open(machine);
        var polls = 0;
        try
        {
            await ServerProcess.Until(
                async () =>
                {
                    // Leases and pauses, which double up to an hour, are over sooner than they were to be: of some hundred mails one has bad luck eight or nine times.
                    // What is being sent just now may so be sent twice, as it may be anyway.
                    if (polls++ % Length.Of(100, 600) == 0)
                        await engine.Write(async tx => (await tx.Execute("UPDATE outbox SET due_at = 0 WHERE due_at IS NOT NULL AND attempts > 0"), true), default);
                    return await engine.ReadOne(tx => tx.One<long>("SELECT count(*) FROM outbox WHERE due_at IS NOT NULL"), default) == 0;
                },
                "all mail is sent", patience);
        }
        catch (TimeoutException e)
        {
            var left = await engine.ReadOne(tx => tx.Query<string>("SELECT email || ', attempt ' || attempts || ': ' || coalesce(last_error, 'under way') FROM outbox WHERE due_at IS NOT NULL ORDER BY id"), default);
            throw new TimeoutException($"{e.Message} {left.Count} are left: {string.Join("; ", left.Take(20))}", e);
        }

        var owed = await engine.ReadOne(
            tx => tx.Query<(string MessageId, string Email, string Kind, long About)>(
                "SELECT o.message_id, o.email, l.kind, o.letter_id FROM outbox o JOIN letters l ON l.id = o.letter_id WHERE o.unwanted_at IS NULL AND o.failed_at IS NULL"),
            default);
        var arrived = servers.SelectMany(s => s.Sources()).Select(s => (Id: MessageId().Match(s).Groups["id"].Value, To: To().Match(s).Groups["to"].Value)).ToLookup(m => m.Id, m => m.To, StringComparer.Ordinal);
        foreach (var mail in owed)
        {
            arrived[mail.MessageId].Distinct().ShouldBe([mail.Email], $"mail {mail.MessageId} ({mail.Kind})");
        }

        arrived.Select(m => m.Key).Except(owed.Select(o => o.MessageId)).ShouldBeEmpty("a mail that nobody owed");
        // One mail each: two under different ids would be two invitations to one meeting.
        owed.GroupBy(o => (o.About, o.Email)).Where(g => g.Count() > 1).ShouldBeEmpty();
    }

    public static Engine Open(ServerMachine machine)
    {
        Mapping.Register();
        return machine.Database.StartsWith("sqlite:", StringComparison.Ordinal) ? new Sqlite(machine.Database["sqlite:".Length..]) : new Postgres(machine.Database, 5);
    }

    [GeneratedRegex(@"^Message-ID: <(?<id>\w+)@", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MessageId();

    [GeneratedRegex(@"^To: [^\r\n]*?<?(?<to>[\w.]+@example\.com)>?\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex To();
}
