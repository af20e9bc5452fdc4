using NodaTime;

namespace Convene.Server.Features;

/// This process among those that share the database.
public sealed record Node(string Id, Instant StartedAt);
