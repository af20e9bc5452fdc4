using System.Text;

namespace Convene.ICalendar;

/// <summary>The addresses in a field such as From or To (RFC 5322 §3.4): names, comments, groups and routes are passed over.</summary>
internal static class MailAddresses
{
    /// <summary>Without the angle brackets, in order. What has not one @ with text on both sides, or white space in it, is left out.</summary>
    internal static IEnumerable<string> Read(string field)
    {
        var (address, angle) = (new StringBuilder(), (StringBuilder?)null);
        var (quoted, depth) = (false, 0);
        for (var i = 0; i <= field.Length; i++)
        {
            var c = i < field.Length ? field[i] : ',';
            var end = i == field.Length;
            if (!end && c == '\\' && (quoted || depth > 0))
            {
                i++;
                continue;
            }

            if (!end && depth == 0 && c == '"')
                quoted = !quoted;
            else if (!end && quoted)
                continue;
            else if (!end && c == '(')
                depth++;
            else if (!end && c == ')' && depth > 0)
                depth--;
            else if (!end && depth > 0)
                continue;
            else if (c == '<')
                angle = new StringBuilder();
            else if (c == '>' && angle is not null)
                address = angle.Append('>');
            else if (end || c is ',' or ';')
            {
                if (Email(address, angle) is { } email)
                    yield return email;
                (address, angle) = (new StringBuilder(), null);
            }
            else if (angle is not null && address != angle)
                angle.Append(c);
            else if (c == ':')
                address.Clear(); // the name of a group
            else if (address != angle)
                address.Append(c);
        }
    }

    private static string? Email(StringBuilder address, StringBuilder? angle)
    {
        var text = (angle ?? address).ToString().TrimEnd('>').Trim();
        // A route: <@a.example,@b.example:ben@example.com>
        if (text.StartsWith('@') && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var route)
            text = text[(route + 1)..];
        return CalendarAddress.EmailOf(text);
    }
}
