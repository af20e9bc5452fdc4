using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Convene.Server.Tests.Peers;

/// Makes JSON Web Tokens as an attacker would, or another program that knows the key.
public static class AccountForger
{
    public const string Header = """{"alg":"HS256","typ":"JWT"}""";

    public static string Sign(string header, string payload, string key)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed)))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// The JSON inside a token.
    public static string Payload(string token) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
