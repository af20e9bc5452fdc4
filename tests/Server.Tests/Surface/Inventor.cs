using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace Convene.Server.Tests.Surface;

/// Invents values that a schema allows, and what goes wrong with them. The same seed invents the same.
internal sealed class Inventor(Random random, Description description, Known known)
{
    // Raw JSON stands between these marks in a text, for what no writer of JSON writes.
    private const char RawStart = '\uE000';
    private const char RawEnd = '\uE001';

    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"];

    private static readonly string[] BadTexts =
    [
        "", " ", "\0", "a\0b", "%", "%00", "' OR 1=1 --", "'; DROP TABLE people; --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "../../etc/passwd", "\r\nBcc: evil@example.com",
        "\u202Etxt", "\uFEFFx", "\uFFFF", "é", "e\u0301", "👩‍👩‍👧", "İ", "ß", "NaN", "null", "true", "-0", "1e999", "0x10", "٣", "9999999999999999999999", "00000000-0000-0000-0000-000000000000", "=1+1", "@x", "a@b",
        "x@[127.0.0.1]", "\"a b\"@example.com", "ana@example.com,ben@example.com", "Ana <ana@example.com>", "ana@exämple.com", "mailto:ana@example.com",
    ];

    private static readonly string[] BadTimes =
    [
        "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "2030-02-30T10:00:00Z", "2030-02-29", "2030-13-01T10:00:00Z", "2030-03-05T24:00:00Z",
        "2030-03-05T25:00:00Z", "2030-03-05T23:59:60Z", "2030-03-05T10:00:00+24:00", "2030-03-05T10:00:00+18:00", "2030-03-05T10:00:00-18:01", "2030-03-31T02:30:00", "2030-W10-2", "2030-064", "20300305T100000Z", "1e10", "1893456000",
        "2030-03-05T10:00:00[Europe/Berlin]", "2030-03-05 10:00", "2030-03-05T10:00:00.0000000000000000001Z", "2030-3-5T1:00Z", "now", "24:00", "25:61", "-01:00", "12:00:00.5", "1900-01-01", "2199-12-31T23:59:59Z", "1583-01-01",
    ];

    private static readonly string[] BadZones = ["Mars/Phobos", "../UTC", "UTC+5", "+05:00", "GMT-0", "Europe/berlin", "W. Europe Standard Time", "Local", "EST5EDT", "Etc/GMT+14", "posixrules", "Factory"];

    private static readonly string[] RawValues =
        ["1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890", "0.1", "-0", "-1", "2147483648", "1E2", "NaN", "Infinity", "01", "+1", "0x1", "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d\"", "\"\\x\"", "'x'", "undefined"];

    public JsonNode? Value(JsonObject schema, string name, int depth = 0)
    {
        schema = description.Resolve(schema);
        if (!schema.ContainsKey("properties") && !schema.ContainsKey("items") && known.For(name, random) is { } right && random.Next(8) > 0)
            return right;
        if (schema["oneOf"] is JsonArray choices)
            return Value(choices[random.Next(choices.Count)]!.AsObject(), name, depth);
        if (schema["enum"] is JsonArray words)
            return words[random.Next(words.Count)]?.DeepClone();
        var types = schema["type"] is JsonArray several ? several.Select(t => (string)t!).ToArray() : [(string?)schema["type"] ?? "string"];
        var type = types.Contains("null") && random.Next(6) == 0 ? "null" : System.Array.Find(types, t => t != "null") ?? "null";
        return type switch
        {
            "null" => null,
            "boolean" => random.Next(2) == 0,
            "integer" or "number" => Number(schema),
            "array" => Array(schema, name, depth),
            "object" => Object(schema, depth),
            _ => Text(schema, name),
        };
    }

    /// JSON text of a body: right as it is, or with mistakes.
    public string Body(JsonNode? right, int mistakes)
    {
        var body = right?.DeepClone();
        for (var i = 0; i < mistakes; i++)
            body = Spoil(body);
        var text = Json(body);
        return mistakes == 0 || random.Next(6) > 0 ? text : Break(text);
    }

