namespace Convene.ICalendar;

/// <summary>One field of a mail's head (RFC 5322 §2.2).</summary>
/// <remarks>Equal when name and value are, by ordinal comparison.</remarks>
/// <param name="Name">As it was written; names compare without regard to case.</param>
/// <param name="Value">Unfolded and trimmed, encoded words as they stand.</param>
public sealed record MailHeader(string Name, string Value)
{
    /// <summary>The value with its encoded words decoded (RFC 2047): a subject, a comment, a name.</summary>
    public string Decoded => EncodedWords.Decode(Value);
}
