using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// The versions of a meeting that the asker has seen and wants to change (If-Match, RFC 9110 §13.1.1); null: whatever it is.
public sealed record SeenVersions(IReadOnlyList<long> Versions)
{
    internal bool Misses(EntryRows.Entry meeting) => !Versions.Contains(meeting.Version);
}
