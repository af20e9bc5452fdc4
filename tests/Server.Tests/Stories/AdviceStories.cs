using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Convene.Server.Tests.Stories;

/// Suggestions with a language model behind an OpenAI-compatible endpoint: it orders and words what was found free, and nothing else.
public sealed class AdviceStories
{
    private const string Key = "sk-0123456789-very-secret";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_model_orders_and_words_the_times_that_were_found(string engine)
    {
        await using var model = await Model.Answering("""
            Sure! ```json
            {"suggestions":[{"option":3,"reasoning":"After lunch\neverybody is awake."},{"option":99,"reasoning":"At midnight."},{"option":3,"reasoning":"Twice."},{"option":1},"noise"]}
            ```
            """);
        await using var house = await TestHouse.Open(engine, $"OPENAI_BASE_URL={model.Url}/v1", $"OPENAI_API_KEY={Key}", "OPENAI_MODEL=small");
        var (host, id) = await Planned(house);

        var advised = await Suggestions(host, id);

        advised.Count.ShouldBe(5);
        advised[0]["reasoning"]!.ToString().ShouldBe("After lunch everybody is awake.");
        advised[1]["reasoning"]!.ToString().ShouldContain("All 2 are free");
        advised.Select(s => s["new_start_time"]!.ToString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(5);
        await using var plain = await TestHouse.Open(engine);
        var (same, planned) = await Planned(plain);
        var local = await Suggestions(same, planned);
        advised[0]["new_start_time"]!.ToString().ShouldBe(local[2]["new_start_time"]!.ToString());
        advised[1].ToJsonString().ShouldBe(local[0].ToJsonString().Replace(planned, id, StringComparison.Ordinal), "what the model leaves unsaid is as it was");

        var asked = JsonNode.Parse(model.Asked.ShouldHaveSingleItem())!;
        asked["model"]!.ToString().ShouldBe("small");
        model.Authorization.ShouldBe($"Bearer {Key}");
        asked.ToJsonString().ShouldContain("Retrospective");
        asked.ToJsonString().ShouldNotContain("example.com");
        asked.ToJsonString().ShouldNotContain("Gast");
    }

    [Theory]
    [InlineData("""{"suggestions":[{"option":0},{"option":-1},{"option":1e99},{"option":"2"}]}""")]
    [InlineData("""{"suggestions":"none"}""")]
    [InlineData("I can't help with that. {")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Without_good_advice_the_suggestions_are_as_they_were(string? answer)
    {
        await using var model = await Model.Answering(answer);
        await ShouldGoWithout(model.Url);
    }

    [Fact]
    public async Task A_model_that_fails_hangs_or_is_not_there_is_gone_without()
    {
        await using var failing = await Model.Behaving(http => { http.Response.StatusCode = 500; return Task.CompletedTask; });
        await ShouldGoWithout(failing.Url);
        await using var strange = await Model.Behaving(http => http.Response.WriteAsync("<html>"));
        await ShouldGoWithout(strange.Url);
        await using var endless = await Model.Behaving(async http => await http.Response.WriteAsync(new string(' ', 100_000)));
        await ShouldGoWithout(endless.Url);
        await using var elsewhere = await Model.Behaving(http => { http.Response.Redirect("/v2"); return Task.CompletedTask; });
        await ShouldGoWithout(elsewhere.Url);
        await using var hanging = await Model.Behaving(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await ShouldGoWithout(hanging.Url);
        await ShouldGoWithout("http://127.0.0.1:1");
    }

    private static async Task ShouldGoWithout(string url)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, $"OPENAI_BASE_URL={url}/v1", $"OPENAI_API_KEY={Key}", "OPENAI_MODEL=small", "OPENAI_TIMEOUT_SECONDS=1");
        var (host, id) = await Planned(house);
        var suggestions = await Suggestions(host, id);
        suggestions.Count.ShouldBe(5);
        suggestions.ShouldAllBe(s => s["reasoning"]!.ToString().StartsWith("All 2 are free"));
    }

    private static async Task<(Caller Host, string Id)> Planned(TestHouse house)
    {
        var host = await house.SignUp("wirt");
        await house.SignUp("gast");
        var meeting = await host.Book("Retrospective", "2030-03-05T10:00:00Z", "2030-03-05T10:30:00Z", "gast@example.com");
        return (host, meeting.ShouldBe(201)["id"]!.ToString());
    }

    private static async Task<IReadOnlyList<JsonNode>> Suggestions(Caller host, string id) =>
        [.. (await host.Post($"/meetings/reschedule/suggestions/{id}")).ShouldBe(200).Json!.AsArray().Select(s => s!)];

    /// An endpoint that speaks as OpenAI's does, on a free port.
    private sealed class Model : IAsyncDisposable
    {
        private readonly WebApplication app;

        private Model(WebApplication app) => this.app = app;

        public List<string> Asked { get; } = [];

        public string? Authorization { get; private set; }

        public string Url => app.Urls.First();

        public static Task<Model> Answering(string? content) => Behaving(http =>
            http.Response.WriteAsJsonAsync(new { choices = new[] { new { message = new { role = "assistant", content } } } }));

        public static async Task<Model> Behaving(Func<HttpContext, Task> behave)
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            var model = new Model(builder.Build());
            model.app.MapPost("/v1/chat/completions", async http =>
            {
                using var reader = new StreamReader(http.Request.Body);
                model.Asked.Add(await reader.ReadToEndAsync());
                model.Authorization = http.Request.Headers.Authorization;
                await behave(http);
            });
            await model.app.StartAsync();
            return model;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
