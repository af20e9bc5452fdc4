namespace Convene.ICalendar;

/// <summary>How a calendar of somebody else is read: whether mistakes are mended, and how much is read at most.</summary>
/// <remarks>The limits hold in both modes: what exceeds one is refused with a <see cref="CalendarSyntaxException"/>, never cut.</remarks>
public sealed record ReadingOptions
{
    /// <summary>Refuses what RFC 5545 does not allow; any of the line breaks CRLF, LF and CR will do.</summary>
    public static ReadingOptions Strict { get; } = new();

    /// <summary>Mends what can be mended, and tells each mend.</summary>
    public static ReadingOptions Tolerant { get; } = new() { Mends = true };

    /// <summary>Whether mistakes are mended and reported; otherwise the first one is thrown.</summary>
    public bool Mends { get; init; }

    /// <summary>The longest input, in octets of UTF-8; one or more. A calendar of 20,000 meetings has some 10 MB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxOctets { get; init => field = AtLeastOne(value); } = 32 << 20;

    /// <summary>The longest content line, in octets of UTF-8 and unfolded; one or more. Inline attachments make long lines.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxLineOctets { get; init => field = AtLeastOne(value); } = 4 << 20;

    /// <summary>The most lines as they stand in the input, before unfolding; one or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxLines { get; init => field = AtLeastOne(value); } = 1_000_000;

    /// <summary>The most properties in all components together; one or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxProperties { get; init => field = AtLeastOne(value); } = 500_000;

    /// <summary>The most parameter values in all properties together; one or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxParameterValues { get; init => field = AtLeastOne(value); } = 1_000_000;

    /// <summary>The most components, inner ones included; one or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxComponents { get; init => field = AtLeastOne(value); } = 100_000;

    /// <summary>How deep components may lie in each other, VCALENDAR counted; one or more. An alarm of an event is three deep.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one, or above 100: the tree is walked by recursion.</exception>
    public int MaxDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
            field = AtLeastOne(value);
        }
    } = 16;

    /// <summary>How many mends are kept in the report; more are only counted. Zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below zero.</exception>
    public int MaxMendsKept
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1_000;

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
