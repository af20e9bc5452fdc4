using Convene.Server.Storage;

namespace Convene.Server.Features.Admin;

/// A copy of the whole database as it is at one moment, while the server goes on working.
public sealed class BackUp(Store store)
{
    /// <returns>Its size in bytes, or why there is none.</returns>
    public async Task<(long Bytes, string? Fault)> Handle(string file)
    {
        if (store.BackUpInstead is { } instead)
            return (0, instead);
        if (File.Exists(file))
            return (0, $"There is a file {file} already. It is not overwritten.");
        // Under another name until it is whole: a backup that broke off must not look like one.
        var part = $"{file}.part";
        File.Delete(part);
        await store.BackUp(part);
        File.Move(part, file);
        return (new FileInfo(file).Length, null);
    }
}
