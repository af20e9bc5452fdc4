using System.Security.Cryptography;
using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Attachments;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Rest;

/// The files of a form, each in a temporary file that is gone with the request. Never is a whole file in memory.
internal sealed class Upload(Settings settings) : IAsyncDisposable
{
    private const string Field = "file";

    // RFC 2046: at most so many characters.
    private const int LongestBoundary = 70;

    private readonly List<IncomingFile> files = [];

    public IReadOnlyList<IncomingFile> Files => files;

    /// A request with files may be larger than others.
    public static void Allow(HttpContext http, Settings settings)
    {
        if (IsForm(http.Request) && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = settings.AttachmentBytesPerMeeting + Door.LargestDiscarded;
    }

    /// What parts its files; null: this is no form with files.
    public static string? Boundary(HttpRequest request) =>
        IsForm(request) && HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).ToString() is { Length: > 0 and <= LongestBoundary } boundary ? boundary : null;

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// Null, or what is wrong. What is too large is taken in to its end and thrown away (Door.LargestDiscarded): whoever is cut off while sending never sees why.
    public async Task<Refusal?> Read(HttpContext http)
    {
        Allow(http, settings);
        if (!IsForm(http.Request))
            return new Door.UnsupportedMediaType(http.Request.ContentType ?? "");
        if (Boundary(http.Request) is not { } boundary)
            return new Door.Unreadable("Multipart form parse error - Invalid boundary.");
        try
        {
            var refusal = await ReadSections(new MultipartReader(boundary, http.Request.Body), http.RequestAborted);
            if (refusal is not null)
                await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            return refusal;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new AddAttachments.TooLarge(AddAttachments.MoreThan(settings.AttachmentBytesPerMeeting));
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            return new Door.Unreadable("Multipart form parse error - the parts don't end, or begin, as they should.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in files)
            await file.Content.DisposeAsync();
    }

    private async Task<Refusal?> ReadSections(MultipartReader reader, CancellationToken cancel)
    {
        var room = settings.AttachmentBytesPerMeeting;
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
                return new Door.Unreadable("Multipart form parse error - a part does not say what it is.");
            var field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
            // Forms carry other fields too; only a file that would be lost is worth a word.
            if (name.Length == 0 && field != Field)
                continue;
            if (field != Field)
                return new Refusals.Invalid(field.Length is > 0 and < 100 ? field : Field, $"Send files in the field \"{Field}\".");
            if (name.Length == 0)
                return new Refusals.Invalid(Field, "The submitted data was not a file. Check the encoding type on the form.");
            if (files.Count == settings.AttachmentsPerMeeting)
                return AddAttachments.TooMany(settings.AttachmentsPerMeeting);

            if (await Take(name, section.Body, Math.Min(room, settings.AttachmentBytes), cancel) is not { } taken)
            {
                return new AddAttachments.TooLarge(room < settings.AttachmentBytes
                    ? AddAttachments.MoreThan(settings.AttachmentBytesPerMeeting)
                    : AddAttachments.LargerThan(FileNames.Clean(name), settings.AttachmentBytes));
            }

            files.Add(taken);
            room -= taken.Content.Length;
        }

        return null;
    }

    /// Null if it has more than these bytes.
    private static async Task<IncomingFile?> Take(string name, Stream body, long most, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose };
        // Others on the machine have no business with it.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(Path.GetTempPath(), $"convene-{Guid.NewGuid():N}");
        var file = new FileStream(path, options);
        // Open, it works without a name, and without one nothing is left of it if the process is killed.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var chunk = new byte[64 * 1024];
            while (await body.ReadAsync(chunk, cancel) is > 0 and var count)
            {
                if (file.Length + count > most)
                    return null;
                hash.AppendData(chunk, 0, count);
                await file.WriteAsync(chunk.AsMemory(0, count), cancel);
            }

            var taken = new IncomingFile(name, file, Convert.ToHexStringLower(hash.GetHashAndReset()));
            file = null;
            return taken;
        }
        finally
        {
            if (file is not null)
                await file.DisposeAsync();
        }
    }
}
