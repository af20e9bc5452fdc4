using System.Text.Json;

namespace Convene.Server.Doors.Rest;

public sealed partial class Fields
{
    /// A list of texts, each read on its own; mistakes are noted by index. Absent is an empty list; a list with mistakes is null.
    public IReadOnlyList<T>? Texts<T>(string name, int most, int longest, Func<string, (T Value, string? Mistake)> read)
    {
        if (!Has(name))
            return [];
        if (Items(name, required: false, least: 0, most) is not { } items)
            return null;
        var result = new List<T>();
        var mistakes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var mistake = "Not a valid string.";
            if (items[i].ValueKind == JsonValueKind.String && TryText(items[i], out var text, out mistake))
            {
                (var value, mistake) = text.Length > longest ? (default!, $"Ensure this field has no more than {longest} characters.") : read(text.Trim());
                result.Add(value);
            }

            if (mistake is { Length: > 0 })
                mistakes[i.ToString()] = [mistake];
        }

        if (mistakes.Count == 0)
            return result;
        errors[name] = mistakes;
        return null;
    }
}
