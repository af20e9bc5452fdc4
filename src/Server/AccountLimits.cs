namespace Convene.Server;

/// The settings of accounts that are numbers; a part of Settings.
public sealed record AccountLimits
{
    /// How long API keys work whose maker does not say, and at most, in days.
    public required int ApiKeyDays { get; init; }
    public required int ApiKeyMostDays { get; init; }

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
        };
    }
}
