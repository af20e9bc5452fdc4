using Convene.Scheduling.Booking;
using Convene.Server.Outside.OpenId;
using NodaTime;

namespace Convene.Server.Features.Providers;

/// The provider that people may sign in with, if one is set.
public sealed record Provider(OpenIdProvider? OpenId) : IDisposable
{
    public const string Purpose = "provider";

    public const string Over = "over";
    public const string Denied = "denied";
    public const string Unreachable = "unreachable";
    public const string NotBelieved = "not_believed";
    public const string NoAddress = "no_address";
    public const string AddressNotConfirmed = "address_not_confirmed";
    public const string NoAccount = "no_account";
    public const string Deactivated = "deactivated";
    public const string Taken = "taken";

    public static readonly Duration Patience = Duration.FromMinutes(10);

    /// What the button says; null: there is none.
    public string? Name => OpenId?.Name;

    public void Dispose() => OpenId?.Dispose();

    /// <param name="Reason">One of the above: the page has the words.</param>
    public sealed record Refused(string Reason) : Refusal;
}
