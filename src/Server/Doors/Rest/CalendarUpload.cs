using System.Text;
using System.Text.Json;
using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Rest;

/// A calendar file that comes in: in a form, under the name `file`, or as the body itself. It is read as a whole, so it is kept in memory.
internal static class CalendarUpload
{
    private const string File = "file";
    private const int LongestField = 1_000;
    private const int MostSections = 20;

    public sealed record TooLarge(string Sentence) : Refusal;

    /// The file, and the other fields of the form or the query.
    public static async Task<Outcome<(byte[] File, Fields Fields)>> Read(HttpContext http, long most)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most + Door.LargestDiscarded;
        var fields = http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type))
            return new Door.UnsupportedMediaType(http.Request.ContentType ?? "");
        try
        {
            if (type.MediaType.Equals("text/calendar", StringComparison.OrdinalIgnoreCase))
                return await Take(http.Request.Body, most, http.RequestAborted) is { } body ? (body, Of(fields)) : await Refuse(http, TooMuch(most));
            if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
                return new Door.UnsupportedMediaType(http.Request.ContentType ?? "");
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
            if (boundary.Length is 0 or > 70)
                return new Door.Unreadable("Multipart form parse error - Invalid boundary.");
            return await Form(http, new MultipartReader(boundary, http.Request.Body), fields, most);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooMuch(most);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            return new Door.Unreadable("Multipart form parse error - the parts don't end, or begin, as they should.");
        }
    }

    private static async Task<Outcome<(byte[], Fields)>> Form(HttpContext http, MultipartReader reader, Dictionary<string, string> fields, long most)
    {
        byte[]? file = null;
        var sections = 0;
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
                return await Refuse(http, new Door.Unreadable("Multipart form parse error - a part does not say what it is."));
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (++sections > MostSections)
                return await Refuse(http, new Refusals.Invalid(File, "The form has too many parts."));
            if (name != File)
            {
                if (await Take(section.Body, LongestField, http.RequestAborted) is not { } value)
                    return await Refuse(http, new Refusals.Invalid(Door.NonFieldErrors, "A field of the form is too long."));
                fields[name] = Encoding.UTF8.GetString(value);
                continue;
            }

            if (file is not null)
                return await Refuse(http, new Refusals.Invalid(File, "Send one file at a time."));
            file = await Take(section.Body, most, http.RequestAborted);
            if (file is null)
                return await Refuse(http, TooMuch(most));
        }

        return file is null ? new Refusals.Invalid(File, "No file was submitted.") : (file, Of(fields));
    }

    /// What is left is taken in and thrown away: whoever is cut off while sending never sees why.
    private static async Task<Refusal> Refuse(HttpContext http, Refusal refusal)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        return refusal;
    }

    /// Null: it has more than these bytes.
    private static async Task<byte[]?> Take(Stream body, long most, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await body.ReadAsync(chunk, cancel) is > 0 and var count)
        {
            if (buffer.Length + count > most)
                return null;
            buffer.Write(chunk, 0, count);
        }

        return buffer.ToArray();
    }

    private static Fields Of(Dictionary<string, string> fields) => new(JsonSerializer.SerializeToElement(fields));

    private static TooLarge TooMuch(long most) => new($"The file is larger than {most / Settings.Megabyte} MB, which is the most that is imported at once.");
}
