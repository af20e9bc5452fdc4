using NodaTime;

namespace Convene.Server.Tests;

/// The time stands still until a story moves it.
public sealed class TestClock(Instant now) : IClock
{
    private Instant now = now;

    public Instant GetCurrentInstant() => now;

    public void Advance(Duration by) => now += by;

    public void Set(Instant to) => now = to;
}
