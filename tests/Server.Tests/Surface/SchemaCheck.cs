using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Convene.Server.Tests.Surface;

/// Whether JSON is what a schema says: that part of JSON Schema 2020-12 which our description uses. A keyword that it does not know is a fault.
internal sealed class SchemaCheck(Description description)
{
    private static readonly HashSet<string> SaysNothing = new(StringComparer.Ordinal) { "description", "example", "default", "title" };

    /// Each with where it is; empty: it fits. Members that the schema does not name are faults too: what is answered is described.
    public IEnumerable<string> Faults(JsonNode? value, JsonObject schema, string at = "$")
    {
        if (schema.ContainsKey("$ref"))
            return Faults(value, description.Resolve(schema), at);
        return schema.SelectMany(keyword => Of(value, keyword.Key, keyword.Value!, schema, at));
    }

    private IEnumerable<string> Of(JsonNode? value, string keyword, JsonNode says, JsonObject schema, string at)
    {
        switch (keyword)
        {
            case "type":
                var types = says is JsonArray several ? several.Select(t => (string)t!).ToArray() : [(string)says!];
                return types.Any(t => Is(value, t)) ? [] : [$"{at} is {Short(value)}, not {string.Join(" or ", types)}"];
            case "properties":
                return value is not JsonObject thing ? [] :
                [
                    .. says.AsObject().Where(p => thing.ContainsKey(p.Key)).SelectMany(p => Faults(thing[p.Key], p.Value!.AsObject(), $"{at}.{p.Key}")),
                    .. schema.ContainsKey("additionalProperties") ? [] : thing.Where(p => !says.AsObject().ContainsKey(p.Key)).Select(p => $"{at}.{p.Key} is not described"),
                ];
            case "additionalProperties":
                return value is not JsonObject map ? [] : map.Where(p => schema["properties"]?.AsObject().ContainsKey(p.Key) != true).SelectMany(p => Faults(p.Value, says.AsObject(), $"{at}.{p.Key}"));
            case "required":
                return value is not JsonObject whole ? [] : says.AsArray().Where(name => !whole.ContainsKey((string)name!)).Select(name => $"{at}.{name} is missing");
            case "items":
                return value is not JsonArray list ? [] : list.SelectMany((item, i) => Faults(item, says.AsObject(), $"{at}[{i}]"));
            case "oneOf":
                var tried = says.AsArray().Select(s => Faults(value, s!.AsObject(), at).ToArray()).ToArray();
                return tried.Any(faults => faults.Length == 0) ? [] : [$"{at} is none of {tried.Length}: {string.Join(" / ", tried.Select(f => f[0]))}"];
            case "enum":
                return says.AsArray().Any(v => JsonNode.DeepEquals(v, value)) || value is null ? [] : [$"{at} is {Short(value)}, none of {says.ToJsonString()}"];
            case "minimum":
                return Number(value) is { } low && low < Number(says) ? [$"{at} is {low}, less than {says}"] : [];
            case "maximum":
                return Number(value) is { } high && high > Number(says) ? [$"{at} is {high}, more than {says}"] : [];
            case "minLength":
                return Text(value) is { } brief && brief.Length < (int)says ? [$"{at} is shorter than {says}"] : [];
            case "maxLength":
                return Text(value) is { } lengthy && lengthy.Length > (int)says ? [$"{at} is longer than {says}"] : [];
            case "minItems":
                return value is JsonArray few && few.Count < (int)says ? [$"{at} has fewer than {says} items"] : [];
            case "maxItems":
                return value is JsonArray many && many.Count > (int)says ? [$"{at} has more than {says} items"] : [];
            case "pattern":
                return Text(value) is { } text && !Regex.IsMatch(text, (string)says!, RegexOptions.None, TimeSpan.FromSeconds(1)) ? [$"{at} does not match {says}"] : [];
            case "format":
                return Text(value) is { } formatted && !Fits(formatted, (string)says!) ? [$"{at} is \"{formatted}\", no {says}"] : [];
            default:
                return SaysNothing.Contains(keyword) ? [] : [$"{at}: the check does not know \"{keyword}\""];
        }
    }

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && Number(value) is { } number && number == decimal.Truncate(number),
        _ => false,
    };

    private static bool Fits(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && text.Length >= 20 && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-'),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "int32" or "int64" or "double" or "email" or "uri" => true,
        _ => false,
    };

    private static decimal? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : value?.GetValueKind() == JsonValueKind.String && decimal.TryParse((string?)value, NumberStyles.Float, CultureInfo.InvariantCulture, out var written) ? written : null;

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? (string?)value : null;

    private static string Short(JsonNode? value) => value?.ToJsonString() is { } text ? text.Length > 80 ? text[..80] + "…" : text : "null";
}
