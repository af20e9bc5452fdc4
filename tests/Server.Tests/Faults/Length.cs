namespace Convene.Server.Tests.Faults;

/// How long the stories of faults are: short with every test run; `CONVENE_FAULTS=long` as long as they should be before a release.
/// What happens follows from CONVENE_FAULTS_SEED (1), as far as it can where processes are killed.
internal static class Length
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CONVENE_FAULTS") == "long";

    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("CONVENE_FAULTS_SEED"), out var seed) ? seed : 1;

    public static int Of(int briefly, int thoroughly) => IsLong ? thoroughly : briefly;
}
