using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Convene.Scheduling.Time;
using Convene.Server.Features.Attachments;
using Convene.Server.Features.Availability;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Events;
using Convene.Server.Features.Feeds;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Privacy;

/// Everything the house knows of somebody, as a ZIP that is written while it is read: a page of each list is in memory at a time, however long they are.
/// The lists are of the moments at which they were read. Secrets (passwords, tokens, links, addresses of calendars elsewhere) stay out.
public sealed class ExportEverything(Store store, IClock clock, Settings settings, FeedCalendar calendar)
{
    private const int MostInCalendar = 10_000;
    private const int MostSessions = 10_000;
    private static readonly Instant Beginning = Instant.FromUtc(1900, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2200, 1, 1, 0, 0);

    public sealed record FeedFact(string Name, bool FreeBusyOnly, Instant CreatedAt, Instant? LastUsedAt);

    /// <param name="Host">Of its address, which is often a secret as a whole.</param>
    public sealed record CalendarFact(string Name, string Host, string WhenUnreachable, string State, Instant Since, Instant? FetchedAt);

    public sealed record SessionFact(Instant CreatedAt, Instant LastSeenAt, string UserAgent, string Address, bool Current);

    public sealed record WayIn(string Kind, string Name, Instant? Since, Instant? LastUsedAt);

    public sealed record FileFact(long Id, string Meeting, string Name, string Type, long Size, string Sha256, Instant CreatedAt, string File);

    public sealed record MailFact(string Kind, string Subject, string? Meeting, string Email, Instant CreatedAt, Instant? SentAt, Instant? FailedAt, Instant? UnwantedAt);

    public sealed record ProposalFact(string Meeting, Instant StartTime, Instant EndTime, string Comment, string State, Instant CreatedAt);

    private const string ReadMe =
        """
        Everything this server knows about you.

        account.json             your account and its settings
        availability.json        when you can be met: weekly hours, focus time, slots
        overrides.json           other hours on single dates, blocked hours, absences
        meetings.json            every meeting you host or were invited to, with participants and answers
        events.json              your own events
        proposals.json           other times you proposed
        calendar.ics             what is on your calendar, for any calendar program (the newest 10,000 entries)
        attachments.json         files you attached to meetings; the files are in attachments/
        feeds.json               links to your calendar, without their secret addresses
        external-calendars.json  calendars elsewhere, without their addresses
        sessions.json            where you are signed in
        ways-in.json             your second factor, passkeys and accounts elsewhere that you sign in with, without what is secret about them
        api-keys.json            keys of your own programs, without the keys themselves
        audit.json               what you did, and what was done to your account
        mail.json                which mails were sent to you

        Times are in UTC, as ISO 8601. Text is UTF-8.

        """;