    /// A word for a query, a header or a path: right, or anything.
    public string Word(JsonObject schema, string name) =>
        random.Next(3) > 0 ? Value(schema, name) is { } value ? value.ToString() : "" : Wrong();

    /// Anything that is text and may stand in a URL once it is escaped.
    public string Wrong() => random.Next(5) switch
    {
        0 => BadTimes[random.Next(BadTimes.Length)],
        1 => BadZones[random.Next(BadZones.Length)],
        2 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        _ => BadTexts[random.Next(BadTexts.Length)],
    };

    /// What is known to be right for a field of this name; null: nothing is known.
    public JsonNode? Right(string name) => known.For(name, random);

    public int At(int length) => random.Next(length);

    public T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    public bool Chance(int percent) => random.Next(100) < percent;

    private JsonValue Number(JsonObject schema)
    {
        var (least, most) = ((long?)schema["minimum"] ?? 0, (long?)schema["maximum"] ?? 100);
        return JsonValue.Create(random.Next(4) switch { 0 => least, 1 => most, _ => random.NextInt64(least, most + 1) });
    }

    private JsonArray Array(JsonObject schema, string name, int depth)
    {
        var least = (int?)schema["minItems"] ?? 0;
        var count = depth > 3 ? least : Math.Min(least + random.Next(4), (int?)schema["maxItems"] ?? int.MaxValue);
        return [.. Enumerable.Range(0, count).Select(_ => Value(schema["items"]?.AsObject() ?? [], Singular(name), depth + 1))];
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        var made = new JsonObject();
        var required = (schema["required"]?.AsArray() ?? []).Select(r => (string)r!).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) || random.Next(10) < 4)
                made[name] = Value(member!.AsObject(), name, depth + 1);
        }

        return made;
    }

    private JsonNode Text(JsonObject schema, string name)
    {
        if ((string?)schema["format"] == "uuid")
            return Guid.NewGuid().ToString();
        var text = name switch
        {
            "timezone" or "tzid" or "default_timezone" => One(Zones),
            "date" or "end_date" or "until" => Day().ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
            "working_hours_start" or "working_hours_end" => $"{random.Next(24):00}:{random.Next(60):00}",
            _ when name.EndsWith("_time", StringComparison.Ordinal) || name is "start" or "end" or "from" or "to" or "window_start" or "window_end" or "from_date" or "to_date" or "ends_after" or "rdate" or "exdate" or "dtstart" => Time(),
            "email" or "participant_email" => $"person{random.Next(1_000_000)}@example.com",
            "username" => $"person{random.Next(1_000_000)}",
            "rrule" or "exrule" => One(["FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20301231T000000Z", "FREQ=YEARLY;COUNT=2"]),
            "color_code" => "#2563EB",
            "url" => "https://localhost/calendar.ics",
            _ => One(["Plan", "Zürich", "Über 😀 uns", "a", "Kickoff, \"final\"; v2\\n"]),
        };
        var most = (int?)schema["maxLength"] ?? int.MaxValue;
        return text.Length > most ? text[..most] : most < 30_000 && random.Next(15) == 0 && text is "a" or "Plan" ? new string('x', most) : text;
    }

    private LocalDate Day() => new LocalDate(2030, 3, 4).PlusDays(random.Next(700));

    private string Time() => $"{Day():uuuu-MM-dd}T{random.Next(24):00}:{random.Next(4) * 15:00}:00{One(["Z", "", "+05:45", "-08:00"])}";

    private JsonNode? Spoil(JsonNode? body)
    {
        if (body is not JsonObject and not JsonArray || random.Next(12) == 0)
            return Strange();
        if (body is JsonArray list)
        {
            if (list.Count == 0 || random.Next(4) == 0)
                list.Add(Strange());
            else if (random.Next(2) == 0 && list.Count > 0)
                list[random.Next(list.Count)] = Spoil(Taken(list, random.Next(list.Count)));
            else
                list[random.Next(list.Count)] = Strange();
            return list;
        }

        var thing = body.AsObject();
        var names = thing.Select(p => p.Key).ToArray();
        if (names.Length == 0 || random.Next(6) == 0)
            thing[One(["", "id", "__proto__", "constructor", "is_staff", "host", "a.b", "\u0000", "title", new string('k', 1000)])] = Strange();
        else if (One(names) is var name && random.Next(5) == 0)
            thing.Remove(name);
        else if (thing[name] is JsonObject or JsonArray && random.Next(3) > 0)
            thing[name] = Spoil(thing[name]!.DeepClone());
        else
            thing[name] = Strange();
        return thing;

        static JsonNode? Taken(JsonArray list, int at) => list[at]?.DeepClone();
    }

    private JsonNode? Strange() => random.Next(14) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => new JsonArray(),
        3 => new JsonObject(),
        4 => new JsonArray(Wrong(), 1, null),
        5 => new JsonObject { ["x"] = Wrong() },
        6 => One<JsonNode>([0, -1, int.MaxValue, long.MaxValue, long.MinValue, 0.5, 1e300, 42]),
        7 => $"{RawStart}{One(RawValues)}{RawEnd}",
        8 => $"{RawStart}{Nested(One([20, 31, 33, 200, 20_000]))}{RawEnd}",
        9 => new string(One(["x", "é", "😀"])[0] is var letter && char.IsSurrogate(letter) ? 'y' : letter, One([256, 1_001, 20_001, 300_000])),
        10 => Time(),
        11 => BadTimes[random.Next(BadTimes.Length)],
        12 => BadZones[random.Next(BadZones.Length)],
        _ => BadTexts[random.Next(BadTexts.Length)],
    };

    private string Nested(int depth) => random.Next(2) == 0
        ? string.Concat(new string('[', depth), new string(']', depth))
        : string.Concat(string.Concat(Enumerable.Repeat("{\"a\":", depth)), "1", new string('}', depth));

    private string Break(string text) => random.Next(7) switch
    {
        0 => text[..random.Next(text.Length)],
        1 => text + "}",
        2 => text.Replace('"', '\''),
        3 => text.TrimEnd('}') + ",}",
        4 => "\uFEFF" + text,
        5 => One(["null", "[]", "\"x\"", "7", "true", "[{}]", "", " ", "{", "\0"]),
        _ => text.Insert(random.Next(text.Length), One(["\u0001", "/**/", "\\", "\n\t"])),
    };

    /// The raw pieces come out of their quotes.
    private static string Json(JsonNode? body)
    {
        var written = body?.ToJsonString(new() { MaxDepth = 1_000 }) ?? "null";
        var text = new StringBuilder(written.Length);
        for (var at = 0; ;)
        {
            var start = written.IndexOf("\"\\uE000", at, StringComparison.Ordinal);
            if (start < 0)
                return text.Append(written, at, written.Length - at).ToString();
            var end = written.IndexOf("\\uE001\"", start, StringComparison.Ordinal);
            var raw = (string)JsonNode.Parse(written[start..(end + 7)])!;
            text.Append(written, at, start - at).Append(raw, 1, raw.Length - 2);
            at = end + 7;
        }
    }

    private static string Singular(string name) => name switch { "participant_emails" or "emails" => "email", "participants" => "email", "user_ids" => "user_id", "required" or "optional" => "person", _ => name };
}

/// Values that are right at the moment: addresses of people, ids, tokens, times of meetings. By the name of a field.
internal sealed class Known
{
    private readonly Dictionary<string, JsonNode[]> values = new(StringComparer.Ordinal);

    public Known Add(string name, params JsonNode[] right)
    {
        values[name] = right;
        return this;
    }

    public JsonNode? For(string name, Random random) => values.TryGetValue(name, out var right) ? right[random.Next(right.Length)].DeepClone() : null;
}
