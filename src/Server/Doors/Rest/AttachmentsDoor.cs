using Convene.Server.Features.Attachments;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Rest;

/// Documents of meetings: files come in as a form, and go out so that no browser ever runs them.
public static class AttachmentsDoor
{
    public static async Task<IResult> List(HttpContext http, string id, ListAttachments list) =>
        Answers.Of(await list.Handle(http.Actor(), MeetingsDoor.Id(id)));

    public static async Task<IResult> Add(HttpContext http, string id, AddAttachments add, Settings settings)
    {
        var meeting = MeetingsDoor.Id(id);
        // Whoever may not is told before anything is taken in.
        if (!(await add.MayAdd(http.Actor(), meeting)).Is(out _, out var no))
            return Answers.Refuse(no);
        await using var upload = new Upload(settings);
        return await upload.Read(http) is { } refusal
            ? Answers.Refuse(refusal)
            : await Repeats.Created(http, () => add.Handle(http.Actor(), meeting, upload.Files));
    }

    public static async Task<IResult> Download(HttpContext http, string id, long aid, ReadAttachment read) =>
        Answers.Of(await read.Handle(http.Actor(), MeetingsDoor.Id(id), aid), file =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            headers.CacheControl = "private, no-cache";
            var type = file.Type.StartsWith("text/", StringComparison.Ordinal) ? $"{file.Type}; charset=utf-8" : file.Type;
            return Results.Stream(file.Content, type, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
        });

    public static async Task<IResult> Delete(HttpContext http, string id, long aid, DeleteAttachment delete) =>
        Answers.Of(await delete.Handle(http.Actor(), MeetingsDoor.Id(id), aid), _ => Results.NoContent());
}