    /// <param name="json">How the API writes values.</param>
    public async Task Write(Actor actor, Stream output, JsonSerializerOptions json, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        await store.WriteAlways(tx => tx.Note(actor, now, Trail.Account("account.exported", actor.Id)), cancel);
        var pretty = new JsonSerializerOptions(json) { WriteIndented = true };
        await using var late = new LateStream(output);
        var zip = await ZipArchive.CreateAsync(late, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        await using (zip)
        {
            await File(zip, "README.txt", s => s.WriteAsync(Encoding.UTF8.GetBytes(ReadMe), cancel).AsTask(), now, cancel);
            await One(zip, "account.json", Account.Of((await store.ReadOne(tx => AccountRows.ById(tx, actor.Id), cancel))!, settings), pretty, now, cancel);
            await One(zip, "availability.json", await store.Read(tx => MyAvailability.Read(tx, actor.Id, actor.Zone, now), cancel), pretty, now, cancel);
            await One(zip, "overrides.json", (await store.ReadOne(tx => AvailabilityRows.Dated(tx, actor.Id, Beginning.InUtc().Date, null), cancel)).Select(r => new Override(r)).ToArray(), pretty, now, cancel);
            await Many(zip, "meetings.json", (tx, after) => Meetings(tx, actor, after, now), json, now, cancel);
            await Many(zip, "events.json", (tx, after) => Events(tx, actor, after), json, now, cancel);
            await Many(zip, "proposals.json", (tx, after) => Proposals(tx, actor, after), json, now, cancel);
            await File(zip, "calendar.ics", async s => await s.WriteAsync(await Calendar(actor, now, cancel), cancel), now, cancel);
            await Files(zip, actor, json, now, cancel);
            await One(zip, "feeds.json", (await store.ReadOne(tx => FeedRows.Of(tx, actor.Id), cancel)).Select(f => new FeedFact(f.Name, f.FreeBusyOnly == 1, f.CreatedAt, f.LastUsedAt)).ToArray(), pretty, now, cancel);
            await One(zip, "external-calendars.json", (await store.ReadOne(tx => ExternalCalendarRows.Of(tx, actor.Id, now), cancel)).Select(Fact).ToArray(), pretty, now, cancel);
            await One(zip, "sessions.json", (await store.ReadOne(tx => SignInRows.Of(tx, actor.Id, MostSessions), cancel)).Select(s => new SessionFact(s.CreatedAt, s.LastSeenAt, s.UserAgent, s.Address, s.Id == actor.SignInId)).ToArray(), pretty, now, cancel);
            await One(zip, "ways-in.json", await store.Read(tx => WaysIn(tx, actor.Id), cancel), pretty, now, cancel);
            await One(zip, "api-keys.json", (await store.ReadOne(tx => ApiKeyRows.Of(tx, actor.Id), cancel)).Select(k => new ApiKey(k, now)).ToArray(), pretty, now, cancel);
            await Many(zip, "audit.json", (tx, after) => Audit(tx, actor, after), json, now, cancel);
            await Many(zip, "mail.json", (tx, after) => Mails(tx, actor, after), json, now, cancel);
        }

        await late.FlushAsync(cancel);
    }

    private static async Task<IReadOnlyList<(long, object)>> Meetings(Tx tx, Actor actor, long after, Instant now)
    {
        var ids = await ExportRows.Meetings(tx, actor.Id, after);
        var entries = (await EntryRows.Of(tx, ids)).ToDictionary(e => e.Id);
        var guests = (await ParticipantRows.Of(tx, ids)).ToLookup(g => g.EntryId);
        var files = (await AttachmentRows.Of(tx, ids)).ToLookup(f => f.EntryId);
        return [.. ids.Select(id => (id, (object)new MeetingDetail(entries[id], [.. guests[id]], [.. files[id]], actor, now)))];
    }

    private static async Task<IReadOnlyList<(long, object)>> Events(Tx tx, Actor actor, long after) =>
        [.. (await EventRows.Behind(tx, actor.Id, after, ExportRows.PageSize)).Select(e => (e.Id, (object)new Event(e)))];

    private static async Task<IReadOnlyList<(long, object)>> Proposals(Tx tx, Actor actor, long after) =>
        [.. (await ExportRows.Proposals(tx, actor.Id, after)).Select(p => (p.Id, (object)new ProposalFact(p.Meeting, p.StartAt, p.EndAt, p.Comment, p.State, p.CreatedAt)))];

    /// Where others came from is theirs.
    private static async Task<IReadOnlyList<(long, object)>> Audit(Tx tx, Actor actor, long after) =>
        [.. (await ExportRows.Audit(tx, actor.Id, after)).Select(r => (r.Id, (object)(r.ActorId == actor.Id ? AuditEntry.Of(r) : AuditEntry.Of(r) with { From = null })))];

    private static async Task<IReadOnlyList<(long, object)>> Mails(Tx tx, Actor actor, long after) =>
        [.. (await ExportRows.Mails(tx, actor.Id, actor.Email, after)).Select(m => (m.Id, (object)new MailFact(m.Kind, m.Subject, m.Meeting, m.Email, m.CreatedAt, m.SentAt, m.FailedAt, m.UnwantedAt)))];

    private static async Task<WayIn[]> WaysIn(Tx tx, long person) =>
    [
        .. await TotpRows.Of(tx, person) is { } factor ? [new WayIn("second factor", "", factor.ConfirmedAt, null)] : Array.Empty<WayIn>(),
        .. (await PasskeyRows.Of(tx, person)).Select(p => new WayIn("passkey", p.Name, p.CreatedAt, p.LastUsedAt)),
        .. (await IdentityRows.Of(tx, person)).Select(i => new WayIn("provider", i.Email, i.CreatedAt, i.LastUsedAt)),
    ];

    private static CalendarFact Fact(ExternalCalendarRows.Row row) =>
        new(row.Name, Uri.TryCreate(row.Url, UriKind.Absolute, out var url) ? url.Host : "", row.WhenUnreachable, row.State, row.Since, row.FetchedAt);

    private Task<byte[]> Calendar(Actor actor, Instant now, CancellationToken cancel) => store.Read(
        async tx =>
        {
            var from = await ExportRows.CalendarFrom(tx, actor.Id, MostInCalendar) ?? Beginning;
            return await calendar.Write(tx, new FeedRows.Subscribed { PersonId = actor.Id, Name = actor.Name }, new TimeRange(from, End), now);
        },
        cancel);

    private async Task Files(ZipArchive zip, Actor actor, JsonSerializerOptions json, Instant now, CancellationToken cancel)
    {
        await Many(
            zip, "attachments.json",
            async (tx, after) => [.. (await ExportRows.Files(tx, actor.Id, after)).Select(f => (f.Id, (object)new FileFact(f.Id, f.Meeting, f.Name, f.Type, f.Size, f.Sha256, f.CreatedAt, Path(f))))],
            json, now, cancel);
        for (var after = 0L; await store.ReadOne(tx => ExportRows.Files(tx, actor.Id, after), cancel) is { Count: > 0 } files; after = files[^1].Id)
        {
            foreach (var file in files)
            {
                await using var content = new AttachmentStream(store, file.Id, file.Size);
                await File(zip, Path(file), s => content.CopyToAsync(s, cancel), file.CreatedAt, cancel);
            }
        }

        static string Path(ExportRows.File file) => $"attachments/{file.Id}-{FileNames.Clean(file.Name)}";
    }

    private static Task One<T>(ZipArchive zip, string name, T value, JsonSerializerOptions json, Instant now, CancellationToken cancel) =>
        File(zip, name, s => JsonSerializer.SerializeAsync(s, value, json, cancel), now, cancel);

    /// A list, a page at a time; each thing on a line of its own.
    private Task Many(ZipArchive zip, string name, Func<Tx, long, Task<IReadOnlyList<(long Id, object Value)>>> page, JsonSerializerOptions json, Instant now, CancellationToken cancel) => File(
        zip, name,
        async s =>
        {
            var first = true;
            await s.WriteAsync("["u8.ToArray(), cancel);
            for (var after = 0L; await store.Read(tx => page(tx, after), cancel) is { Count: > 0 } values; after = values[^1].Id)
            {
                foreach (var (_, value) in values)
                {
                    await s.WriteAsync(first ? "\n"u8.ToArray() : ",\n"u8.ToArray(), cancel);
                    await JsonSerializer.SerializeAsync(s, value, value.GetType(), json, cancel);
                    first = false;
                }
            }

            await s.WriteAsync("\n]\n"u8.ToArray(), cancel);
        },
        now, cancel);

    private static async Task File(ZipArchive zip, string name, Func<Stream, Task> write, Instant at, CancellationToken cancel)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        // ZIP knows no zones; it counts from 1980.
        entry.LastWriteTime = Instant.Max(at, Instant.FromUtc(1980, 1, 1, 0, 0)).ToDateTimeOffset();
        await using var stream = await entry.OpenAsync(cancel);
        await write(stream);
    }
}
