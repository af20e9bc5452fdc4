using System.Runtime.CompilerServices;

namespace Convene.Server.Tests;

/// Where the sources are: tests read them in place.
internal static class Repository
{
    public static string Root() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
