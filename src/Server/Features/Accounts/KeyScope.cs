namespace Convene.Server.Features.Accounts;

/// What an API key may; each may what those before it may.
public enum KeyScope
{
    /// Look at what its owner sees.
    Read,

    /// Change it too.
    Write,

    /// What an administrator does, as long as its owner is one.
    Admin,
}

/// The scopes by the names that the API and the store give them.
public static class KeyScopes
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Admin = "admin";

    public static string Name(this KeyScope scope) => scope switch
    {
        KeyScope.Read => Read,
        KeyScope.Write => Write,
        _ => Admin,
    };

    /// What is not known is the least.
    public static KeyScope Of(string name) => name switch
    {
        Admin => KeyScope.Admin,
        Write => KeyScope.Write,
        _ => KeyScope.Read,
    };
}
