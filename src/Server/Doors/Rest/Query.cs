using System.Globalization;
using Convene.Server.Features;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Doors.Rest;

/// Query parameters, read one by one; mistakes are noted under their name. An empty parameter reads as absent.
public sealed class Query(IQueryCollection sent)
{
    private readonly Dictionary<string, object> errors = new(StringComparer.Ordinal);

    public Refusals.Invalid? Mistakes => errors.Count == 0 ? null : new Refusals.Invalid(errors);

    public bool Has(string name) => sent.ContainsKey(name);

    public string? Text(string name)
    {
        var text = sent[name] is { Count: > 0 } values ? values[^1]?.Trim() : null;
        if (string.IsNullOrEmpty(text))
            return null;
        if (!text.Contains('\0', StringComparison.Ordinal) && text.Length <= 1000)
            return text;
        errors[name] = new[] { "Enter a valid value." };
        return null;
    }

    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Text(name) is not { } text)
            return null;
        if (choices.TryGetValue(text, out var choice))
            return choice;
        errors[name] = new[] { $"Select a valid choice. {text} is not one of the available choices." };
        return null;
    }

    public string OneOf(string name, string value, string[] allowed)
    {
        if (!allowed.Contains(value, StringComparer.Ordinal))
            errors[name] = new[] { $"Select a valid choice. {value} is not one of: {string.Join(", ", allowed)} (with - in front: descending)." };
        return value;
    }

    public int Whole(string name, int standard, int least, int most)
    {
        if (Text(name) is not { } text)
            return standard;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
            return Math.Min(number, most);
        errors[name] = new[] { $"Enter a whole number from {least} to {most}." };
        return standard;
    }

    /// A calendar day.
    public LocalDate? Day(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Fields.TryDate(text, out var date))
            return date;
        errors[name] = new[] { "Enter a valid date." };
        return null;
    }

    /// A page that is no number is, as in the systems, a page that does not exist: zero.
    public int Page() => Text("page") is not { } text ? 1 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 0;

    /// A day (its first instant, or the first after it) in the zone, or a time as it is.
    public Instant? DayOrTime(string name, DateTimeZone zone, bool endOfDay)
    {
        if (Text(name) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value.Year: >= Scheduling.Time.GivenTime.FirstYear and <= Scheduling.Time.GivenTime.LastYear } day)
            return zone.AtStartOfDay(endOfDay ? day.Value.PlusDays(1) : day.Value).ToInstant();
        // A "+" of an offset that was not encoded arrives as a space.
        if ((Fields.TryTime(text, out var time) || Fields.TryTime(text.Replace(' ', '+'), out time)) && time.Wall.Year is >= Scheduling.Time.GivenTime.FirstYear and <= Scheduling.Time.GivenTime.LastYear)
            return time.In(zone);
        errors[name] = new[] { "Enter a valid date." };
        return null;
    }
}
