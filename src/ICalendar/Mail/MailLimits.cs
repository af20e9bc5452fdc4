namespace Convene.ICalendar;

/// <summary>How much of a mail is read at most.</summary>
/// <remarks>What exceeds a limit is refused with a <see cref="MailSyntaxException"/>, never cut. Equal when all values are.</remarks>
public sealed record MailLimits
{
    /// <summary>What is right for answers to invitations.</summary>
    public static MailLimits Standard { get; } = new();

    /// <summary>The longest mail, in octets as it came; one or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxOctets { get; init => field = AtLeastOne(value); } = 5 << 20;

    /// <summary>The longest head of one part, in octets; one or more. Long ways through many servers make some 20 KB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxHeaderOctets { get; init => field = AtLeastOne(value); } = 256 << 10;

    /// <summary>The most parts, those that hold others included; one or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one.</exception>
    public int MaxParts { get; init => field = AtLeastOne(value); } = 200;

    /// <summary>How deep parts may lie in each other; one or more. Mail programs make at most four.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below one, or above 50: the tree is walked by recursion.</exception>
    public int MaxDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 50);
            field = AtLeastOne(value);
        }
    } = 10;

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
