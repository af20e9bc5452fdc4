using Convene.Server.Storage;

namespace Convene.Server.Features.Admin;

/// Until the database takes nothing any more before the program is started anew: then this server is on its way out.
public sealed class AwaitBreakdown(Store store, Leaving leaving)
{
    /// Why.
    public async Task<string> Handle(CancellationToken cancel)
    {
        var why = await store.Breakdown.WaitAsync(cancel);
        leaving.Break();
        return why.Message;
    }
}
