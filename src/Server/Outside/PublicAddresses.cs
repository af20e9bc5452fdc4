using System.Net;
using System.Net.Sockets;

namespace Convene.Server.Outside;

/// Which addresses lead out into the internet, and not to this machine, its network or somewhere nobody can tell.
public static class PublicAddresses
{
    // IANA's registries of special-purpose addresses (RFC 6890 and what came after), and multicast.
    private static readonly IPNetwork[] Special =
    [
        .. Networks(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        // Teredo and other protocols' own, documentation, 6to4 (which leads to any IPv4 address), documentation again.
        .. Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    ];

    /// <param name="allowed">What the administrator lets through all the same.</param>
    public static bool IsOpen(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Within(allowed, plain) || (IsPublic(address) && !Within(Special, address));
    }

    // 2000::/3 is all that is given out in IPv6. Outside of it are loopback, IPv4 in disguise (::ffff:0:0/96), NAT64, unique local, link-local, site-local and multicast.
    private static bool IsPublic(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork || address.GetAddressBytes()[0] >> 5 == 1;

    private static bool Within(IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    private static IEnumerable<IPNetwork> Networks(params string[] texts) => texts.Select(IPNetwork.Parse);
}
