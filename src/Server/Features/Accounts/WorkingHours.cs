using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Weekly hours as system 2's profile has them: the same hours on every working day. What is null stays.
public sealed record WorkingHours(string? Start, string? End, IReadOnlyCollection<int>? Days)
{
    private bool IsGiven => Start is not null || End is not null || Days is not null;

    /// The caller holds the person's guard. Hours that are elaborate stay as they are when their summary is sent back unchanged.
    internal async Task Set(Tx tx, AccountRows.Account account, Instant now)
    {
        if (!IsGiven)
            return;
        var (start, end) = (Start ?? account.WorkingHoursStart, End ?? account.WorkingHoursEnd);
        var days = Days is null ? account.WorkingDays : string.Concat(Days.Distinct().Order());
        var same = (start, end, days) == (account.WorkingHoursStart, account.WorkingHoursEnd, account.WorkingDays);
        if (!same || (await AvailabilityRows.Of(tx, account.PersonId, AvailabilityRows.Weekly)).Count == 0)
            await AvailabilityRows.ReplaceWeekly(tx, account.PersonId, [.. days.Select(d => ((long)(d - '0'), start, end))], now);
    }
}
