namespace Convene.ICalendar.Tests.Peers;

/// <summary>A fact that python-icalendar is asked about.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonIcalendarFactAttribute : FactAttribute
{
    public PythonIcalendarFactAttribute() => Skip = Peer.PythonIcalendar.SkipReason;
}
