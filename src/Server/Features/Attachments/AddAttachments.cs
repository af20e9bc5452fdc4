using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Attachments;

/// Adds documents to a meeting: all that were sent, or none.
public sealed class AddAttachments(Store store, IClock clock, Settings settings)
{
    /// A file, or all of a meeting's, would have more bytes than may be.
    public sealed record TooLarge(string Sentence) : Refusal;

    public static string LargerThan(string name, long bytes) => $"{name} is larger than {bytes / Settings.Megabyte} MB, the most a file may have.";

    public static string MoreThan(long bytes) => $"The files of a meeting may have {bytes / Settings.Megabyte} MB together, and these would make it more.";

    public static Refusal TooMany(int most) => new Refusals.Invalid("file", $"A meeting may have {most} files, and these would make it more.");

    /// Whether files may be sent at all: asked before they are taken in.
    public Task<Outcome<bool>> MayAdd(Actor actor, string id) => store.Read<Outcome<bool>>(async tx =>
        await EntryRows.Visible(tx, id, actor.Id) is not { } meeting ? new Refusals.NotFound()
        : AttachmentRights.Refuse(actor, meeting, await ParticipantRows.Of(tx, meeting.Id)) is { } no ? no
        : true);

    public async Task<Outcome<IReadOnlyList<Attachment>>> Handle(Actor actor, string id, IReadOnlyList<IncomingFile> files)
    {
        if (files.Count == 0)
            return new Refusals.Invalid("file", "No file was submitted.");
        var named = new List<(IncomingFile File, string Name, string Type)>();
        var wrong = new List<string>();
        foreach (var file in files)
        {
            var name = FileNames.Clean(file.Name);
            var (kind, why) = file.Content.Length == 0 ? (null, "is empty") : await FileKind.Of(file.Content, name);
            if (kind is null)
                wrong.Add($"{name} {why}.");
            else
                named.Add((file, FileNames.Ending(name, kind.Endings), kind.Type));
        }

        if (wrong.Count > 0)
            return new Refusals.Invalid(new Dictionary<string, object>(StringComparer.Ordinal) { ["file"] = (string[])[.. wrong, FileKind.Accepted] });

        return await store.Write<IReadOnlyList<Attachment>>(async tx =>
        {
            // load
            if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
                return new Refusals.NotFound();
            var guests = await ParticipantRows.Of(tx, meeting.Id);
            if (AttachmentRights.Refuse(actor, meeting, guests) is { } no)
                return no;
            var there = await AttachmentRows.Of(tx, meeting.Id);

            // decide
            if (there.Count + named.Count > settings.AttachmentsPerMeeting)
                return TooMany(settings.AttachmentsPerMeeting);
            if (there.Sum(a => a.Size) + named.Sum(n => n.File.Content.Length) > settings.AttachmentBytesPerMeeting)
                return new TooLarge(MoreThan(settings.AttachmentBytesPerMeeting));

            // save. The calendars are held last: others need not wait while the content is written.
            var now = clock.GetCurrentInstant();
            foreach (var (file, name, type) in named)
                await AttachmentRows.Add(tx, meeting.Id, actor.Id, name, type, file.Sha256, file.Content, now);
            await tx.Note(actor, now, [.. named.Select(n => Trail.Meeting("meeting.attachment_added", meeting.Uuid, null, AttachmentRights.Picture(n.Name, n.Type, n.File.Content.Length)))]);
            await AttachmentRights.Changed(tx, meeting, guests, now);

            // say
            return (await AttachmentRows.Of(tx, meeting.Id)).Skip(there.Count).Select(Attachment.Of).ToList();
        });
    }
}
