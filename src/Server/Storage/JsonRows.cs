using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace Convene.Server.Storage;

/// Rows as one JSON parameter, for json_to_recordset: a statement over many rows whose text stays the same, so that both engines keep it prepared.
internal static class JsonRows
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly string[] Names = [.. Enumerable.Range(0, 64).Select(n => $"c{n}")];

    public static string Of(IEnumerable<object?[]> rows) => Of(Names, rows);

    public static string Of(IReadOnlyList<string> names, IEnumerable<object?[]> rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var row in rows)
                Write(json, names, row);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// What is selected: a column that is null in all rows has no type that would suit it, so it is a plain NULL.
    public static string Values(object?[][] rows) =>
        string.Join(", ", Enumerable.Range(0, rows[0].Length).Select(c => Type(rows, c) is null ? "NULL" : $"r.{Names[c]}"));

    public static string Types(object?[][] rows) =>
        string.Join(", ", Enumerable.Range(0, rows[0].Length).Select(c => $"{Names[c]} {Type(rows, c) ?? "text"}"));

    /// The values of one column, as whole numbers or texts; null: all of them are.
    public static object? Column(object?[][] rows, int column) => Type(rows, column) switch
    {
        null => null,
        "text" => Array.ConvertAll(rows, row => (string?)row[column]),
        _ => Array.ConvertAll(rows, row => Number(row[column])),
    };

    private static long? Number(object? value) => value switch
    {
        null => null,
        Instant instant => instant.ToUnixTimeMilliseconds(),
        var number => Convert.ToInt64(number),
    };

    private static string? Type(object?[][] rows, int column)
    {
        foreach (var row in rows)
        {
            if (row[column] is { } value)
                return value is string ? "text" : "bigint";
        }

        return null;
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> names, object?[] row)
    {
        json.WriteStartObject();
        for (var c = 0; c < row.Length; c++)
        {
            switch (row[c])
            {
                case null:
                    break;
                case string text:
                    json.WriteString(names[c], text);
                    break;
                case var number:
                    json.WriteNumber(names[c], Number(number)!.Value);
                    break;
            }
        }

        json.WriteEndObject();
    }
}
