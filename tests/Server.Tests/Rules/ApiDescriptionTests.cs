namespace Convene.Server.Tests.Rules;

/// The committed openapi.json is what the server serves. After a change: `CONVENE_ACCEPT=1 ./test --filter ApiDescription` writes it anew.
public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task The_committed_description_is_the_served_one()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var served = (await house.Somebody().Get("/api/schema/")).ShouldBe(200).Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Repository.Root(), "openapi.json");
        if (Environment.GetEnvironmentVariable("CONVENE_ACCEPT") == "1")
            await File.WriteAllTextAsync(file, served);
        (await File.ReadAllTextAsync(file)).ShouldBe(served, "openapi.json is out of date: CONVENE_ACCEPT=1 ./test --filter ApiDescription");
    }

    [Fact]
    public async Task Yaml_is_served_by_format_and_by_accept()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var caller = house.Somebody();
        (await caller.Get("/api/schema/")).Headers["Content-Type"].ShouldStartWith("application/json");
        (await caller.Get("/api/schema/?format=yaml")).ShouldBe(200).Text.ShouldStartWith("openapi: '3.1");
        caller.Header("Accept", "application/yaml");
        (await caller.Get("/api/schema")).Text.ShouldStartWith("openapi: '3.1");
        (await caller.Get("/api/schema/?format=json")).Text.ShouldStartWith("{");
    }

    [Theory]
    [InlineData("/api/docs/", "swagger-ui")]
    [InlineData("/api-docs/", "swagger-ui")]
    [InlineData("/api/redoc/", "redoc")]
    public async Task The_pages_that_show_it_load_nothing_from_elsewhere(string path, string content)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var page = (await house.Somebody().Get(path)).ShouldBe(200).Text;
        page.ShouldContain(content);
        page.ShouldNotContain("src=\"http");
        page.ShouldNotContain("href=\"http");
    }

    [Fact]
    public async Task Every_route_of_the_api_is_described()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var paths = (await house.Somebody().Get("/api/schema/")).Json!["paths"]!.AsObject();
        foreach (var (path, operations) in paths)
        {
            path.ShouldEndWith("/");
            foreach (var (method, operation) in operations!.AsObject())
            {
                ((string?)operation!["summary"]).ShouldNotBeNullOrEmpty($"{method} {path}");
                foreach (var (status, response) in operation["responses"]!.AsObject())
                    ((string?)response!["description"]).ShouldNotBeNullOrEmpty($"{method} {path} {status}");
                // Files have no example.
                foreach (var (type, media) in operation["requestBody"]?["content"]!.AsObject().Where(c => c.Key != "multipart/form-data") ?? [])
                    media!["example"].ShouldNotBeNull($"{method} {path} {type}");
            }
        }

        paths.Count.ShouldBeGreaterThan(20);
    }
}
