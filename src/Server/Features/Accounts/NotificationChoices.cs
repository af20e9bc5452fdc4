using Convene.Server.Features.Mail;

namespace Convene.Server.Features.Accounts;

/// <summary>Which mail about meetings somebody wants.</summary>
/// <param name="Invitations">To a meeting, and when somebody books one's time.</param>
/// <param name="Changes">Of a meeting one is invited to.</param>
/// <param name="Cancellations">Of a meeting, or of one's part in it.</param>
/// <param name="Answers">To invitations to one's own meetings; off unless asked for.</param>
/// <param name="Reminders">Before a meeting begins.</param>
public sealed record NotificationChoices(bool Invitations, bool Changes, bool Cancellations, bool Answers, bool Reminders)
{
    internal static NotificationChoices Of(string unwanted) => new(
        !Choices.Has(unwanted, "invitations"), !Choices.Has(unwanted, "changes"), !Choices.Has(unwanted, "cancellations"),
        !Choices.Has(unwanted, Choices.Answers), !Choices.Has(unwanted, "reminders"));
}
