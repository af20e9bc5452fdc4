using System.Buffers;

namespace Convene.ICalendar;

/// <summary>The names of components, properties and parameters: <c>iana-token</c> or <c>x-name</c> (RFC 5545 §3.1).</summary>
internal static class CalendarName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether the text is a name: one or more ASCII letters, digits and hyphens.</summary>
    internal static bool IsName(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Allowed);

    /// <summary>The name in upper case, for names compare without regard to case.</summary>
    /// <exception cref="ArgumentException">The name is null, empty, or not all ASCII letters, digits and hyphens.</exception>
    internal static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!IsName(name))
            throw new ArgumentException("A name consists of ASCII letters, digits and hyphens.", nameof(name));
        return name.ToUpperInvariant();
    }
}
