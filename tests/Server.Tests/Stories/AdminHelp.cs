using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Convene.Server.Features.Admin;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

internal static class AdminHelp
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// An account that has become an administrator by the token of the console, or by the command line if there is one already.
    public static async Task<Caller> SignUpAdmin(this TestHouse house, string name)
    {
        var admin = await house.SignUp(name);
        if (await house.Services.GetRequiredService<OfferAdministration>().Handle() is { } token)
            (await admin.Post("/api/admin/claim/", new { token })).ShouldBe(200);
        else
            (await house.Services.GetRequiredService<Administrators>().Add(admin.Email)).ShouldBe(Administrators.Answer.Done);
        return admin;
    }

    /// The audit from the newest on, as `kind actor: before → after (reason)`.
    public static async Task<string[]> Audit(this Caller admin, string query = "") =>
        [.. (await admin.Get($"/api/admin/audit/?page_size=100{query}")).ShouldBe(200)["results"]!.AsArray().Select(Line)];

    public static string Line(JsonNode? entry) =>
        $"{entry!["kind"]} {entry["actor"]?["email"]?.ToString().Split('@')[0] ?? "nobody"}: {Text(entry["before"])} → {Text(entry["after"])}"
        + (entry["reason"]!.ToString() is { Length: > 0 } reason ? $" ({reason})" : "");

    private static string Text(JsonNode? values) => values?.ToJsonString(Readable) ?? "–";
}
