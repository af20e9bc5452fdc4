namespace Convene.Server.Features.Attachments;

/// A file that somebody sent, on disk until it is stored or refused.
/// <param name="Name">As it was sent.</param>
/// <param name="Content">Can be read again and again.</param>
/// <param name="Sha256">Of the content, in hex.</param>
public sealed record IncomingFile(string Name, Stream Content, string Sha256);
