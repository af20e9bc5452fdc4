namespace Convene.Server.Features;

/// Whether this server has been told to stop. It works until then as before; who sends it requests had better send them elsewhere.
public sealed class Leaving
{
    private volatile bool begun;

    public bool Begun => begun;

    public void Begin() => begun = true;
}
