using System.Net.Http.Headers;
using System.Text.Json;

namespace Convene.Server.Outside;

/// A language model behind an OpenAI-compatible endpoint (`POST {base}/chat/completions`), in the cloud or on the same machine. It only ever gives
/// advice: whatever goes wrong with it, the answer is null and the caller goes on without.
public sealed class Adviser(Settings.AdviserSettings? settings, ILogger<Adviser> log) : IDisposable
{
    // An answer of a few sentences. More is a fault of the model, or no model.
    private const int LargestAnswer = 64 * 1024;

    private readonly HttpClient? http = settings is null ? null : Client(settings);

    public bool IsThere => http is not null;

    /// What the model says, or null: there is none, it took too long, or its answer is none.
    public async Task<string?> Ask(string instructions, string question, CancellationToken cancel)
    {
        if (http is null)
            return null;
        try
        {
            using var answer = await http.PostAsJsonAsync(
                "chat/completions",
                new
                {
                    model = settings!.Model,
                    messages = new object[] { new { role = "system", content = instructions }, new { role = "user", content = question } },
                },
                cancel);
            if (!answer.IsSuccessStatusCode)
            {
                log.LogWarning("The model at {Host} answered {Status}; suggestions go without it.", settings.BaseUrl.Host, (int)answer.StatusCode);
                return null;
            }

            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
            return json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        }
        // A timeout of the client is a TaskCanceledException; what is not the expected JSON ends as one of the last four.
        catch (Exception e) when (!cancel.IsCancellationRequested
            && e is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            log.LogWarning("The model at {Host} did not answer ({Reason}); suggestions go without it.", settings!.BaseUrl.Host, e.Message);
            return null;
        }
    }

    public void Dispose() => http?.Dispose();

    private static HttpClient Client(Settings.AdviserSettings settings)
    {
        // A redirect could carry the key elsewhere.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var client = new HttpClient(handler) { BaseAddress = new Uri(settings.BaseUrl.ToString().TrimEnd('/') + "/"), Timeout = settings.TimeLimit, MaxResponseContentBufferSize = LargestAnswer };
        if (settings.Key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Key);
        return client;
    }
}
