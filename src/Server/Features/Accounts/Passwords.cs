using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Convene.Server.Features.Accounts;

/// What a password must be, and how it is kept (ASP.NET Identity's hasher: PBKDF2, HMAC-SHA512).
public sealed class Passwords
{
    private const int Least = 8;

    // Hashing costs time by length; nobody types more.
    private const int Most = 1024;

    private static readonly HashSet<string> Common = ReadCommon();

    private readonly PasswordHasher<object> hasher;
    private readonly string nobody;

    public Passwords(Settings settings)
    {
        hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordIterations }));
        nobody = Hash(Guid.NewGuid().ToString());
    }

    /// What is wrong with it; empty if nothing.
    public static IReadOnlyList<string> Faults(string password)
    {
        var faults = new List<string>();
        if (password.Length < Least)
            faults.Add($"This password is too short. It must contain at least {Least} characters.");
        if (password.Length > Most)
            faults.Add($"Ensure this field has no more than {Most} characters.");
        if (Common.Contains(password.ToLowerInvariant()))
            faults.Add("This password is too common.");
        if (password.Length > 0 && password.All(char.IsDigit))
            faults.Add("This password is entirely numeric.");
        return faults;
    }

    public string Hash(string password) => hasher.HashPassword(this, password);

    /// Null for the hash means an unknown account: it takes as long as a wrong password, so that the time tells nothing.
    /// An empty one: the account has no password.
    public bool Matches(string? hash, string password)
    {
        var isThere = hash is { Length: > 0 };
        return password.Length <= Most && hasher.VerifyHashedPassword(this, isThere ? hash! : nobody, password) != PasswordVerificationResult.Failed && isThere;
    }

    private static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}
