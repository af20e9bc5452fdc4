namespace Convene.ICalendar.Tests.Peers;

/// <summary>A fact that libical is asked about.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibicalFactAttribute : FactAttribute
{
    public LibicalFactAttribute() => Skip = Peer.Libical.SkipReason;
}
