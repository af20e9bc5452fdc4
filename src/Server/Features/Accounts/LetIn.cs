using System.Security.Cryptography;
using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// The last step of every way to sign in: whoever has a second factor shows it before they get credentials.
public sealed class LetIn(Credentials credentials, Settings settings)
{
    public const string SecondFactor = "second factor";

    private static readonly Duration Patience = Duration.FromMinutes(5);

    /// The password was right (or another way's first step done); a code of the second factor is still to come.
    /// <param name="Challenge">What it is sent with.</param>
    public sealed record SecondFactorRequired(string Challenge, int ExpiresIn) : Refusal;

    /// <param name="bothShown">What was shown counts as both factors.</param>
    public async Task<Outcome<SignIn.Result>> Person(Tx tx, AccountRows.Account account, Visitor from, bool bothShown, Instant now)
    {
        if (!bothShown && await TotpRows.IsOn(tx, account.PersonId))
        {
            var challenge = NewSecret();
            await ChallengeRows.Add(tx, Credentials.Hash(challenge), SecondFactor, account.PersonId, "", now + Patience);
            return new SecondFactorRequired(challenge, (int)Patience.TotalSeconds);
        }

        return new SignIn.Result(Account.Of(account, settings), await credentials.Issue(tx, account.PersonId, from, now));
    }

    /// 256 random bits, as text for addresses.
    public static string NewSecret() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
