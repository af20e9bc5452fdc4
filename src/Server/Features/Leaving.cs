namespace Convene.Server.Features;

/// Whether this server has been told to stop. It works until then as before; who sends it requests had better send them elsewhere.
public sealed class Leaving
{
    private volatile bool begun;

    public bool Begun => begun;

    public void Begin() => begun = true;

    /// Whether it ends because it can't go on: whoever supervises it had better start it anew.
    public bool IsBreakdown { get; private set; }

    public void Break()
    {
        IsBreakdown = true;
        Begin();
    }
}
