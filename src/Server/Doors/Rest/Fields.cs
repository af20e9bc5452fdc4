using System.Collections.Frozen;
using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;
using Convene.Scheduling.Time;
using Convene.Server.Features;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// What a caller sent, read field by field. Every mistake is noted under its field, in the words of CONTRACT §0; a field with a mistake reads as absent.
public sealed partial class Fields(JsonElement sent)
{
    private static readonly FrozenSet<string> ZoneIds = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<string, object> errors = new(StringComparer.Ordinal);

    /// All mistakes so far as one refusal; null if there are none.
    public Refusals.Invalid? Mistakes => errors.Count == 0 ? null : new Refusals.Invalid(errors);

    public bool Has(string name) => sent.TryGetProperty(name, out _);

    public bool IsNull(string name) => sent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public void Wrong(string name, string message)
    {
        if (errors.TryGetValue(name, out var there) && there is string[] messages)
            errors[name] = (string[])[.. messages, message];
        else
            errors[name] = (string[])[message];
    }

    public string? Text(string name, bool required = false, bool blank = true, int most = int.MaxValue, bool trim = true, bool nullable = false)
    {
        if (Value(name, required, nullable) is not { } value)
            return null;
        if (!TryText(value, out var text, out var mistake))
        {
            Wrong(name, mistake);
            return null;
        }

        if (trim)
            text = text.Trim();
        if (text.Length == 0 && !blank)
            Wrong(name, "This field may not be blank.");
        else if (text.Length > most)
            Wrong(name, $"Ensure this field has no more than {most} characters.");
        else
            return text;
        return null;
    }

    /// Null, sent as such, empties it; absent leaves it.
    public string? Emptiable(string name, int most) => IsNull(name) ? "" : Text(name, most: most);

    /// Lower case.
    public string? Email(string name, bool required = false)
    {
        if (Text(name, required, blank: false, most: 254) is not { } text)
            return null;
        if (IsEmail(text))
            return text.ToLowerInvariant();
        Wrong(name, "Enter a valid email address.");
        return null;
    }

    public GivenTime? Time(string name, bool required = false)
    {
        if (Text(name, required, blank: false) is not { } text)
            return null;
        if (!TryTime(text, out var time))
            Wrong(name, "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
        else if (time.Wall.Year is < GivenTime.FirstYear or > GivenTime.LastYear)
            Wrong(name, $"Ensure the year is from {GivenTime.FirstYear} to {GivenTime.LastYear}.");
        else
            return time;
        return null;
    }

    /// `HH:MM:SS`.
    /// <param name="closing">Whether 24:00 is taken too, as the midnight at the end of a day.</param>
    public string? TimeOfDay(string name, bool required = false, bool closing = false)
    {
        if (Text(name, required, blank: false) is not { } text)
            return null;
        if (closing && text is "24:00" or "24:00:00")
            return "00:00:00";
        if (DayTimePattern().Match(text) is { Success: true } match
            && (Number(match, "hour"), Number(match, "minute"), Number(match, "second")) is ( < 24, < 60, < 60) and var (hour, minute, second))
            return $"{hour:00}:{minute:00}:{second:00}";
        Wrong(name, "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].");
        return null;
    }

    public LocalDate? Date(string name, bool required = false)
    {
        if (Text(name, required, blank: false) is not { } text)
            return null;
        if (TryDate(text, out var date))
            return date;
        Wrong(name, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.");
        return null;
    }

    public static bool IsZone(string id) => ZoneIds.Contains(id);

    public DateTimeZone? Zone(string name)
    {
        if (Text(name, blank: false, most: 64) is not { } text)
            return null;
        // What is stored is a name of the tz database, so that it means the same to every calendar program; Windows names are understood.
        // A name stays as it was written, old ones too; offsets (UTC+5), which NodaTime would take for zones, are none.
        if ((ZoneIds.Contains(text) ? DateTimeZoneProviders.Tzdb[text] : ZoneNames.Find(text)) is { } zone)
            return zone;
        Wrong(name, $"\"{text}\" is not a valid time zone. Use an IANA name such as \"Asia/Dhaka\" or \"UTC\".");
        return null;
    }

    public int? Whole(string name, int least, int most, bool nullable = false)
    {
        if (Value(name, required: false, nullable) is not { } value)
            return null;
        if (!TryWhole(value, out var number))
            Wrong(name, "A valid integer is required.");
        else if (number < least)
            Wrong(name, $"Ensure this value is greater than or equal to {least}.");
        else if (number > most)
            Wrong(name, $"Ensure this value is less than or equal to {most}.");
        else
            return (int)number;
        return null;
    }

    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices, bool required = false)
        where T : struct
    {
        if (Text(name, required, blank: false) is not { } text)
            return null;
        if (choices.TryGetValue(text, out var choice))
            return choice;
        Wrong(name, $"\"{(text.Length > 100 ? text[..100] + "…" : text)}\" is not a valid choice.");
        return null;
    }

    /// A JSON true or false, or one of the words.
    public bool? Flag(string name, IReadOnlyDictionary<string, bool> words) =>
        sent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Choice(name, words);

    /// A list of objects, whose mistakes are noted in each by itself; null if there is no list.
    public IReadOnlyList<Fields>? Each(string name, int most)
    {
        if (Items(name, required: false, least: 0, most) is not { } items)
            return null;
        if (items.Exists(i => i.ValueKind != JsonValueKind.Object))
            Wrong(name, "Expected a list of objects.");
        return [.. items.Where(i => i.ValueKind == JsonValueKind.Object).Select(i => new Fields(i))];
    }

    /// As it was sent.
    public JsonElement Raw() => sent;

    public object? Raw(string name) => sent.TryGetProperty(name, out var value) ? value : null;

    /// A list of objects, each read on its own; mistakes are noted as one object per item, empty for good ones.
    public IReadOnlyList<T>? Objects<T>(string name, int most, Func<Fields, T?> read)
        where T : class
    {
        if (Items(name, required: false, least: 0, most) is not { } items)
            return null;
        var result = new List<T>();
        var mistakes = new List<object>();
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                mistakes.Add(new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    [Door.NonFieldErrors] = [$"Invalid data. Expected a dictionary, but got {PythonName(item)}."],
                });
                continue;
            }

