using System.Globalization;
using System.Text;

namespace Convene.Server.Features.Attachments;

/// Names of files as others may safely see and save them.
public static class FileNames
{
    public const int Longest = 200;

    private const string Nameless = "file";

    // Joiners shape words of Persian and Indic scripts, and emoji; other format characters (bidi overrides among them) only make a name look like another.
    private const char NonJoiner = '\u200C';
    private const char Joiner = '\u200D';

    // What Windows can't save.
    private const string Reserved = "<>:\"|?*";

    /// Without folders, without what can't be seen, and no longer than <see cref="Longest"/>; the ending stays.
    public static string Clean(string sent)
    {
        var text = new StringBuilder();
        foreach (var rune in sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD.
            if (rune == Rune.ReplacementChar || IsUnseen(rune))
                continue;
            text.Append(Reserved.Contains(rune.ToString(), StringComparison.Ordinal) ? "_" : rune.ToString());
        }

        var name = text.ToString().Trim(' ', '.', '\u00A0');
        return name.Length == 0 ? Nameless : Shorten(name, Path.GetExtension(name));
    }

    /// The name with this ending, if it has none of those that suit its content.
    public static string Ending(string name, IReadOnlyList<string> suitable)
    {
        if (suitable.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            return name;
        var room = Longest - suitable[0].Length;
        return (name.Length > room ? Cut(name, room) : name) + suitable[0];
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.Format => rune.Value is not (NonJoiner or Joiner),
        _ => false,
    };

    private static string Shorten(string name, string ending)
    {
        const int LongestEnding = 20;
        if (name.Length <= Longest)
            return name;
        return ending.Length <= LongestEnding ? Cut(name, Longest - ending.Length) + ending : Cut(name, Longest);
    }

    /// Never inside a character of two halves.
    private static string Cut(string name, int length) => name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)];
}
