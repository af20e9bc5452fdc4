namespace Convene.Server.Features.Mail;

/// Which mail about meetings an account may do without. What somebody needs for their own security (a new password, an address to confirm) is no choice,
/// and who has no account is told by mail or not at all.
public static class Choices
{
    public const string Answers = "answers";

    public static IReadOnlyList<string> All { get; } = ["invitations", "changes", "cancellations", Answers, "reminders"];

    /// <param name="unwanted">As an account stores it: words of <see cref="All"/>, separated by spaces; a guest has none.</param>
    /// <param name="kind">Of a letter.</param>
    public static bool Wants(string unwanted, string kind) => !Has(unwanted, Of(kind));

    public static bool Has(string unwanted, string choice) => unwanted.Split(' ').Contains(choice, StringComparer.Ordinal);

    /// As it is stored.
    public static string Stored(IEnumerable<string> unwanted) => string.Join(' ', unwanted);

    private static string Of(string kind) => kind switch
    {
        Letter.Update or Letter.ProposalDeclined => "changes",
        Letter.Cancellation => "cancellations",
        Letter.Reminder => "reminders",
        Letter.Answer => Answers,
        // That somebody books one's time, or wants another one, is an invitation the other way round.
        _ => "invitations",
    };
}
