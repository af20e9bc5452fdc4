using System.Net;
using System.Net.Sockets;

namespace Convene.Server.Features.Accounts;

/// Where a login comes from, as far as it helps its owner to recognise it.
/// <param name="UserAgent">What the program says it is; may be empty.</param>
/// <param name="Address">IPv4 as it is; of IPv6 the network: the rest changes by itself every day.</param>
public sealed record Visitor(string UserAgent, string Address)
{
    public const int LongestUserAgent = 200;

    /// For the audit, which keeps less of it.
    public string? Network { get; init; }

    private const int NetworkBytes = 8;

    public static Visitor Of(string userAgent, IPAddress? address) => new(Clean(userAgent), address is null ? "" : Shorten(address));

    /// Headers are bytes that may be anything: only plain ASCII is kept, since this text is shown on pages and in logs.
    private static string Clean(string text) => new string([.. text.Where(c => c is >= ' ' and <= '~').Take(LongestUserAgent)]).Trim();

    private static string Shorten(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/{NetworkBytes * 8}";
    }
}
