using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Attachments;

/// <summary>A document of a meeting.</summary>
/// <param name="Type">Its media type, found out from its content.</param>
/// <param name="Size">In bytes.</param>
public sealed record Attachment(long Id, string Name, string Type, long Size, Uploader UploadedBy, Instant CreatedAt)
{
    internal static Attachment Of(AttachmentRows.Attachment row) =>
        new(row.Id, row.Name, row.Type, row.Size, new Uploader(row.PersonId, row.Email, row.PersonName), row.CreatedAt);
}

public sealed record Uploader(long Id, string Email, string Name);
