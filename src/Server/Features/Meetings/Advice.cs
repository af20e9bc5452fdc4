using System.Globalization;
using System.Text;
using System.Text.Json;
using Convene.Server.Outside;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Lets a language model, where one is set up, put suggestions into its order and words. It is shown times that were found free and answers with
/// their numbers: a time that was not among them cannot come back. It is told no names and no addresses.
public sealed class Advice(Adviser adviser)
{
    private const int LongestReasoning = 300;

    private const string Instructions =
        "You help to move a meeting. You are given its title, its planned time, and numbered times at which everybody is free. "
        + "Choose the best ones, best first, and give a reason for each in one short sentence in English. "
        + "Answer with JSON only: {\"suggestions\":[{\"option\":1,\"reasoning\":\"…\"}]}. Never name a time that is not listed.";

    public bool IsThere => adviser.IsThere;

    /// The options as the model orders and words them, then the others as they were; all as they were if it has nothing to say.
    public async Task<IReadOnlyList<SuggestTimes.Suggestion>> On(
        string title, Instant planned, DateTimeZone zone, IReadOnlyList<SuggestTimes.Suggestion> options, CancellationToken cancel)
    {
        if (!IsThere || options.Count == 0 || await adviser.Ask(Instructions, Question(title, planned, zone, options), cancel) is not { } answer)
            return options;
        var result = new List<SuggestTimes.Suggestion>();
        var left = options.ToList();
        foreach (var (number, words) in Read(answer))
        {
            if (number < 1 || number > options.Count || !left.Remove(options[number - 1]))
                continue;
            result.Add(words is null ? options[number - 1] : options[number - 1] with { Reasoning = words });
        }

        return [.. result, .. left];
    }

    private static string Question(string title, Instant planned, DateTimeZone zone, IReadOnlyList<SuggestTimes.Suggestion> options)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Title: {title}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Time zone: {zone.Id}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Planned: {Time(planned)}");
        for (var i = 0; i < options.Count; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"{i + 1}. {Time(options[i].Start)} to {Time(options[i].End)}. {options[i].Reasoning}");
        return text.ToString();

        string Time(Instant instant) => instant.InZone(zone).ToString("dddd uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// Models like to put a fence or a sentence around their JSON.
    private static List<(int Number, string? Words)> Read(string answer)
    {
        var result = new List<(int, string?)>();
        var (from, to) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (from < 0 || to < from)
            return result;
        try
        {
            using var json = JsonDocument.Parse(answer[from..(to + 1)]);
            if (json.RootElement.TryGetProperty("suggestions", out var list) && list.ValueKind == JsonValueKind.Array)
            {
                result.AddRange(
                    from item in list.EnumerateArray()
                    where item.ValueKind == JsonValueKind.Object
                    let option = item.TryGetProperty("option", out var o) && o.ValueKind == JsonValueKind.Number && o.TryGetInt32(out var n) ? n : 0
                    select (option, item.TryGetProperty("reasoning", out var r) && r.ValueKind == JsonValueKind.String ? OneLine(r.GetString()!) : null));
            }
        }
        catch (JsonException)
        {
            // No advice.
        }

        return result;
    }

    private static string? OneLine(string text)
    {
        var line = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line.Length > LongestReasoning ? line[..(LongestReasoning - 1)] + "…" : line;
    }
}
