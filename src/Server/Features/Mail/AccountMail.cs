using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// Mails with a single-use link for the owner of an account.
public sealed class AccountMail(Jwt jwt, MailBell bell)
{
    public const string VerifyPurpose = "verify";
    public const string ResetPurpose = "reset";

    private static readonly Duration VerifyLife = Duration.FromDays(7);
    private static readonly Duration ResetLife = Duration.FromHours(1);

    public Task Verification(Tx tx, long person, string email, string name, Instant now) =>
        Owe(tx, person, email, name, VerifyPurpose, VerifyLife, Letter.Verification, "Confirm your e-mail address", now);

    public Task PasswordReset(Tx tx, long person, string email, string name, Instant now) =>
        Owe(tx, person, email, name, ResetPurpose, ResetLife, Letter.PasswordReset, "Set a new password", now);

    /// The token in the mail: the outbox holds only its id, the database only its hash.
    public static string Token(Jwt jwt, string kind, string id) => jwt.Derive(kind == Letter.Verification ? VerifyPurpose : ResetPurpose, id);

    private async Task Owe(Tx tx, long person, string email, string name, string purpose, Duration life, string kind, string subject, Instant now)
    {
        var id = Guid.NewGuid().ToString("N");
        await MailTokenRows.Add(tx, Credentials.Hash(Token(jwt, kind, id)), person, purpose, email, now, now + life);
        var letter = new Letter { TokenId = id };
        await OutboxRows.Add(tx, kind, subject, null, letter.ToJson(), [new OutboxRows.Recipient(person, email, name, null)], now, bell);
    }
}
