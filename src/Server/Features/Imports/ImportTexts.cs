using System.Text;

namespace Convene.Server.Features.Imports;

/// Texts of strangers as entries hold them: no longer than what can be typed, without what no database takes.
internal static class ImportTexts
{
    public const int LongestTitle = 255;
    public const int LongestLocation = 255;
    public const int LongestDescription = 20_000;

    public static string Title(string? text) => Line(text, LongestTitle) is { Length: > 0 } title ? title : "(no title)";

    /// One line.
    public static string Line(string? text, int most) => Cut(Clean(text, ' '), most);

    public static string Text(string? text, int most) => Cut(Clean(text, '\n'), most);

    private static string Clean(string? text, char lineBreak)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n')
                clean.Append(lineBreak);
            else if (rune.Value == '\t')
                clean.Append(' ');
            else if (!Rune.IsControl(rune))
                clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(most - (char.IsHighSurrogate(text[most - 2]) ? 2 : 1))] + "…";
}
