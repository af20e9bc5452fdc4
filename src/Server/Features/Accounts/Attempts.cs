using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// How often something may be tried (docs/decisions/0020): so many times at once, and so many an hour in the long run; between what is too much, waits that double.
/// Kept in the database, so it holds across nodes.
public sealed class Attempts(Store store, Jwt jwt)
{
    private static readonly Duration FirstWait = Duration.FromSeconds(30);
    internal static readonly Duration LongestWait = Duration.FromMinutes(15);

    // Far beyond the longest wait.
    private const int MostDoublings = 10;

    /// <param name="Of">What is tried.</param>
    /// <param name="Whose">By whom, or at whose.</param>
    public sealed record Limit(string Of, string Whose, int PerHour)
    {
        /// How long one attempt takes to be forgotten: whole milliseconds, as they are stored.
        internal Duration Each { get; } = Duration.FromMilliseconds((long)Math.Ceiling(Duration.FromHours(1).TotalMilliseconds / PerHour));

        /// How long after the last attempt the next may come.
        internal Duration Wait(Duration untilEmpty)
        {
            if (untilEmpty < Each * PerHour)
                return Duration.Zero;
            var over = (int)Math.Ceiling(Math.Min(MostDoublings, (untilEmpty / Each) - PerHour));
            return Duration.Min(LongestWait, FirstWait * (1L << over));
        }
    }

    /// What was read before something is tried; afterwards it tells whether others have tried meanwhile.
    public sealed class Standing
    {
        private readonly IReadOnlyList<Limit> limits;
        private readonly IReadOnlyDictionary<Limit, AttemptRows.Tally> tallies;

        internal Standing(IReadOnlyList<Limit> limits, IReadOnlyDictionary<Limit, AttemptRows.Tally> tallies) => (this.limits, this.tallies) = (limits, tallies);

        /// Null: it may be tried now.
        public Duration? Wait(Instant now, Func<Limit, bool>? only = null)
        {
            var longest = limits.Where(l => only is null || only(l)).Where(tallies.ContainsKey)
                .Select(l => tallies[l].LastAt + l.Wait(tallies[l].EmptyAt - tallies[l].LastAt) - now).Append(Duration.Zero).Max();
            return longest > Duration.Zero ? longest : null;
        }

        public bool Has(Limit limit, Instant now) => tallies.TryGetValue(limit, out var tally) && tally.EmptyAt > now;

        internal Duration Left(Limit limit, Instant now) => Has(limit, now) ? tallies[limit].EmptyAt - now : Duration.Zero;
    }

    public Task<Standing> Look(params IReadOnlyList<Limit> limits) => store.ReadOne(tx => Look(tx, limits));

    public async Task<Standing> Look(Tx tx, IReadOnlyList<Limit> limits)
    {
        var keys = limits.ToDictionary(l => l, Key);
        var found = await AttemptRows.Find(tx, keys.Values);
        return new Standing(limits, limits.Where(l => found.ContainsKey(keys[l])).ToDictionary(l => l, l => found[keys[l]]));
    }

    /// Counts an attempt.
    /// <param name="before">How it stood when the attempt was let through.</param>
    /// <returns>Null: it was within the limits. Else others have tried at the same time, and whoever tried must not be told what came of it.</returns>
    public async Task<Refusals.TooMany?> Count(Tx tx, Instant now, Standing before, IReadOnlyList<Limit> limits, Func<Limit, bool>? only = null)
    {
        var keys = limits.ToDictionary(l => l, Key);
        var counted = await AttemptRows.Count(tx, limits.Select(l => (keys[l], l.Each)), now);
        var over = limits.Where(l => only is null || only(l)).Where(l => counted[keys[l]].EmptyAt - now > Duration.Max(l.Each * l.PerHour, before.Left(l, now) + l.Each)).ToList();
        return over.Count == 0 ? null : new Refusals.TooMany(over.Max(l => l.Wait(counted[keys[l]].EmptyAt - now)));
    }

    /// Counts whatever comes.
    public Task Count(Tx tx, Instant now, IReadOnlyList<Limit> limits) => AttemptRows.Count(tx, limits.Select(l => (Key(l), l.Each)), now);

    /// What was tried is forgotten: it came right.
    public Task Forget(Tx tx, params IEnumerable<Limit> limits) => AttemptRows.Forget(tx, limits.Select(Key));

    private string Key(Limit limit) => jwt.Derive("attempt", $"{limit.Of}:{limit.Whose}");
}
