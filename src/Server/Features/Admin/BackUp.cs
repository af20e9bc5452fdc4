using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Admin;

/// A copy of the whole database as it is at one moment, while the server goes on working.
public sealed class BackUp(Store store)
{
    public sealed record NotHere(string Instead) : Refusal;

    public sealed record FileExists : Refusal;

    /// <returns>Its size in bytes.</returns>
    public async Task<Outcome<long>> Handle(string file)
    {
        if (store.BackUpInstead is { } instead)
            return new NotHere(instead);
        if (File.Exists(file))
            return new FileExists();
        // Under another name until it is whole: a backup that broke off must not look like one.
        var part = $"{file}.part";
        File.Delete(part);
        await store.BackUp(part);
        File.Move(part, file);
        return new FileInfo(file).Length;
    }
}
