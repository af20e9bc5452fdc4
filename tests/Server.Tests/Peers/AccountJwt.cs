using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Peers;

/// PyJWT, the implementation behind the documented systems' own tokens.
public static class AccountJwt
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> There = new(() =>
    {
        if (!File.Exists(Python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import jwt; jwt.encode"]) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    });

    public static bool IsThere => There.Value;

    /// The verified claims; null if the signature, the algorithm or the form is wrong. Times are not compared: a story's clock is not the machine's.
    public static async Task<JsonObject?> Decode(string token, string key) => (await Ask(new { @do = "decode", token, key }))["claims"]?.AsObject();

    public static async Task<JsonObject> Header(string token) => (await Ask(new { @do = "header", token }))["header"]!.AsObject();

    public static async Task<string> Encode(JsonObject claims, string key, string algorithm = "HS256") =>
        (string)(await Ask(new { @do = "encode", claims, key, algorithm }))["token"]!;

    private static async Task<JsonObject> Ask(object question)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Peers", "account_jwt.py")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(question));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return JsonNode.Parse(output)!.AsObject();
    }
}

/// A story in which PyJWT reads our tokens and we read its: `[JwtTheory, OnSqlite, OnPostgres]`.
[AttributeUsage(AttributeTargets.Method)]
public sealed class JwtTheoryAttribute : TheoryAttribute
{
    public JwtTheoryAttribute() => Skip = Peer.SkipUnless(AccountJwt.IsThere, "PyJWT", "python3-jwt");
}
