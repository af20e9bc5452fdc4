namespace Convene.Server;

/// The settings of accounts that are numbers; a part of Settings.
public sealed record AccountLimits
{
    /// How long API keys work whose maker does not say, and at most, in days.
    public required int ApiKeyDays { get; init; }
    public required int ApiKeyMostDays { get; init; }

    /// Wrong passwords for one account from one address, and from all addresses that it was not signed in from before.
    public required int FailuresPerHour { get; init; }
    public required int FailuresPerHourAnywhere { get; init; }

    /// Wrong passwords, and links that are not good, from one address.
    public required int FailuresPerHourOfAddress { get; init; }

    /// Mails with a link to set a password or to verify an address: for one account, and asked for from one address.
    public required int MailsPerHour { get; init; }
    public required int MailsPerHourOfAddress { get; init; }

    /// From one address.
    public required int SignUpsPerHour { get; init; }

    /// Requests of one account that change something, on each node; 0: as many as come.
    public required int WritesPerMinute { get; init; }

    /// <param name="number">Reads a setting: its name, default, least and most.</param>
    /// <param name="problems">What is wrong is added here.</param>
    internal static AccountLimits Read(Func<string, int, int, int, int> number, ICollection<string> problems)
    {
        var mostDays = number("API_KEY_MOST_DAYS", 366, 1, 36_500);
        var days = number("API_KEY_DAYS", Math.Min(90, mostDays), 1, 36_500);
        if (days > mostDays)
            problems.Add($"API_KEY_DAYS is {days}, more than API_KEY_MOST_DAYS. It takes at most {mostDays}.");
        return new AccountLimits
        {
            ApiKeyDays = days,
            ApiKeyMostDays = mostDays,
            FailuresPerHour = number("SIGN_IN_FAILURES_PER_HOUR", 10, 1, 1_000_000),
            FailuresPerHourAnywhere = number("SIGN_IN_FAILURES_PER_HOUR_ANYWHERE", 50, 1, 1_000_000),
            FailuresPerHourOfAddress = number("FAILURES_PER_HOUR_OF_ADDRESS", 100, 1, 1_000_000),
            MailsPerHour = number("ACCOUNT_MAILS_PER_HOUR", 5, 1, 1_000_000),
            MailsPerHourOfAddress = number("ACCOUNT_MAILS_PER_HOUR_OF_ADDRESS", 60, 1, 1_000_000),
            SignUpsPerHour = number("SIGN_UPS_PER_HOUR_OF_ADDRESS", 1_000, 1, 1_000_000),
            WritesPerMinute = number("WRITES_PER_MINUTE", 30_000, 0, 100_000_000),
        };
    }
}
