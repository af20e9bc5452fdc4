using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Tests.Slots;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

/// The engine against somebody who asks every second by the words of the RFC.
public sealed class ExpansionTests
{
    [Fact]
    public void It_finds_exactly_what_asking_every_time_finds() => Check(MadeRules.Any(), made =>
        Walls(new Series(made.Start, null) { Rules = [made.Rule] }, null, made.To).ShouldBe(new Oracle(made.Rule, made.Start).Until(made.To.PlusSeconds(-1)), made.ToString()));

    [Fact]
    public void From_a_window_on_it_finds_what_is_left_of_everything() => Check(MadeRules.Any(), made =>
    {
        var series = new Series(made.Start, null) { Rules = [made.Rule] };
        Walls(series, made.From, made.To).ShouldBe(Walls(series, null, made.To).Where(t => t >= made.From), made.ToString());
    });

    [Fact]
    public void Where_clocks_change_it_finds_the_instants_of_all_wall_times_in_order()
    {
        foreach (var (name, near) in Worlds.Odd)
        {
            var zone = DateTimeZoneProviders.Tzdb[name];
            foreach (var policy in (NodaTime.TimeZones.ZoneLocalMappingResolver[])[LocalTimes.Rfc5545, NodaTime.TimeZones.Resolvers.LenientResolver, Late])
                Check(MadeRules.Near(near.InZone(zone).LocalDateTime), made =>
                {
                    var series = new Series(made.Start, zone) { Rules = [made.Rule], Policy = policy };
                    var (from, to) = (LocalTimes.ToInstant(made.From, zone, LocalTimes.Rfc5545), LocalTimes.ToInstant(made.To, zone, LocalTimes.Rfc5545));
                    var expected = new Oracle(made.Rule, made.Start).Until(made.To.PlusDays(2))
                        .Select(w => (At: LocalTimes.ToInstant(w, zone, policy), Wall: w)).Where(o => o.At >= from && o.At < to).Order().ToList();
                    series.Expand(from, Instant.Max(from, to)).Take(1_000_000).Occurrences.Select(o => (o.Start, o.Wall)).ShouldBe(expected, $"{name} {made}");
                }, runs: MadeRules.Runs / 20);
        }
    }

    // The second of both, or the time before the gap.
    private static readonly NodaTime.TimeZones.ZoneLocalMappingResolver Late =
        NodaTime.TimeZones.Resolvers.CreateMappingResolver(NodaTime.TimeZones.Resolvers.ReturnLater, NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter);

    private static List<LocalDateTime> Walls(Series series, LocalDateTime? from, LocalDateTime to)
    {
        var found = series.Expand(from?.InUtc().ToInstant(), to.InUtc().ToInstant()).Take(1_000_000);
        found.End.ShouldBe(ExpansionEnd.Complete);
        return [.. found.Occurrences.Select(o => o.Wall)];
    }

    private static void Check(Gen<Made> rules, Action<Made> check, int? runs = null) =>
        FsCheck.Fluent.Prop.ForAll(rules.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(runs ?? MadeRules.Runs));
}
