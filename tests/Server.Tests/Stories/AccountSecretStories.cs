using System.Text;
using Npgsql;

namespace Convene.Server.Tests.Stories;

/// Whoever gets hold of the database gets nobody's credentials.
public sealed class AccountSecretStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task No_password_and_no_token_of_any_kind_is_anywhere_in_the_database(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, first) = await house.Join("ana");
        var (_, second) = await house.Enter("ana");
        var rotated = (await house.Refresh(second.Refresh)).ShouldBe(200);
        var verify = await house.TokenFor("ana@example.com", "verify-email");
        (await house.Somebody().Post("/api/auth/forgot-password/", new { email = "ana@example.com" })).ShouldBe(200);
        var reset = await house.TokenFor("ana@example.com", "reset-password");
        await house.DeliverMail();
        (await house.With($"Bearer {first.Access}").Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" })).ShouldBe(200);

        var stored = await Everything(house, engine);
        stored.ShouldContain("ana@example.com", Case.Sensitive, "this is the right database");
        string[] secrets =
        [
            Caller.Password, "fresh-horse-8", verify, reset, (string)rotated["access"]!, (string)rotated["refresh"]!,
            .. new[] { first, second }.SelectMany(l => new[] { l.Access, l.Refresh, l.Token, l.Session, l.Csrf }),
            // Nor the signature of a token, nor the id in it that a refresh token is known by.
            .. new[] { first.Refresh, second.Refresh, first.Access }.SelectMany(t => new[] { t.Split('.')[2], Id(t) }),
        ];
        foreach (var secret in secrets)
        {
            secret.Length.ShouldBeGreaterThan(12);
            stored.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(secret);
        }
    }

    private static string Id(string token) => (string)System.Text.Json.Nodes.JsonNode.Parse(Peers.AccountForger.Payload(token))!["jti"]!;

    /// SQLite: every byte of the file and its log, also what was deleted. PostgreSQL: every column of every row.
    private static async Task<string> Everything(TestHouse house, string engine)
    {
        var all = new StringBuilder();
        if (engine == OnSqliteAttribute.Engine)
        {
            var files = Directory.GetFiles(house.Folder, "convene.db*");
            files.ShouldNotBeEmpty();
            foreach (var file in files)
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes);
                all.Append(Encoding.Latin1.GetString(bytes.ToArray()));
            }

            return all.ToString();
        }

        const string Setting = "--DATABASE_URL=";
        await using var source = NpgsqlDataSource.Create(house.Arguments.Single(a => a.StartsWith(Setting, StringComparison.Ordinal))[Setting.Length..]);
        await using var connection = await source.OpenConnectionAsync();
        foreach (var table in await Column(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
            all.AppendJoin('\n', await Column(connection, $"SELECT t::text FROM {table} t"));
        return all.ToString();
    }

    private static async Task<List<string>> Column(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
            values.Add(reader.GetString(0));
        return values;
    }
}
