using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// Mails for the owner of an account: with a single-use link, or about what has changed.
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

    /// Tells them that the ways to sign in have changed. Whoever has no address is not told.
    public async Task Notice(Tx tx, AccountRows.Account account, AccountNotice notice, Instant now)
    {
        if (account.Email.Length == 0)
            return;
        var letter = new Letter { Told = notice.Key };
        await OutboxRows.Add(
            tx, Letter.Notice, notice.Subject, null, letter.ToJson(), [new OutboxRows.Recipient(account.PersonId, account.Email, account.FirstName, account.Timezone)], now, bell);
    }

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
