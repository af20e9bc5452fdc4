using NodaTime;

namespace Convene.Server.Features.Imports;

/// <summary>What becomes of one thing in a calendar file.</summary>
public sealed record ImportItem
{
    public string? Uid { get; init; }

    /// <summary>Of a changed occurrence: when it would have begun, by the clocks of its file; a date for whole days.</summary>
    public string? RecurrenceId { get; init; }
    public required string Title { get; init; }
    public Instant? Start { get; init; }
    public Instant? End { get; init; }

    /// <summary>Whether it takes whole days, on the clocks of its zone.</summary>
    public bool AllDay { get; init; }
    public string? Timezone { get; init; }

    /// <summary>How it repeats, in a sentence.</summary>
    public string? Repeats { get; init; }
    public bool Busy { get; init; }

    /// <summary>create, update, unchanged, skip (it is not to be imported) or refuse (it cannot be).</summary>
    public required string Action { get; init; }

    /// <summary>Why it is skipped or refused, or what is special about it.</summary>
    public string? Reason { get; init; }

    /// <summary>How many of its times from now on overlap with something that is on my calendar already.</summary>
    public int Clashes { get; init; }

    /// <summary>The event it became, of a series the first; null before it is one.</summary>
    public long? EventId { get; init; }
}

internal static class ImportAction
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Unchanged = "unchanged";
    public const string Skip = "skip";
    public const string Refuse = "refuse";
}
