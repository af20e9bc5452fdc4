namespace Convene.ICalendar.Tests.Peers;

/// <summary>A theory that libical is asked about.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibicalTheoryAttribute : TheoryAttribute
{
    public LibicalTheoryAttribute() => Skip = Peer.Libical.SkipReason;
}
