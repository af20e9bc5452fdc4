namespace Convene.Server.Outside.OpenId;

/// The provider could not be asked, or what it said can't be believed; the message says why, for the administrator's log. It holds no secret.
public sealed class OpenIdException(string message) : Exception(message);
