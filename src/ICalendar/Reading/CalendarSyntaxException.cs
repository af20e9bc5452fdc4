namespace Convene.ICalendar;

/// <summary>The text is no calendar, or exceeds a limit. The only thing that <see cref="CalendarReader"/> throws at bad input.</summary>
public sealed class CalendarSyntaxException : FormatException
{
    /// <summary>Makes an exception without a line.</summary>
    public CalendarSyntaxException() : this(0, "This is no calendar.")
    {
    }

    /// <summary>Makes an exception without a line.</summary>
    /// <param name="message">What is wrong.</param>
    public CalendarSyntaxException(string message) : this(0, message)
    {
    }

    /// <summary>Makes an exception without a line.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What led to it.</param>
    public CalendarSyntaxException(string message, Exception innerException) : base(message, innerException) => Reason = message;

    /// <summary>Makes an exception.</summary>
    /// <param name="line">The line, counted from one as an editor counts; zero for the whole.</param>
    /// <param name="reason">What is wrong, as a sentence.</param>
    public CalendarSyntaxException(int line, string reason) : base(line > 0 ? $"Line {line}: {reason}" : reason) =>
        (Line, Reason) = (line, reason);

    /// <summary>The line where the mistake is or where it was noticed, counted from one before unfolding; zero for the whole.</summary>
    public int Line { get; }

    /// <summary>What is wrong, as a sentence without the line.</summary>
    public string Reason { get; }
}
