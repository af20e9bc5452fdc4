using System.Buffers;
using System.Text;

namespace Convene.ICalendar;

/// <summary>E-mail addresses as CAL-ADDRESS values, which are <c>mailto:</c> URIs (RFC 5545 §3.3.3, RFC 6068 §2).</summary>
internal static class CalendarAddress
{
    // The unreserved characters and those of RFC 6068's some-delims that an unquoted address may hold. The rest is percent-encoded.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'*+@");

    /// <summary>The address itself.</summary>
    /// <exception cref="ArgumentException">It has not one <c>@</c> with text on both sides, or holds white space or controls.</exception>
    internal static string Checked(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        var at = email.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == email.Length - 1 || email.LastIndexOf('@') != at)
            throw new ArgumentException("An e-mail address has one @ with text on both sides.", nameof(email));
        if (email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            throw new ArgumentException("An e-mail address has no white space and no control characters.", nameof(email));
        return email;
    }

    /// <summary>Whether a checked address is written as it stands behind <c>mailto:</c>.</summary>
    internal static bool IsPlain(string email) => !email.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>The URI of a checked address.</summary>
    internal static string Uri(string email)
    {
        if (IsPlain(email))
            return "mailto:" + email;

        var uri = new StringBuilder("mailto:", 2 * email.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(email))
        {
            if (Plain.Contains((char)octet))
                uri.Append((char)octet);
            else
                uri.Append('%').Append(octet.ToString("X2"));
        }
        return uri.ToString();
    }

    /// <summary>The e-mail address in what others write for a CAL-ADDRESS: a <c>mailto:</c> URI, or the address alone; null for none.</summary>
    internal static string? EmailOf(string? address)
    {
        const string Scheme = "mailto:";
        if (string.IsNullOrWhiteSpace(address))
            return null;
        var text = address.AsSpan().Trim();
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            text = text[Scheme.Length..];
            var headers = text.IndexOf('?');
            text = (headers < 0 ? text : text[..headers]).Trim();
        }
        if (text is ['<', .. var inner, '>'])
            text = inner;
        var email = text.Contains('%') ? System.Uri.UnescapeDataString(text) : text.ToString();
        return IsEmail(email) ? email : null;
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 && text.LastIndexOf('@') == at && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
