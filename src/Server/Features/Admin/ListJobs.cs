using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// What runs by the clock, and how it went on each node.
public sealed class ListJobs(Store store)
{
    /// <summary>A job and its last runs.</summary>
    /// <param name="EverySeconds">How often it runs on each node that runs jobs.</param>
    /// <param name="Runs">One for each node, the newest first; a node that has not run it for a day is left out.</param>
    public sealed record JobState(string Name, string Does, double EverySeconds, IReadOnlyList<JobRun> Runs);

    /// <summary>The last run on a node; of jobs that run often one of the last minute.</summary>
    /// <param name="Outcome">ok or failed.</param>
    public sealed record JobRun(string Node, Instant LastRun, long DurationMs, string Outcome, string? Error, Instant NextRun);

    public async Task<IReadOnlyList<JobState>> Handle()
    {
        var runs = (await store.ReadOne(JobRows.All)).ToLookup(r => r.Name, StringComparer.Ordinal);
        return [.. Job.All.Select(j => new JobState(
            j.Name, j.Does, j.Every.TotalSeconds,
            [.. runs[j.Name].Select(r => new JobRun(r.Node, r.StartedAt, r.DurationMs, r.Error is null ? "ok" : "failed", r.Error, r.NextAt))]))];
    }
}
