using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Convene.Server.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using NodaTime;

namespace Convene.Server;

/// The log on the console: a line an entry, as text or JSON, with the request it belongs to. Nothing of the house writes secrets into it; what frameworks
/// and exceptions bring along is looked through once more.
public sealed partial class LogLines(Settings settings, IClock clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "convene";

    /// Of the scope that names a request, as ASP.NET Core calls it.
    public const string RequestId = "RequestId";

    // Under systemd the journal has the time, and takes the level from the number in front (sd-daemon(3)).
    private static readonly bool Journal = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = Safe(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var request = Request(scopeProvider);
        var error = logEntry.Exception is { } e ? Safe(e.ToString()) : null;
        textWriter.WriteLine(settings.LogJson
            ? Line(logEntry.LogLevel, logEntry.Category, logEntry.State as IReadOnlyList<KeyValuePair<string, object?>>, message, request, error)
            : Text(logEntry.LogLevel, logEntry.Category, message, request, error));
    }

    private static string Text(LogLevel level, string category, string message, string? request, string? error)
    {
        var front = Journal ? $"<{Priority(level)}>" : $"{Short(level)}: ";
        var text = $"{front}{category}: {message}{(request is null ? "" : $" (request {request})")}{(error is null ? "" : $" {error}")}";
        return string.Create(text.Length, text, static (line, t) =>
        {
            // One line is one entry: nobody who sends text can make up another.
            for (var n = 0; n < t.Length; n++)
                line[n] = char.IsControl(t[n]) ? ' ' : t[n];
        });
    }

    private string Line(LogLevel level, string category, IReadOnlyList<KeyValuePair<string, object?>>? fields, string message, string? request, string? error)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteString("time", IsoTime.Format(clock.GetCurrentInstant()));
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("logger", category);
            json.WriteString("message", message);
            if (request is not null)
                json.WriteString("request_id", request);
            if (System.Diagnostics.Activity.Current is { Recorded: true } span)
                json.WriteString("trace_id", span.TraceId.ToString());
            Fields(json, fields);
            if (error is not null)
                json.WriteString("exception", error);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Fields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>>? fields)
    {
        // The last is the template itself.
        if (fields is null or { Count: <= 1 })
            return;
        json.WriteStartObject("fields");
        foreach (var (name, value) in fields.Where(f => f.Key != "{OriginalFormat}"))
        {
            var key = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
            switch (value)
            {
                case null:
                    json.WriteNull(key);
                    break;
                case int or long or short or byte:
                    json.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                case double number when double.IsFinite(number):
                    json.WriteNumber(key, number);
                    break;
                case bool yes:
                    json.WriteBoolean(key, yes);
                    break;
                default:
                    json.WriteString(key, Safe(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static string? Request(IExternalScopeProvider? scopes)
    {
        var found = new Found();
        // From the outside to the inside: the last one found is the nearest.
        scopes?.ForEachScope(
            static (scope, into) =>
            {
                foreach (var (name, value) in scope as IEnumerable<KeyValuePair<string, object>> ?? [])
                {
                    if (name == RequestId)
                        into.Id = value?.ToString();
                }
            },
            found);
        return found.Id;
    }

    private static string Safe(string text) => Secret().Replace(text, "…");

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    private static int Priority(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => 7,
        LogLevel.Information => 6,
        LogLevel.Warning => 4,
        LogLevel.Error => 3,
        _ => 2,
    };

    // A feed's address, what stands in a query under such a name, what a client signs in with, and a URL's password.
    [GeneratedRegex(
        @"(?<=/feeds/)[^/\s?""']+|(?<=[?&;](token|access|refresh|key|secret|password|code|state|session)=)[^&\s""']+|(?<=\b(Bearer|Token|Basic) )[\w.~+/=-]{8,}|(?<=://)[^/\s@""']+(?=@)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    private sealed class Found
    {
        public string? Id { get; set; }
    }
}
