namespace Convene.Server.Doors.CommandLine;

/// Asks the running server at `/readyz`, as a load balancer would.
public static class AskReady
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(string[] options)
    {
        var configuration = House.Configuration(options);
        if (!Uri.TryCreate(configuration["url"] ?? Settings.OwnUrl(configuration), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"--url takes an address such as {Settings.DefaultUrl}.");
            return 2;
        }

        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
            using var response = await client.GetAsync(new Uri(url, "/readyz"));
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            await Console.Error.WriteLineAsync($"{url} does not answer: {e.Message}");
            return 1;
        }
    }
}