            var fields = new Fields(item);
            if (read(fields) is { } one && fields.Mistakes is null)
                result.Add(one);
            mistakes.Add(fields.errors);
        }

        if (mistakes.TrueForAll(m => m is Dictionary<string, object> { Count: 0 }))
            return result;
        errors[name] = mistakes;
        return null;
    }

    /// A list of whole numbers, none negative; mistakes are noted by index.
    public IReadOnlyList<long>? Wholes(string name, int most, int least = 1, long largest = long.MaxValue)
    {
        if (Items(name, required: false, least, most) is not { } items)
            return null;
        var result = new List<long>();
        var mistakes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (TryWhole(items[i], out var number) && number >= 0 && number <= largest)
                result.Add(number);
            else if (items[i].ValueKind == JsonValueKind.Number && largest < long.MaxValue)
                mistakes[i.ToString()] = [$"A whole number from 0 to {largest} is required."];
            else
                mistakes[i.ToString()] = ["A valid integer is required."];
        }

        if (mistakes.Count == 0)
            return result;
        errors[name] = mistakes;
        return null;
    }

    /// A list of people, by number or by address (in lower case), mixed as one likes; mistakes are noted by index. Null if there is no such list.
    public Features.Slots.Invited.Names? People(string name, int most)
    {
        if (Items(name, required: false, least: 0, most) is not { } items)
            return null;
        var (ids, emails) = (new List<long>(), new List<string>());
        var mistakes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].ValueKind == JsonValueKind.Number && items[i].TryGetInt64(out var number) && number >= 0)
                ids.Add(number);
            else if (items[i].ValueKind == JsonValueKind.String && TryText(items[i], out var text, out _) && IsEmail(text.Trim()))
                emails.Add(text.Trim().ToLowerInvariant());
            else
                mistakes[i.ToString()] = ["Give a person's number or a valid email address."];
        }

        if (mistakes.Count == 0)
            return new Features.Slots.Invited.Names(ids, emails);
        errors[name] = mistakes;
        return null;
    }

    /// A list of e-mail addresses, as typed; mistakes are noted by index.
    public IReadOnlyList<string>? Emails(string name, int most, bool required = true, int least = 1)
    {
        if (Items(name, required, least, most) is not { } items)
            return null;
        var result = new List<string>();
        var mistakes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (!TryText(items[i], out var text, out var mistake))
                mistakes[i.ToString()] = [mistake];
            else if (!IsEmail(text.Trim()))
                mistakes[i.ToString()] = ["Enter a valid email address."];
            else
                result.Add(text.Trim());
        }

        if (mistakes.Count == 0)
            return result;
        errors[name] = mistakes;
        return null;
    }

    private List<JsonElement>? Items(string name, bool required, int least, int most)
    {
        if (Value(name, required, nullable: false) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            Wrong(name, $"Expected a list of items but got type \"{PythonName(value)}\".");
        else if (value.GetArrayLength() < least)
            Wrong(name, "This list may not be empty.");
        else if (value.GetArrayLength() > most)
            Wrong(name, $"Ensure this field has no more than {most} elements.");
        else
            return [.. value.EnumerateArray()];
        return null;
    }

    private JsonElement? Value(string name, bool required, bool nullable)
    {
        if (!sent.TryGetProperty(name, out var value))
        {
            if (required)
                Wrong(name, "This field is required.");
            return null;
        }

        if (value.ValueKind != JsonValueKind.Null)
            return value;
        if (!nullable)
            Wrong(name, "This field may not be null.");
        return null;
    }

    // Forms know only text.
    private static bool TryWhole(JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number
            ? value.TryGetInt64(out number)
            : TryText(value, out var text, out _) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryText(JsonElement value, out string text, out string mistake)
    {
        text = "";
        mistake = "Not a valid string.";
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                text = value.GetRawText();
                return true;
            case JsonValueKind.String:
                try
                {
                    text = value.GetString()!;
                }
                catch (InvalidOperationException)
                {
                    mistake = "Surrogate characters are not allowed.";
                    return false;
                }

                // PostgreSQL can't hold it, and nobody types it.
                mistake = "Null characters are not allowed.";
                return !text.Contains('\0', StringComparison.Ordinal);
            default:
                return false;
        }
    }

    internal static bool TryDate(string text, out LocalDate date)
    {
        var parsed = NodaTime.Text.LocalDatePattern.Iso.Parse(text);
        return parsed.TryGetValue(default, out date) && date.Year is >= GivenTime.FirstYear and <= GivenTime.LastYear;
    }

    internal static bool TryTime(string text, out GivenTime time)
    {
        time = default;
        if (DateTimePattern().Match(text) is not { Success: true } match)
            return false;
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        // Stored times are whole milliseconds; what is beyond is cut off.
        var fraction = match.Groups["fraction"].Value;
        var millisecond = fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(3, '0')[..3], CultureInfo.InvariantCulture);
        var wall = new LocalDateTime(year, month, day, hour, minute, second, millisecond);
        if (!TryOffset(match.Groups["offset"].Value, out var offset))
            return false;
        time = new GivenTime(wall, offset);
        return true;
    }

    private static bool TryOffset(string text, out Offset? offset)
    {
        offset = null;
        if (text.Length == 0)
            return true;
        offset = Offset.Zero;
        if (text is "Z" or "z")
            return true;
        var digits = text[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var minutes = (int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(digits[2..], CultureInfo.InvariantCulture);
        if (minutes > 18 * 60 || int.Parse(digits[2..], CultureInfo.InvariantCulture) > 59)
            return false;
        offset = Offset.FromSeconds(minutes * 60 * (text[0] == '-' ? -1 : 1));
        return true;
    }

    private static bool IsEmail(string text) =>
        text.Length <= 254 && EmailPattern().IsMatch(text) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static int Number(Match match, string group) => match.Groups[group].Length == 0 ? 0 : int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // The documents' clients know the types by these names.
    private static string PythonName(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "dict",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "str",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "int" : "float",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "NoneType",
    };

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})[T ](?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?)?\s?(?<offset>[Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(@"^(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.[0-9]{1,6})?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DayTimePattern();

    // Django's rule in short: an ASCII dot-atom, and a domain with a dot in it (or localhost).
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(localhost|([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailPattern();
}
