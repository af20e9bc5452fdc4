using System.Net;
using System.Text.Json;
using System.Text.Unicode;
using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Rest;

/// What every REST door does alike: read the body, know who asks.
public static class Door
{
    public const string NonFieldErrors = "non_field_errors";

    /// The largest body that is read, in bytes.
    public const int LargestBody = 1024 * 1024;

    /// Up to here a body that is too large is taken in and thrown away: whoever is cut off while sending never sees why. Kestrel ends what is larger.
    public const int LargestDiscarded = 16 * LargestBody;

    private const string ActorKey = "convene.actor";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    public static Actor Actor(this HttpContext http) => (Actor)http.Items[ActorKey]!;

    /// Whether the browser speaks TLS: with us, or with the proxy before us.
    public static bool IsSecure(this HttpContext http) =>
        http.Request.IsHttps || http.RequestServices.GetRequiredService<Settings>().PublicUrl.Scheme == Uri.UriSchemeHttps;

    public static Actor? MaybeActor(this HttpContext http) => (Actor?)http.Items[ActorKey];

    /// Who is there, signed in or not: kept with a login so that its owner recognises it.
    public static Visitor Visitor(this HttpContext http) =>
        Features.Accounts.Visitor.Of(http.Request.Headers.UserAgent.ToString(), http.Connection.RemoteIpAddress) with { Network = http.From() };

    public static void SetActor(this HttpContext http, Actor actor) => http.Items[ActorKey] = actor with { From = http.From() };

    /// The network that the request comes from, for the audit: enough to tell an office from the other end of the world, not whose desk (docs/decisions/0013).
    public static string? From(this HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Network(address).ToString() : null;

    public static IPNetwork Network(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var kept = bytes.Length == 4 ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return new IPNetwork(new IPAddress(bytes), kept * 8);
    }

    /// The fields of a JSON object or a flat form; an empty body has none.
    public static async Task<Outcome<Fields>> Fields(this HttpContext http)
    {
        var request = http.Request;
        using var buffer = new MemoryStream();
        if (!await TryRead(request.Body, buffer, http.RequestAborted))
            return new TooLarge();
        if (request.HasFormContentType)
        {
            request.Body = buffer;
            return await FromForm(request, http.RequestAborted);
        }

        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
            return new Fields(JsonSerializer.SerializeToElement(new object()));
        if (!IsJson(request.ContentType))
            return new UnsupportedMediaType(request.ContentType ?? "");
        if (!Utf8.IsValid(bytes.Span))
            return new Unreadable("JSON parse error - the body is not UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            CheckNames(document.RootElement);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new Fields(document.RootElement.Clone());
            return new Refusals.Invalid(NonFieldErrors, $"Invalid data. Expected a dictionary, but got {document.RootElement.ValueKind switch { JsonValueKind.Array => "list", JsonValueKind.String => "str", JsonValueKind.Number => "int", _ => "bool" }}.");
        }
        catch (InvalidOperationException)
        {
            return new Unreadable("JSON parse error - a name has surrogate characters that are no text.");
        }
        catch (JsonException e)
        {
            return new Unreadable($"JSON parse error - line {e.LineNumber + 1} column {e.BytePositionInLine + 1}: {Reason(e)}");
        }
    }

    private static async Task<bool> TryRead(Stream body, MemoryStream buffer, CancellationToken cancel)
    {
        var chunk = new byte[16 * 1024];
        while (await body.ReadAsync(chunk, cancel) is > 0 and var count)
        {
            if (buffer.Length + count > LargestBody)
            {
                await body.CopyToAsync(Stream.Null, cancel);
                return false;
            }

            buffer.Write(chunk, 0, count);
        }

        buffer.Position = 0;
        return true;
    }

    /// Reads every name once: one that is no text (a lone surrogate) would fail whoever looks for another.
    private static void CheckNames(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                CheckNames(property.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                CheckNames(item);
        }
    }

    private static async Task<Outcome<Fields>> FromForm(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            var form = await request.ReadFormAsync(cancel);
            var values = form.ToDictionary(f => f.Key, f => f.Value.Count == 1 ? f.Value[0] : (object)f.Value.ToArray(), StringComparer.Ordinal);
            return new Fields(JsonSerializer.SerializeToElement(values));
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return new Unreadable($"Form parse error - {e.Message}");
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    // The parser's message ends with the position, which is told already.
    private static string Reason(JsonException e) => e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var end ? e.Message[..end] : e.Message;

    /// The door's own reasons to say no: they are about HTTP.
    public sealed record Unreadable(string Sentence) : Refusal;

    public sealed record TooLarge : Refusal;

    public sealed record UnsupportedMediaType(string Type) : Refusal;

    public sealed record BadToken : Refusal;

    public sealed record BadOpaqueToken : Refusal;

    public sealed record CsrfFailed(string Sentence) : Refusal;
}
