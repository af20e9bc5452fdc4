namespace Convene.Server.Tests.Peers;

/// Programs of others that tests need. A missing one is a loud skip on a developer's machine and a failure where CONVENE_REQUIRE=all (CI).
public static class Peer
{
    public static bool Required => Environment.GetEnvironmentVariable("CONVENE_REQUIRE") == "all";

    /// Null: run the test (it fails by itself if the peer is missing but required).
    public static string? SkipUnless(bool there, string what, string package) =>
        there || Required ? null : $"{what} is not on this machine: install the Debian package {package} (CI requires it).";
}
