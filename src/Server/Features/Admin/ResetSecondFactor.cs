using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Takes the second factor off an account whose owner has lost the app and the recovery codes. From the server's command line only:
/// whoever is there has made sure who asks.
public sealed class ResetSecondFactor(Store store, IClock clock, AccountMail mail)
{
    public enum Answer
    {
        Done,
        None,
        NoSuchAccount,
    }

    /// <param name="login">E-mail address or user name.</param>
    public Task<Answer> Handle(string login) => store.WriteAlways(async tx =>
    {
        if (await AccountRows.ByLogin(tx, login) is not { } account)
            return Answer.NoSuchAccount;
        if (!await TotpRows.Remove(tx, account.PersonId))
            return Answer.None;
        var now = clock.GetCurrentInstant();
        await AuditRows.Add(tx, null, Administrators.CommandLine, now, Trail.Account("account.second_factor_removed", account.PersonId));
        await mail.Notice(tx, account, AccountNotice.SecondFactorRemoved, now);
        return Answer.Done;
    });
}
