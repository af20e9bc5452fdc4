using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// Looks at a code that somebody shows as their second factor: of the app, or a recovery code.
public sealed class CodeCheck(Seal seal, AccountMail mail)
{
    /// So many wrong codes in a row are forgiven; each one more doubles the wait. At the longest wait, guessing for a year finds one with a chance of 3 %.
    public const int Forgiven = 5;

    private const long MostDoublings = 6;

    private static readonly Duration FirstWait = Duration.FromMinutes(1);
    private static readonly Duration LongestWait = Duration.FromHours(1);

    public sealed record WrongCode : Refusal;

    /// Codes of the app are not looked at until then; recovery codes are.
    public sealed record TooManyCodes(int Seconds) : Refusal;

    /// Null: it was right, and is used up. A refusal writes too (it is counted): the transaction must commit either way.
    public async Task<Refusal?> Of(Tx tx, AccountRows.Account account, string code, string? from, Instant now)
    {
        var person = account.PersonId;
        if (await TotpRows.Hold(tx, person) is not { ConfirmedAt: not null } factor)
            return new WrongCode();
        var plain = code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (plain.Length == Totp.Digits && plain.All(char.IsAsciiDigit))
            return await OfApp(tx, person, factor, plain, now);
        if (!await TotpRows.UseRecoveryCode(tx, person, RecoveryCodes.Hash(person, plain), now))
            return new WrongCode();
        await AuditRows.Add(tx, person, from, now, Trail.Account("account.recovery_code_used", person));
        await mail.Notice(tx, account, AccountNotice.RecoveryCodeUsed, now);
        return null;
    }

    /// The step that the code is of, if it is of this secret, near now, and newer than any that was taken.
    public long? Step(TotpRows.Factor factor, long person, string code, Instant now) =>
        seal.Open(factor.Secret, About(person)) is { } secret && Totp.StepOf(secret, code, now) is { } step && step > factor.LastStep ? step : null;

    public static string About(long person) => $"totp:{person}";

    private async Task<Refusal?> OfApp(Tx tx, long person, TotpRows.Factor factor, string code, Instant now)
    {
        if (factor.LockedUntil > now)
            return new TooManyCodes((int)Math.Ceiling((factor.LockedUntil - now).TotalSeconds));
        if (Step(factor, person, code, now) is { } step)
        {
            await TotpRows.Took(tx, person, step);
            return null;
        }

        var excess = factor.Failures + 1 - Forgiven;
        var wait = excess < 0 ? Duration.Zero : Duration.Min(LongestWait, FirstWait * (1L << (int)Math.Min(excess, MostDoublings)));
        await TotpRows.Failed(tx, person, now + wait);
        return new WrongCode();
    }
}
