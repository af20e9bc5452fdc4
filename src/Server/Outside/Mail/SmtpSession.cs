using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Convene.Server.Outside.Mail;

/// One conversation with an SMTP server (RFC 5321; STARTTLS RFC 3207; AUTH RFC 4954). The framework's own client knows neither PLAIN nor
/// TLS from the start, and can't be stopped while a server is silent.
internal sealed class SmtpSession : IAsyncDisposable
{
    // RFC 5321 §4.5.3.1.5 lets a reply line have 512 octets; some servers are more talkative.
    private const int LongestLine = 4096;
    private const int MostLines = 100;

    private readonly TcpClient client = new();
    private readonly byte[] buffer = new byte[4096];
    private Stream stream = Stream.Null;
    private int read;
    private int filled;

    private SmtpSession()
    {
    }

    public static async Task<SmtpSession> Open(Settings.SmtpSettings smtp, string ownName, CancellationToken cancel)
    {
        var session = new SmtpSession();
        try
        {
            await session.client.ConnectAsync(smtp.Host, smtp.Port, cancel);
            session.stream = session.client.GetStream();
            if (smtp.ImplicitTls)
                await session.StartTls(smtp.Host, cancel);
            await session.Expect("greeting", 220, cancel);
            var offers = await session.Command($"EHLO {ownName}", 250, cancel);
            if (smtp.StartTls)
            {
                if (!offers.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
                    throw new SmtpException("The mail server offers no STARTTLS, which EMAIL_USE_TLS asks for.");
                await session.Command("STARTTLS", 220, cancel);
                // What came in the clear before the handshake may be somebody else's.
                if (session.read < session.filled)
                    throw new SmtpException("The mail server said something between STARTTLS and the handshake.");
                await session.StartTls(smtp.Host, cancel);
                offers = await session.Command($"EHLO {ownName}", 250, cancel);
            }

            if (smtp.User is { } user)
                await session.LogIn(user, smtp.Password!, offers, cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// The message has CRLF line ends and no line over 998 octets.
    /// <returns>False: at the last moment it was not to go. (What ends without a dot is no mail: RFC 5321 §4.1.1.4.)</returns>
    public async Task<bool> Send(string from, string to, ReadOnlyMemory<byte> message, Func<Task<bool>> mayGo, CancellationToken cancel)
    {
        await Command($"MAIL FROM:<{from}>", 250, cancel);
        try
        {
            await Command($"RCPT TO:<{to}>", 250, cancel);
        }
        catch (SmtpException e) when (e.Code is >= 500 and not 503)
        {
            throw new RecipientRefusedException(e.Message, e);
        }

        await Command("DATA", 354, cancel);
        if (!await mayGo())
            return false;
        await stream.WriteAsync(Stuffed(message.Span), cancel);
        await Expect("the message", 250, cancel);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        // A goodbye is polite, an answer to it nobody waits for.
        if (client.Connected)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await stream.WriteAsync("QUIT\r\n"u8.ToArray(), limit.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException or SocketException)
            {
                // It has hung up already.
            }
        }

        await stream.DisposeAsync();
        client.Dispose();
    }

    private async Task StartTls(string host, CancellationToken cancel)
    {
        var tls = new SslStream(stream);
        stream = tls;
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancel);
    }

    private async Task LogIn(string user, string password, IReadOnlyList<string> offers, CancellationToken cancel)
    {
        var ways = offers.FirstOrDefault(o => o.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant().Split(' ') ?? [];
        if (ways.Contains("PLAIN", StringComparer.Ordinal))
        {
            await Command($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", 235, cancel, "AUTH PLAIN");
        }
        else if (ways.Contains("LOGIN", StringComparer.Ordinal))
        {
            await Command("AUTH LOGIN", 334, cancel);
            await Command(Base64(user), 334, cancel, "AUTH LOGIN");
            await Command(Base64(password), 235, cancel, "AUTH LOGIN");
        }
        else
        {
            throw new SmtpException("The mail server offers no way to log in that Convene knows (PLAIN or LOGIN), but EMAIL_HOST_USER is set. Perhaps it wants EMAIL_USE_TLS.");
        }
    }

    /// <param name="shown">What to call the command in an error, if it holds a secret.</param>
    private async Task<IReadOnlyList<string>> Command(string command, int expected, CancellationToken cancel, string? shown = null)
    {
        if (command.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A command is one line.", nameof(command));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancel);
        return await Expect(shown ?? command, expected, cancel);
    }

    private async Task<IReadOnlyList<string>> Expect(string command, int expected, CancellationToken cancel)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await Line(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || lines.Count == MostLines)
                throw new SmtpException($"{command}: the mail server answers what is not SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-')
                continue;
            // 251: will forward.
            return code == expected || (expected == 250 && code == 251) ? lines : throw new SmtpException($"{command}: {code} {string.Join(' ', lines)}") { Code = code };
        }
    }

    private async Task<string> Line(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (line.Length < LongestLine)
        {
            if (read == filled)
            {
                filled = await stream.ReadAsync(buffer, cancel);
                read = 0;
                if (filled == 0)
                    throw new SmtpException("The mail server hung up.");
            }

            var c = (char)buffer[read++];
            if (c == '\n')
                return line.ToString();
            if (c != '\r')
                line.Append(c);
        }

        throw new SmtpException("The mail server answers endlessly.");
    }

    /// RFC 5321 §4.5.2: a dot at the start of a line is doubled; a lone one ends the message.
    private static byte[] Stuffed(ReadOnlySpan<byte> message)
    {
        var stuffed = new List<byte>(message.Length + 16);
        var lineStart = true;
        foreach (var octet in message)
        {
            if (lineStart && octet == (byte)'.')
                stuffed.Add((byte)'.');
            stuffed.Add(octet);
            lineStart = octet == (byte)'\n';
        }

        stuffed.AddRange(lineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return [.. stuffed];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
