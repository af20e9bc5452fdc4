namespace Convene.ICalendar;

/// <summary>The text is no mail, or exceeds a limit. The only thing that <see cref="MailReader"/> throws at bad input.</summary>
public sealed class MailSyntaxException : FormatException
{
    /// <summary>Makes an exception.</summary>
    public MailSyntaxException() : this("This is no mail.")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, as a sentence.</param>
    public MailSyntaxException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, as a sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public MailSyntaxException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
