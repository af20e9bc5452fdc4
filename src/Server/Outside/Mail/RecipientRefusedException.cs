namespace Convene.Server.Outside.Mail;

/// The mail server says for good that it does not deliver to this address: trying again is no use.
public sealed class RecipientRefusedException(string message, Exception inner) : Exception(message, inner);
