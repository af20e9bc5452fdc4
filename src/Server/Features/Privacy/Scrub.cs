using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Convene.Server.Storage;

namespace Convene.Server.Features.Privacy;

/// Takes somebody's address, and the name beside it, out of what is kept as JSON. Another address stands there then, which leads nowhere and tells their number.
internal sealed class Scrub(long person, string email)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // RFC 2606: a domain that will never be.
    private readonly string instead = $"deleted-{person}@deleted.invalid";

    public string Text(string text) => email.Length == 0 ? text : text.Replace(email, instead, StringComparison.OrdinalIgnoreCase);

    public string? Json(string? text)
    {
        if (text is null)
            return null;
        var node = JsonNode.Parse(text);
        return node is null ? text : Clean(node)?.ToJsonString(Options);
    }

    private JsonNode? Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var theirs = members.Where(m => m.Value is JsonValue value && IsTheirs(value)).Select(m => m.Key).ToArray();
                var clean = new JsonObject();
                foreach (var (key, value) in members)
                    clean[Text(key)] = theirs.Any(t => IsNameBeside(key, t)) ? PersonErasure.Name : Clean(value);
                return clean;
            case JsonArray items:
                return new JsonArray([.. items.Select(Clean)]);
            case JsonValue value when value.TryGetValue<string>(out var text):
                return Text(text);
            default:
                return node?.DeepClone();
        }
    }

    private bool IsTheirs(JsonValue value) => value.TryGetValue<string>(out var text) && email.Length > 0 && text.Equals(email, StringComparison.OrdinalIgnoreCase);

    /// `name` stands beside `email` and `participant`, `host_name` beside `host_email`.
    private static bool IsNameBeside(string key, string address) => key == (address == "host_email" ? "host_name" : "name");
}
