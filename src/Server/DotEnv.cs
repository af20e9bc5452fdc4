namespace Convene.Server;

/// Reads `.env`: NAME=value lines; `#` comments, `export `, and quotes as shells and Django's readers know them. Real environment variables win.
public static class DotEnv
{
    public static IReadOnlyDictionary<string, string?> Read(string file)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(file))
            return values;

        var number = 0;
        foreach (var raw in File.ReadLines(file))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line["export ".Length..].TrimStart();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new SettingsException($"{file}, line {number} is not NAME=value.");
            values[line[..equals].TrimEnd()] = Value(line[(equals + 1)..].Trim());
        }

        return values;
    }

    private static string Value(string text)
    {
        if (text.Length >= 2 && text[0] is '"' or '\'' && text.LastIndexOf(text[0]) is > 0 and var end)
            return text[1..end];
        // A comment behind an unquoted value begins with " #".
        return text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment].TrimEnd() : text;
    }
}
