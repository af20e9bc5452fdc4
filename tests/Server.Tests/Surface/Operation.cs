using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Surface;

/// An operation of the API's description.
internal sealed record Operation(string Id, HttpMethod Method, string Path, JsonObject Said)
{
    public bool ChangesNothing => Method == HttpMethod.Get;

    public IEnumerable<JsonObject> Parameters(string place) =>
        (Said["parameters"]?.AsArray() ?? []).Select(p => p!.AsObject()).Where(p => (string)p["in"]! == place);

    public IEnumerable<string> PathParameters => Parameters("path").Select(p => (string)p["name"]!);

    /// The body that it takes: its type, and what the type says.
    public (string Type, JsonObject Media)? Body =>
        Said["requestBody"]?["content"]?.AsObject().FirstOrDefault() is { Key: { } type, Value: { } media } ? (type, media.AsObject()) : null;

    public bool IsBodyRequired => Said["requestBody"]?["required"]?.GetValue<bool>() == true;

    public JsonObject? Response(int status) => Said["responses"]!.AsObject()[status.ToString()]?.AsObject();

    public override string ToString() => $"{Id} ({Method} {Path})";
}

/// What the server says of itself.
internal sealed class Description(JsonObject document)
{
    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new Operation((string)operation.Value!["operationId"]!, new HttpMethod(operation.Key.ToUpperInvariant()), path.Key, operation.Value.AsObject()),
    ];

    public static async Task<Description> Of(TestHouse house) => new((await house.Somebody().Get("/api/schema/")).ShouldBe(200).Json!.AsObject());

    /// What a reference leads to; anything else is itself.
    public JsonObject Resolve(JsonObject schema) => (string?)schema["$ref"] is { } reference
        ? reference.Split('/').Skip(1).Aggregate((JsonNode)document, (node, name) => node[name] ?? throw new InvalidOperationException($"{reference} leads nowhere.")).AsObject()
        : schema;
}
