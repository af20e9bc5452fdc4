using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Runs a job and notes how it went, for administrators to see.
public sealed class RunJob(Store store, IClock clock, Node node, Figures figures, ILogger<RunJob> log)
{
    // A job of every two seconds is not worth a write each time: a change of outcome is, and a sign of life each minute.
    private static readonly Duration Between = Duration.FromMinutes(1);
    private const int LongestError = 500;

    private readonly ConcurrentDictionary<string, (Instant At, string? Error)> noted = new(StringComparer.Ordinal);

    public async Task Handle(Job job, Func<Task> work)
    {
        var (started, watch) = (clock.GetCurrentInstant(), Stopwatch.GetTimestamp());
        using var span = Figures.Traces.StartActivity(job.Name);
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await Note(job, started, watch, e.Message);
            throw;
        }

        await Note(job, started, watch, null);
    }

    private async Task Note(Job job, Instant started, long watch, string? error)
    {
        var took = Stopwatch.GetElapsedTime(watch);
        figures.JobRan(job.Name, took, error is null);
        error = error is { Length: > LongestError } ? error[..LongestError] : error;
        if (noted.TryGetValue(job.Name, out var last) && last.Error == error && started - last.At < Between)
            return;
        noted[job.Name] = (started, error);
        try
        {
            await store.WriteAlways(tx => JobRows.Note(tx, job.Name, node.Id, started, (long)took.TotalMilliseconds, error, clock.GetCurrentInstant() + job.Every));
        }
        catch (DbException e)
        {
            // The database that a job failed for is the one this is noted in.
            log.LogWarning("How {Job} went can't be noted: {Reason}", job.Name, e.Message);
        }
    }
}
