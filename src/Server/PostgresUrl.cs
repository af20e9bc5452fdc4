using System.Globalization;
using Npgsql;

namespace Convene.Server;

/// The address of a database as PostgreSQL's own programs and hosting companies write it, with several hosts too: `postgres://user:password@one:5432,two/name?sslmode=verify-full`
/// ("Connection URIs" in PostgreSQL's manual).
internal static class PostgresUrl
{
    private const int DefaultPort = 5432;

    // Npgsql's names, where they differ from PostgreSQL's by more than _.
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["connect_timeout"] = "Timeout",
        ["sslrootcert"] = "RootCertificate",
        ["sslcert"] = "SslCertificate",
        ["target_session_attrs"] = "TargetSessionAttributes",
    };

    /// <exception cref="SettingsException">Why it can't be read; without anything of it that may be secret.</exception>
    public static string Read(string url)
    {
        var (before, query) = Cut(url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..], '?');
        var (place, name) = Cut(before, '/');
        // Else a password was cut, and some of it would be taken for names, which are told.
        if (name.Contains('@', StringComparison.Ordinal) || query.Contains('@', StringComparison.Ordinal))
            throw new SettingsException("a / in the user's name or the password is written %2F, a ? %3F, and an @ anywhere %40");
        var at = place.LastIndexOf('@');
        var (user, password) = Cut(place[..Math.Max(at, 0)], ':');
        var hosts = place[(at + 1)..].Split(',').Select(Host).ToList();
        var connection = new NpgsqlConnectionStringBuilder();
        // One host's port stands by itself, since a host may also be a folder.
        (connection.Host, connection.Port) = hosts is [var (host, port)]
            ? (host, port ?? DefaultPort)
            : (string.Join(',', hosts.Select(h => h.Port is { } own ? string.Create(CultureInfo.InvariantCulture, $"{h.Name}:{own}") : h.Name)), DefaultPort);
        connection.Database = Plain(name);
        connection.Username = Plain(user);
        connection.Password = Plain(password);
        foreach (var (key, value) in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Cut(pair, '=')))
            Set(connection, Uri.UnescapeDataString(key), Uri.UnescapeDataString(value));
        return connection.ToString();
    }

    private static (string Name, int? Port) Host(string host)
    {
        // An IPv6 address stands in brackets.
        var colon = host.LastIndexOf(':');
        if (colon <= host.LastIndexOf(']'))
            return (Uri.UnescapeDataString(host) is { Length: > 0 } name ? name : "localhost", null);
        return ushort.TryParse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? (Host(host[..colon]).Name, port)
            : throw new SettingsException("a port is a number from 1 to 65535");
    }

    private static void Set(NpgsqlConnectionStringBuilder connection, string key, string value)
    {
        try
        {
            connection[Names.GetValueOrDefault(key) ?? key.Replace("_", "", StringComparison.Ordinal)] = key is "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            throw new SettingsException($"{key} after the ? is unknown, or has a value that it can't have");
        }
    }

    private static (string Before, string After) Cut(string text, char at) => text.Split(at, 2) is [var before, var after] ? (before, after) : (text, "");

    private static string? Plain(string text) => text.Length > 0 ? Uri.UnescapeDataString(text) : null;
}
