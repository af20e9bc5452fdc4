using Convene.Server.Storage;

namespace Convene.Server.Features;

/// Whether this server has been told to stop. It works until then as before; who sends it requests had better send them elsewhere.
public sealed class Leaving(Store store)
{
    private volatile bool begun;

    public bool Begun => begun;

    public void Begin() => begun = true;

    /// Ends, with the reason, once the database takes nothing any more until the program is started anew: it had better be.
    public Task<IOException> Breakdown => store.Breakdown;
}
