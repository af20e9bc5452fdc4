using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Convene.Server.Tests;

/// Somebody with a program or browser: sends requests, keeps cookies, and speaks of meetings.
public sealed class Caller
{
    public const string Password = "correct-horse-7";

    private readonly HttpClient client;

    public Caller(Uri url)
    {
        Cookies = new CookieContainer();
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = url };
    }

    /// The house's.
    public Uri Address => client.BaseAddress!;

    public long Id { get; set; }

    public string Email { get; init; } = "";

    public CookieContainer Cookies { get; }

    public void Bearer(string token) => Authorization($"Bearer {token}");

    /// The same person on another node, with the same token.
    public Caller As(Caller other)
    {
        Authorization(other.Credential);
        return this;
    }

    /// The same person with another program.
    public Caller Copy() => new Caller(client.BaseAddress!).As(this);

    /// Signs in (again, if time has passed) with the standard password.
    public async Task SignIn()
    {
        Authorization(null);
        Bearer((string)(await Post("/api/auth/login/", new { email = Email, password = Password })).ShouldBe(200)["access"]!);
    }

    /// What is sent as Authorization.
    public string Credential => client.DefaultRequestHeaders.GetValues("Authorization").Single();

    public void Authorization(string? header)
    {
        client.DefaultRequestHeaders.Remove("Authorization");
        if (header is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
    }

    public void Header(string name, string? value)
    {
        client.DefaultRequestHeaders.Remove(name);
        if (value is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
    }

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Reply> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    public Task<Reply> Put(string path, object? body) => Send(HttpMethod.Put, path, body);

    public Task<Reply> Patch(string path, object? body) => Send(HttpMethod.Patch, path, body);

    public Task<Reply> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// A body is an object (sent as JSON), a string (sent as it is, as JSON), or HttpContent.
    public async Task<Reply> Send(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        using var response = await client.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// Books a meeting and expects that it is made: `ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")`.
    public async Task<Reply> Book(string title, string start, string end, params string[] emails)
    {
        var reply = await TryBook(title, start, end, emails);
        reply.ShouldBe(201);
        return reply;
    }

    public Task<Reply> TryBook(string title, string start, string end, params string[] emails) => Post("/api/meetings/", new
    {
        title,
        start_time = start,
        end_time = end,
        timezone = "UTC",
        participants = emails.Select(e => new { email = e, name = e.Split('@')[0] }),
    });
}

/// What came back.
public sealed record Reply(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode? Json => Text.Length == 0 ? null : JsonNode.Parse(Text);

    public string Id => (string)this["id"]!;

    public JsonNode? this[string name] => Json?[name];

    /// The messages of a field, joined.
    public string Error(string field) => this[field] is JsonArray messages ? string.Join(' ', messages.Select(m => (string?)m)) : (string?)this[field] ?? "";

    public IEnumerable<string> Emails(string list = "participants") => this[list]!.AsArray().Select(p => (string)p!["email"]!);

    public Reply ShouldBe(int status, string? why = null)
    {
        Status.ShouldBe(status, why is null ? Text : $"{why}: {Text}");
        return this;
    }
}
